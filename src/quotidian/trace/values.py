"""The values of tracing: what it is told of a statement, and what it finds between statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotidian.types import ActClass, Directness, Passage, Span, SpeakerKind

# How the words of one report differ from those of another, the strongest that applies (GUIDE.md of
# the labelled pairs): "none" but for punctuation, "cut" where one is a part of the other, "edited"
# where some words differ, "paraphrase" where one is not verbatim, "meaning" where a reader is told
# something else.
Change = Literal["none", "cut", "edited", "paraphrase", "meaning"]
# What of the meaning differs: a negation, a number, a hedge, whom it is about, who is said to speak.
Conflict = Literal["negation", "number", "hedge", "target", "speaker"]
# What joined two reports: the same words, words of the same sense, or a person's word.
Rule = Literal["quotation", "paraphrase", "review"]
Operation = Literal["same", "changed", "cut", "added"]
CopyKind = Literal["exact", "near", "partial", "independent"]
# Whom a report credits: the speaker heard directly, another outlet, an agency; "nobody" where the
# text names no way by which it came.
CreditKind = Literal["speaker", "outlet", "agency", "nobody"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, as one article alone has it.

    ``name`` is None where the text does not settle it; ``maybe`` are then the names of those it may
    be. ``also`` are the names of others who share the statement. ``source`` are the words that stand
    for the speaker.
    """

    kind: SpeakerKind
    name: str | None
    role: str | None = None
    organisation: str | None = None
    maybe: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a statement says in one of its sentences, as tracing sees it: a *claim* of the statement.

    A long quotation is several reports, as another sentence of the same speech is another
    utterance. Nothing in a report depends on what else an archive has.

    ``key`` names the report, ``statement`` its statement and ``article`` its article, the same whatever the
    order of arrival. ``content`` is the text of ``spans``, the claim's place in the article.
    ``first`` and ``last`` are the days (proleptic Gregorian ordinals, :meth:`datetime.date.toordinal`)
    between which it was said, as far as is known, None for an open end; ``printed`` is the day of
    publication. ``often`` are the stems (:func:`quotidian.trace.words.stem`) of the content that its
    article has more than once, with how often: the words of the event rather than of the utterance.
    """

    key: str
    statement: str
    article: str
    content: str
    spans: tuple[Span, ...]
    directness: Directness
    voice: Voice
    about: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    printed: int | None = None
    depth: int = 0
    act: ActClass = "state"
    negated: bool = False
    often: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A step of an alignment: words of one text and what stands for them in the other.

    ``a`` and ``b`` are spans (code points) of the two texts, empty ones where words were added or
    cut. ``conflict`` marks a step that changes what a reader is told.
    """

    operation: Operation
    a: Span
    b: Span
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts word by word, and how the second differs from the first."""

    edits: tuple[Edit, ...]
    change: Change
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What two reports have to do with each other.

    ``score`` is the estimated probability, 0 to 1, that they report the same utterance;
    ``conflict`` is what keeps two reports of the same words or of the same act apart, None where
    nothing does.
    ``because`` are the reasons, in words.
    """

    a: str
    b: str
    rule: Rule
    score: float
    change: Change
    conflict: Conflict | None = None
    because: tuple[str, ...] = ()

    @property
    def joins(self) -> bool:
        """Whether the two are taken for one utterance, as far as this link alone decides."""
        return self.conflict is None and self.score >= 0.5


@dataclass(frozen=True, slots=True)
class Credit:
    """From whom an article says that it has something.

    ``attribution`` is the id of the attribution that the credit is for, None for the whole article
    ("TPA –" before the text, a byline, "This article was first published by"). ``name`` is the name of
    the outlet or agency as written; ``passage`` are the words that say so, None where they stand in the
    byline.
    """

    kind: CreditKind
    name: str | None
    attribution: str | None
    passage: Passage | None
    why: str


@dataclass(frozen=True, slots=True)
class Copied:
    """How much of two articles is the same text.

    ``share_a`` and ``share_b`` are the shares (0 to 1) of each one's words that stand in common
    runs; ``runs`` are those, a span (code points) in each text.
    """

    kind: CopyKind
    share_a: float
    share_b: float
    runs: tuple[tuple[Span, Span], ...] = ()
