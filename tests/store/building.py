"""Articles made by hand: a text with its statements marked in it, all fiction.

>>> voss = told("{s:Ada Voss} {c:said} {q:the ferry would sail}.", people=[("Ada Voss", "Voss")])
>>> voss.text
'Ada Voss said the ferry would sail.'
>>> [(made.speaker.name, made.attribution.content.text) for made in voss.statements]
[('Ada Voss', 'the ferry would sail')]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotidian.reading.record import stable_id
from quotidian.types import (
    Act,
    Article,
    Attribution,
    Entity,
    Label,
    Mention,
    MentionType,
    Passage,
    Said,
    Speaker,
    Stance,
    Statement,
    Who,
    attribution_id,
)

MODEL = "made by hand 1"
_MARK = re.compile(r"\{([scq])(\d*):|\}")

Names = Sequence[str]


def told(
    marked: str,
    *,
    people: Iterable[Names] = (),
    bodies: Iterable[Names] = (),
    id: str | None = None,
    url: str | None = None,
    outlet: str | None = "The Harbour Post",
    title: str | None = "A day at the quay",
    byline: str | None = None,
    published: str | None = "2031-03-06",
    model: str | None = MODEL,
    roles: dict[str, str] | None = None,
    confidence: float = 0.9,
) -> Article:
    """An article as a reader would make it.

    Args:
        marked: the text, with ``{s:…}`` around a source, ``{c:…}`` a cue and ``{q:…}`` a content. A number
            after the letter tells statements apart; marks may stand inside one another.
        people: for each the names that it has in the text, the fullest first.
        bodies: the same of organisations.
        roles: by the fullest name the words of the text that tell the office.
    """
    text, spans = _taken_apart(marked)
    named = [("person", names) for names in people] + [("organisation", names) for names in bodies]
    article = Article(
        id=id or stable_id(url or text),
        text=text,
        url=url,
        outlet=outlet,
        title=title,
        byline=byline,
        language="en",
        published=published,
        published_from="given" if published else None,
        model=model,
    )
    found = _attributions(article, spans, confidence)
    entities = tuple(
        _entity(f"e{n}", type, names, text, found, roles or {})  # type: ignore[arg-type]
        for n, (type, names) in enumerate(named, start=1)
    )
    mentions = tuple(
        Mention(label.passage, entity.type, "name", 0.95, entity.id)
        for entity in entities
        for label in entity.labels
    )
    statements = tuple(_statement(one, entities) for one in found)
    return replace(article, attributions=found, statements=statements, entities=entities, mentions=mentions)


def unread(article: Article) -> Article:
    """The article before any model saw it."""
    return replace(article, model=None, attributions=(), statements=(), mentions=(), entities=(), dates=())


def attributed(article: Article) -> Article:
    """The article with attributions alone."""
    return replace(article, statements=(), mentions=(), entities=(), dates=())


def without(article: Article, *keys: str) -> Article:
    """The article as a model would read it that does not find these."""
    entities = tuple(
        replace(
            entity,
            labels=tuple(replace(label, by=None) if label.by in keys else label for label in entity.labels),
        )
        for entity in article.entities
    )
    return replace(
        article,
        attributions=tuple(one for one in article.attributions if one.id not in keys),
        statements=tuple(made for made in article.statements if made.attribution.id not in keys),
        entities=entities,
    )


def recut(article: Article, key: str, content: tuple[int, int]) -> Article:
    """The article as a model would read it that cuts this content elsewhere."""

    def cut(found: Attribution) -> Attribution:
        if found.id != key:
            return found
        passage = Passage.of(article.text, [content])
        id = attribution_id(article.text_sha256, found.source, found.cue, passage)
        return replace(found, id=id, content=passage)

    kept = without(article, key)
    return replace(
        kept,
        attributions=tuple(map(cut, article.attributions)),
        statements=tuple(replace(made, attribution=cut(made.attribution)) for made in article.statements),
    )


def _taken_apart(marked: str) -> tuple[str, dict[int, dict[str, list[tuple[int, int]]]]]:
    spans: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    text, at = "", 0
    open_: list[tuple[str, int, int]] = []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() == "}":
            role, number, start = open_.pop()
            spans[number][role].append((start, len(text)))
        else:
            open_.append((mark.group(1), int(mark.group(2) or 1), len(text)))
    assert not open_, "a mark is not closed"
    return text + marked[at:], spans


def _attributions(
    article: Article, spans: dict[int, dict[str, list[tuple[int, int]]]], confidence: float
) -> tuple[Attribution, ...]:
    found: list[Attribution] = []
    for _, roles in sorted(spans.items()):
        source = Passage.of(article.text, roles["s"]) if roles["s"] else None
        cue, content = Passage.of(article.text, roles["c"]), Passage.of(article.text, roles["q"])
        around = [one for one in found if one.content.holds(cue)]
        parent = around[-1] if around else None
        found.append(
            Attribution(
                attribution_id(article.text_sha256, source, cue, content),
                source,
                cue,
                content,
                "indirect",
                parent.depth + 1 if parent else 0,
                parent.id if parent else None,
                confidence,
            )
        )
    return tuple(found)


def _entity(
    id: str,
    type: MentionType,
    names: Names,
    text: str,
    found: tuple[Attribution, ...],
    roles: dict[str, str],
) -> Entity:
    labels: list[Label] = []
    taken: set[int] = set()
    for name in names:
        for match in re.finditer(re.escape(name), text):
            if not taken & set(range(*match.span())):
                taken |= set(range(*match.span()))
                passage = Passage.of(text, [match.span()])
                by = [one.id for one in found if one.content.holds(passage)]
                labels.append(Label(passage, "name", by[-1] if by else None))
    labels.sort(key=lambda label: label.passage.start)
    role = roles.get(names[0])
    at = text.find(role) if role else -1
    office = Passage.of(text, [(at, at + len(role))]) if role and at >= 0 else None
    return Entity(id, type, names[0], office, None, tuple(labels))


def _statement(found: Attribution, entities: tuple[Entity, ...]) -> Statement:
    def named_in(passage: Passage | None) -> list[Entity]:
        if passage is None:
            return []
        return [one for one in entities if any(passage.holds(label.passage) for label in one.labels)]

    speaking = named_in(found.source)
    if speaking:
        kind = "organisation" if speaking[0].type == "organisation" else "person"
        also = tuple(Who(one.id, one.name, 0.8) for one in speaking[1:])
        speaker = Speaker(kind, speaking[0].id, speaking[0].name, 0.9, also)  # type: ignore[arg-type]
    elif found.source is not None:
        speaker = Speaker("unnamed", None, found.source.text, 0.8)
    else:
        speaker = Speaker("none", None, None, 0.7)
    about = tuple(Who(one.id, one.name, 0.8) for one in named_in(found.content))
    said = Said("../2031-03-06", "published", 0.6)
    return Statement(found, speaker, about, None, said, Act("state", 0.9), Stance("neutral", 0.9))
