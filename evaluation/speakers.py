"""Scores who is speaking, against labels of PolNeAR's attributions.

Twice: with the attributions *given* as people marked them, so that only the resolving is measured; and *end
to end*, where an outermost statement stands for a labelled one if their contents are paired
(:func:`evaluation.score.pairs`, IoU at least 0.5 over words). Counted over what is compared:

- ``kind``: those whose kind of source is the same;
- ``names``: of those labelled a person (an organisation), those whose name is the same;
- ``names_given``: of our names of persons and organisations, those that are right; giving none costs
  nothing here;
- ``parts``: F1 of the speaker's role and organisation and of the channel (``via``), right if the shorter
  is a part of the longer, case aside;
- ``statements``, end to end alone: F1 of those that are right, a person or an organisation by name,
  anybody else by kind.

Names are the same with case and a leading "the" aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from evaluation.labels import labels as rows
from evaluation.labels import same_name
from evaluation.predict import Resolved
from evaluation.report import Report, percent
from evaluation.score import Rate, pairs
from evaluation.shares import Share, as_dict, share
from evaluation.types import Document
from evaluation.words import Words
from quotidian.types import Article, Found, SpeakerKind, Statement

# Kinds of source that have a name of their own.
PERSONAL = ("person", "organisation")
PARTS = ("role", "organisation", "via")


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is speaking, in plain words; empty where nothing is said of it."""

    kind: SpeakerKind = "none"
    name: str = ""
    role: str = ""
    organisation: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What people say of one attribution's source."""

    doc: str
    ar: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Compared:
    """A label, and our answer for the same statement."""

    label: Label
    ours: Answer

    @property
    def same_kind(self) -> bool:
        """Whether the kind of source is the same."""
        return self.ours.kind == self.label.answer.kind

    @property
    def same_name(self) -> bool:
        """Whether the names are the same."""
        return same_name(self.ours.name, self.label.answer.name)

    @property
    def right(self) -> bool:
        """Whether it is right: by name where somebody in particular is speaking, by kind elsewhere."""
        return self.same_name if self.label.answer.kind in PERSONAL else self.same_kind

    @property
    def named(self) -> bool:
        """Whether we name a person or an organisation."""
        return bool(self.ours.name) and self.ours.kind in PERSONAL

    def same(self, part: str) -> bool:
        """Whether both have the part, and the shorter is in the longer."""
        ours, gold = getattr(self.ours, part).casefold(), getattr(self.label.answer, part).casefold()
        return bool(ours and gold) and (ours in gold or gold in ours)

    def differs(self, part: str) -> bool:
        """Whether either has the part, and it is not the same."""
        return bool(getattr(self.ours, part) or getattr(self.label.answer, part)) and not self.same(part)


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is to say about labels and our answers."""

    kind: Share
    names: dict[str, Share]
    names_given: Share
    parts: dict[str, Rate]
    kinds: Counter[tuple[SpeakerKind, SpeakerKind]]


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """What was paired, of so many labelled (``wanted``) and found (``given``)."""

    compared: tuple[Compared, ...]
    wanted: int
    given: int

    @property
    def statements(self) -> Rate:
        """Statements that are right."""
        right = sum(one.right for one in self.compared)
        return Rate(right, self.given, right, self.wanted)


def labels(path: Path) -> list[Label]:
    """The labels of a file.

    Raises:
        NotFound, BadRecord: as :func:`evaluation.labels.labels`.
    """
    return rows(path, _label)


def _label(row: Mapping[str, Any]) -> Label:
    if row["kind"] not in get_args(SpeakerKind):
        raise ValueError(f"{row['kind']!r} is no kind of source")
    answer = Answer(row["kind"], row["name"], row["role"], row["org"], row["via"])
    return Label(row["doc"], row["ar"], answer)


def answer(statement: Statement | None) -> Answer:
    """Our answer; none where there is no statement."""
    if statement is None:
        return Answer()
    who = statement.speaker
    return Answer(who.kind, who.name or "", _words(who.role), _words(who.organisation), _words(statement.via))


def _words(found: Found | None) -> str:
    return found.passage.text if found else ""


def of_given(wanted: Iterable[Label], given: Mapping[str, Resolved]) -> list[Compared]:
    """Every label with our answer, the attributions given."""
    return [Compared(label, answer(given[label.doc].statements.get(label.ar))) for label in wanted]


def end_to_end(wanted: Iterable[Label], gold: Iterable[Document], found: Iterable[Article]) -> EndToEnd:
    """Labels with our answers, the attributions found: over the documents that have labels."""
    of_document: dict[str, list[Label]] = {}
    for label in wanted:
        of_document.setdefault(label.doc, []).append(label)
    read = {article.id: article for article in found}
    parts = [_paired(of_document[one.doc], one, read.get(one.doc)) for one in gold if one.doc in of_document]
    return EndToEnd(
        tuple(compared for part in parts for compared in part.compared),
        sum(part.wanted for part in parts),
        sum(part.given for part in parts),
    )


def _paired(wanted: Sequence[Label], gold: Document, read: Article | None) -> EndToEnd:
    words = Words(gold.text or "")
    marked = [(words.covered(gold.attributions[label.ar].content), label) for label in wanted]
    found = [
        (words.covered(one.attribution.content.spans), one)
        for one in (read.statements if read else ())
        if one.attribution.depth == 0
    ]
    marked = [one for one in marked if one[0]]
    found = [one for one in found if one[0]]
    chosen = pairs([content for content, _ in marked], [content for content, _ in found])
    compared = tuple(Compared(marked[i][1], answer(found[j][1])) for i, j in chosen)
    return EndToEnd(compared, len(marked), len(found))


def counts(compared: Sequence[Compared]) -> Counts:
    """Count what is the same."""
    named = [one for one in compared if one.named]
    return Counts(
        kind=share(sum(one.same_kind for one in compared), len(compared)),
        names={kind: _names(compared, kind) for kind in PERSONAL},
        names_given=share(
            sum(one.same_name and one.label.answer.kind in PERSONAL for one in named), len(named)
        ),
        parts={part: _part(compared, part) for part in PARTS},
        kinds=Counter((one.label.answer.kind, one.ours.kind) for one in compared),
    )


def _names(compared: Iterable[Compared], kind: str) -> Share:
    labelled = [one for one in compared if one.label.answer.kind == kind]
    return share(sum(one.same_name for one in labelled), len(labelled))


def _part(compared: Sequence[Compared], part: str) -> Rate:
    right = sum(one.same(part) for one in compared)
    given = sum(bool(getattr(one.ours, part)) for one in compared)
    return Rate(right, given, right, sum(bool(getattr(one.label.answer, part)) for one in compared))


def report(compared: Sequence[Compared], whole: EndToEnd) -> Report:
    """Everything there is to say, the attributions given and end to end."""
    return {
        "given": _as_dict(counts(compared)),
        "end_to_end": {
            "wanted": whole.wanted,
            "given": whole.given,
            "matched": len(whole.compared),
            "statements": percent(whole.statements),
            **_as_dict(counts(whole.compared)),
        },
    }


def _as_dict(these: Counts) -> dict[str, Any]:
    return {
        "kind": as_dict(these.kind),
        "names": {kind: as_dict(one) for kind, one in these.names.items()},
        "names_given": as_dict(these.names_given),
        "parts": {part: percent(one) for part, one in these.parts.items()},
        "kinds": [
            {"gold": gold, "ours": ours, "count": count} for (gold, ours), count in these.kinds.most_common()
        ],
    }


def figures_of(one: Report) -> dict[str, float]:
    """The figures that have floors: names of persons and kinds, given the source; the rest end to end."""
    whole = one["end_to_end"]
    return {
        "speakers_name": one["given"]["names"]["person"]["percent"],
        "speakers_kind": one["given"]["kind"]["percent"],
        "speakers_f1": whole["statements"]["f1"],
        "names_given": whole["names_given"]["percent"],
        **{part: whole["parts"][part]["f1"] for part in PARTS},
    }


def wrong(compared: Iterable[Compared]) -> list[str]:
    """What is not the same, a line for each statement: for reading, as it holds words of the corpus."""
    return [line for one in compared if (line := _differences(one))]


def _differences(one: Compared) -> str:
    gold, ours = one.label.answer, one.ours
    # The words that describe a group or somebody unnamed are not compared, only the kind is.
    named = gold.kind in PERSONAL or ours.kind in PERSONAL
    differ = [
        *(["kind"] if not one.same_kind else []),
        *(["name"] if named and not one.same_name else []),
        *(part for part in PARTS if one.differs(part)),
    ]
    told = "; ".join(f"{part} {getattr(gold, part)!r}, ours {getattr(ours, part)!r}" for part in differ)
    return f"{one.label.doc} {one.label.ar}: {told}" if told else ""
