"""Mentions and attributions → entities and statements: who is speaking, and about whom.

One sweep over the outlet's own words links pronouns and descriptions in the order of the text,
with the speakers as they come; a second one, with all speakers known, links what stands inside
their words. Every link carries its clues.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quotidian.encoder.words import Words
from quotidian.resolve.about import abouts
from quotidian.resolve.anonymity import why_unnamed
from quotidian.resolve.channels import via
from quotidian.resolve.descriptions import Descriptions
from quotidian.resolve.figures import Cast, Figure, Link, cast_of
from quotidian.resolve.labels import labels_of
from quotidian.resolve.layout import Layout
from quotidian.resolve.offices import Office, offices, offices_of_descriptions
from quotidian.resolve.phrases import HE, SHE
from quotidian.resolve.pronouns import Pronouns
from quotidian.resolve.sources import Source, source_of, with_sources
from quotidian.resolve.speakers import Speakers
from quotidian.types import Attribution, Entity, Found, Mention, Speaker, Who


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolving adds to an article; ``speakers``, ``about`` and ``via`` go with its attributions."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    speakers: tuple[Speaker, ...]
    about: tuple[tuple[Who, ...], ...]
    via: tuple[Found | None, ...]


def resolved(
    text: str,
    words: Words,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    she: Sequence[float] | None = None,
    outlet: str | None = None,
) -> Resolved:
    """Who is who in an article, who speaks in each of its attributions and about whom.

    Args:
        text: the article's text.
        words: its words.
        mentions: what it mentions, by place.
        attributions: parents before their children.
        she: for each mention, log odds of "she" against "he".
        outlet: who published the article.
    """
    layout = Layout.of(text, words, attributions)
    mentions, found_before = with_sources(layout, mentions, attributions)
    she = [she[i] if she is not None and i is not None else 0.0 for i in found_before]
    cast = cast_of(layout, mentions, she)
    sources = _sources(layout, mentions, attributions)
    speakers = Speakers(layout, mentions, attributions, sources, cast)
    _link_the_rest(layout, mentions, attributions, cast, speakers)
    speaking = (speakers.figure(k) for k in range(len(attributions)))
    cast.number(mentions, {figure.number for figure in speaking if figure})
    _describe_in_full(mentions, cast, sources)
    found = _speakers(attributions, speakers)
    linked = tuple(_linked(mention, cast.links.get(i)) for i, mention in enumerate(mentions))
    held = offices(layout, linked)
    return Resolved(
        mentions=linked,
        entities=_entities(layout, mentions, attributions, cast, held),
        speakers=_with_offices(layout, linked, attributions, found, held),
        about=abouts(layout, mentions, attributions, cast, found),
        via=via(layout, attributions, linked, [one.entity or one.name for one in found], outlet),
    )


def _with_offices(
    layout: Layout,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
    held: Mapping[str, Office],
) -> tuple[Speaker, ...]:
    """Speakers with their office and organisation, and why the unnamed have no name."""
    described = [
        k
        for k, (speaker, one) in enumerate(zip(speakers, attributions, strict=True))
        if one.source is not None and speaker.kind in {"unnamed", "people"}
    ]
    passages = [source for k in described if (source := attributions[k].source) is not None]
    of_described = dict(zip(described, offices_of_descriptions(layout, passages, mentions), strict=True))
    made = []
    for k, (speaker, one) in enumerate(zip(speakers, attributions, strict=True)):
        office = held.get(speaker.entity or "") if speaker.kind == "person" else of_described.get(k)
        if office is not None:
            speaker = replace(speaker, role=office.role, organisation=office.organisation)
        if speaker.kind in {"unnamed", "people"}:
            speaker = replace(speaker, unnamed_because=why_unnamed(layout, one))
        made.append(speaker)
    return tuple(made)


# A pronoun linked as surely as this tells which pronoun the article uses of somebody.
_SURE = 0.9
# A source may begin in the middle of a name; so many mentions before it are looked at for that.
_BEGUN_BEFORE = 3


def _sources(
    layout: Layout, mentions: Sequence[Mention], attributions: Sequence[Attribution]
) -> list[Source | None]:
    begins = [mention.passage.start for mention in mentions]
    made: list[Source | None] = []
    for one in attributions:
        if one.source is None:
            made.append(None)
            continue
        inside = [
            i
            for a, b in one.source.spans
            for i in range(max(0, bisect_left(begins, a) - _BEGUN_BEFORE), bisect_left(begins, b))
            if a < mentions[i].passage.end <= b
        ]
        made.append(source_of(layout, mentions, inside, one.source))
    return made


def _describe_in_full(mentions: Sequence[Mention], cast: Cast, sources: Sequence[Source | None]) -> None:
    """A figure without a name is called by the whole of the source that first describes it."""
    for source in sources:
        if source is None or not source.heads or source.pronoun is not None:
            continue
        head = mentions[source.heads[0]]
        figure = cast.of(source.heads[0])
        if figure is None or figure.names or figure.led or figure.fullest != head.passage:
            continue
        if len(source.passage.spans) == 1 and source.passage.start == head.passage.start:
            figure.fullest = source.passage


def _link_the_rest(
    layout: Layout,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    cast: Cast,
    speakers: Speakers,
) -> None:
    """Link pronouns and descriptions, the outlet's own first."""
    pronouns = Pronouns(layout, mentions, cast, speakers.figure)
    descriptions = Descriptions(layout, mentions, cast)
    at = [layout.word_at(mention.passage.start) for mention in mentions]
    outermost = sorted((a.cue.start, k) for k, a in enumerate(attributions) if a.depth == 0)
    order = sorted(
        (i for i, mention in enumerate(mentions) if mention.form != "name"),
        key=lambda i: (layout.owner[at[i]] != -1, mentions[i].passage.start, -mentions[i].passage.end),
    )
    for i in order:
        if layout.owner[at[i]] == -1:
            last = _last_speaker(outermost, mentions[i].passage.start, speakers)
        else:
            last = None
        link = pronouns.link(i, last) if mentions[i].form == "pronoun" else descriptions.link(i, last)
        if link is not None:
            cast.links[i] = link
            if link.figure is not None and i not in link.figure.mentions:
                link.figure.mentions.append(i)
                _learn(link, mentions[i])


