"""Scores who is who: our mentions and entities against GUM's persons and organisations.

Over the news, interviews, speeches, courts and essays of GUM's dev split:

- **CoNLL F1** and what it is the mean of (:mod:`evaluation.clusters`), over mentions of every form. As in
  the shared task whose measure it is, somebody who is mentioned once counts on neither side.
- **Links**: a pronoun is right if the nearest name or description before it of the entity that we give it
  (after it, if none is before) is to gold a mention of the same. Precision is over the pronouns that we
  link, recall over gold's of somebody who is also mentioned otherwise. A name likewise, by the
  nearest name before it.

Which mentions are the same :mod:`evaluation.matching` says. Gold's chains of persons and organisations
are of concern; of our entities those that have a mention of such a chain, and the persons,
organisations and groups that have no mention of gold's at all. So nothing is held against us if we call an
organisation what gold calls a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluation import gum
from evaluation.clusters import Agreement, Cluster, agreement
from evaluation.matching import Way, head, matched
from evaluation.predict import ReadsText
from evaluation.report import Report, percent
from evaluation.score import Rate
from quotidian.types import Article, Span

WAYS: tuple[Way, ...] = ("head", "exact")
GENRES = ("news", "interview", "speech", "court", "essay")

THIRD, FIRST, NAMES = "he, she, it, they", "I, we, you", "names"
LINKS = (THIRD, FIRST, NAMES)
_DESCRIPTIONS, _OTHERS = "descriptions", "other pronouns"

_THIRD = "he him his himself she her hers herself it its itself they them their theirs themselves"
_FIRST = "i me my mine myself we us our ours ourselves you your yours yourself yourselves"
_PRONOUNS = {**dict.fromkeys(_THIRD.split(), THIRD), **dict.fromkeys(_FIRST.split(), FIRST)}

_DETERMINERS = "the|a|an|this|that|these|those|my|our|your|his|her|its|their"
_ONE_DETERMINED = re.compile(rf"(?:{_DETERMINERS}) \w+(?:['’]s?)?", re.IGNORECASE)

_GOLD_TYPES = frozenset({"person", "organization"})
_OUR_TYPES = frozenset({"person", "organisation", "group"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention, gold's or ours: where, of what kind, of whom.

    ``concerns`` tells whether that is somebody of a type that counts, ``same`` which mention it is:
    gold's and ours have the same number if they are the same.
    """

    span: Span
    kind: str
    of: str
    concerns: bool
    same: int


@dataclass(frozen=True, slots=True)
class Linked:
    """A pronoun or name that we link: to what, and whether that is right."""

    kind: str
    span: Span
    to: Span
    right: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A document with how our entities agree with gold's, our links, and how many of each kind gold has."""

    document: gum.Document
    clusters: Agreement
    links: tuple[Linked, ...]
    wanted: dict[str, int]

    def sums(self, kind: str) -> Rate:
        """How often links of a kind are right."""
        given = [one.right for one in self.links if one.kind == kind]
        return Rate(sum(given), len(given), sum(given), self.wanted[kind])


def total(compared: Iterable[Compared]) -> tuple[Agreement, dict[str, Rate]]:
    """The agreement of several documents, and how often links of each kind are right."""
    compared = list(compared)
    links = {kind: sum((one.sums(kind) for one in compared), Rate()) for kind in LINKS}
    return sum((one.clusters for one in compared), Agreement()), links


def of_concern(documents: Iterable[gum.Document]) -> list[gum.Document]:
    """The documents of the genres that are measured."""
    return [one for one in documents if one.genre in GENRES]


def read(documents: Iterable[gum.Document], reading: ReadsText) -> list[tuple[gum.Document, Article]]:
    """The documents, each with what a reader makes of its text."""
    return [(one, reading.read_text(one.text, id=one.doc, any_language=True)) for one in documents]


def compare(document: gum.Document, article: Article, way: Way = "head") -> Compared:
    """Compare what a reader made of a document with what is marked there."""
    gold = _gold(document)
    ours = _ours(article, gold, way)
    kept = _kept(ours, gold)
    clusters = agreement(
        _clusters(one for one in gold if one.concerns), _clusters(one for one in ours if one.of in kept)
    )
    links = tuple(_links([one for one in ours if one.of in kept], gold))
    wanted = {kind: sum(one.kind == kind for one in _linkable(gold)) for kind in LINKS}
    return Compared(document, clusters, links, wanted)


def _gold(document: gum.Document) -> list[Placed]:
    text = document.text
    begins = {document.tokens[first].start for first in document.sentences}
    capitals = {
        text[slice(*span)]
        for span in document.tokens
        if text[span.start].isupper() and span.start not in begins
    }

    def kind(span: Span) -> str:
        if pronoun := _PRONOUNS.get(text[slice(*span)].lower()):
            return pronoun
        # A name's head has a capital; where it begins its sentence, it has it elsewhere, too. One word
        # after "the" or "this" is an office at least as often: "the Secretary".
        place = head(text, span)
        inside = place.start not in begins and text[place.start].isupper()
        capital = inside or text[slice(*place)] in capitals
        return NAMES if capital and not _ONE_DETERMINED.fullmatch(text, *span) else _DESCRIPTIONS

    return [
        Placed(one.span, kind(one.span), str(one.chain), one.type in _GOLD_TYPES, number)
        for number, one in enumerate(document.mentions)
    ]