def _learn(link: Link, mention: Mention) -> None:
    """Take in that somebody is a "he" or a "she" where that is sure."""
    word = mention.passage.text.lower()
    if link.figure is not None and link.confidence >= _SURE and word in HE | SHE:
        link.figure.told_she += 1.0 if word in SHE else -1.0


def _last_speaker(outermost: list[tuple[int, int]], start: int, speakers: Speakers) -> Figure | None:
    """Who spoke last before a place, among the two attributions before it."""
    place = bisect_left(outermost, (start, -1))
    for _, k in reversed(outermost[max(0, place - 2) : place]):
        figure = speakers.figure(k)
        if figure is not None:
            return figure
    return None


def _speakers(attributions: Sequence[Attribution], speakers: Speakers) -> tuple[Speaker, ...]:
    of: dict[str, Speaker] = {}
    made: list[Speaker] = []
    for k, one in enumerate(attributions):
        speaker = speakers.speaker(k, of.get(one.parent) if one.parent else None)
        of[one.id] = speaker
        made.append(speaker)
    return tuple(made)


def _linked(mention: Mention, link: Link | None) -> Mention:
    if link is None:
        return mention
    return replace(
        mention,
        entity=link.figure.id if link.figure else None,
        maybe=tuple(figure.id for figure in link.maybe if figure.id),
        because=link.because,
    )


def _entities(
    layout: Layout,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    cast: Cast,
    held: Mapping[str, Office],
) -> tuple[Entity, ...]:
    made = []
    for figure in cast.figures:
        if figure.fullest is None or not figure.id:
            continue
        mine = [mentions[i] for i in sorted(figure.mentions)]
        labels = labels_of(layout, mine, attributions)
        office = held.get(figure.id, Office())
        made.append(
            Entity(
                figure.id,
                figure.type,
                figure.name,
                role=office.role.passage if office.role else None,
                organisation=office.organisation.passage if office.organisation else None,
                labels=labels,
            )
        )
    return tuple(sorted(made, key=lambda entity: int(entity.id[1:])))