def _ours(article: Article, gold: Sequence[Placed], way: Way) -> list[Placed]:
    types = {entity.id: entity.type for entity in article.entities}
    mentions = sorted(article.mentions, key=lambda one: (one.passage.start, -one.passage.end))
    spans = [Span(one.passage.start, one.passage.end) for one in mentions]
    same = matched(article.text, [one.span for one in gold], spans, way)
    kinds = {"name": NAMES, "description": _DESCRIPTIONS, "pronoun": _OTHERS}
    placed: list[Placed] = []
    for number, (one, span) in enumerate(zip(mentions, spans, strict=True)):
        kind = kinds[one.form]
        if one.form == "pronoun":
            kind = _PRONOUNS.get(one.passage.text.lower(), kind)
        # A mention that is left open is somebody's alone.
        of = one.entity or f"open {number}"
        concerns = types.get(of, one.type) in _OUR_TYPES
        placed.append(Placed(span, kind, of, concerns, same.get(number, -1 - number)))
    return placed


def _kept(ours: Sequence[Placed], gold: Sequence[Placed]) -> set[str]:
    """Those of our entities that are of concern."""
    matching = {one.of for one in ours if one.same >= 0}
    concerned = {one.of for one in ours if one.same >= 0 and gold[one.same].concerns}
    return concerned | {one.of for one in ours if one.concerns} - matching


def _clusters(mentions: Iterable[Placed]) -> list[Cluster]:
    """The mentions of each who has more than one."""
    by: dict[str, set[int]] = {}
    for one in mentions:
        by.setdefault(one.of, set()).add(one.same)
    return [frozenset(cluster) for cluster in by.values() if len(cluster) > 1]


def _links(ours: Sequence[Placed], gold: Sequence[Placed]) -> Iterator[Linked]:
    by = _by_whom(ours)
    for one in ours:
        chain = gold[one.same].of if one.same >= 0 and gold[one.same].concerns else None
        if candidates := _candidates(one, by.get(one.of, ())):
            # The nearest that gold has, too: a mention that only we have tells nothing of who is meant.
            to = next((other for other in candidates if other.same >= 0), candidates[0])
            right = chain is not None and to.same >= 0 and gold[to.same].of == chain
            yield Linked(one.kind, one.span, to.span, right)


def _linkable(gold: Sequence[Placed]) -> list[Placed]:
    """Gold's pronouns and names that can be linked to another mention."""
    by = _by_whom(gold)
    return [one for one in gold if one.concerns and _candidates(one, by.get(one.of, ()))]


def _by_whom(mentions: Iterable[Placed]) -> dict[str, list[Placed]]:
    by: dict[str, list[Placed]] = {}
    for one in mentions:
        if one.kind in (NAMES, _DESCRIPTIONS):
            by.setdefault(one.of, []).append(one)
    return by


def _candidates(one: Placed, others: Sequence[Placed]) -> list[Placed]:
    """What a pronoun or name may be linked to, of those of the same: the nearest first."""
    before = [other for other in others if other.span.start < one.span.start][::-1]
    if one.kind == NAMES:
        return [other for other in before if other.kind == NAMES]
    after = [other for other in others if other.span.start > one.span.start]
    return before + after if one.kind in (THIRD, FIRST) else []


def report(compared: Mapping[Way, Sequence[Compared]]) -> Report:
    """Everything there is to say, by each way in which mentions are the same, and by genre."""
    return {way: {**_as_dict(these), "genres": _by_genre(these)} for way, these in compared.items()}


def _by_genre(compared: Sequence[Compared]) -> dict[str, Report]:
    genres = sorted({one.document.genre for one in compared}, key=GENRES.index)
    return {genre: _as_dict([one for one in compared if one.document.genre == genre]) for genre in genres}


def _as_dict(compared: Sequence[Compared]) -> Report:
    clusters, links = total(compared)
    measures = {"muc": clusters.muc, "b_cubed": clusters.b_cubed, "ceaf": clusters.ceaf}
    return {
        "conll": round(clusters.conll, 2),
        "measures": {name: percent(sums) for name, sums in measures.items()},
        "links": {kind: {"wanted": int(sums.wanted), **percent(sums)} for kind, sums in links.items()},
    }


def figures_of(one: Report) -> dict[str, float]:
    """The figure that has a floor: CoNLL F1, mentions by their heads."""
    return {"coreference": one["head"]["conll"]}


def wrong(compared: Compared, around: int = 60) -> list[str]:
    """Our links that are wrong, a line each with the words around: for reading."""
    text = compared.document.text
    return [
        f"{compared.document.doc} {start}: …{text[max(0, start - around) : start]}"
        f"[{text[start:end]}]{text[end : end + around]}…".replace("\n", " ")
        + f" to {text[slice(*one.to)]!r}"
        for one in compared.links
        if not one.right
        for start, end in (one.span,)
    ]
