"""The values that travel: each stage takes them and returns new ones; none is ever changed.

Offsets are ``[start, end)`` in Unicode code points of the article's text, always.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Directness = Literal["direct", "indirect", "mixed"]
PublishedFrom = Literal["given", "json-ld", "meta", "visible text"]
MentionType = Literal["person", "organisation", "place", "group", "document"]
MentionForm = Literal["name", "description", "pronoun"]
SpeakerKind = Literal["person", "organisation", "people", "document", "unnamed", "author", "none"]
LabelForm = Literal["name", "acronym", "description"]
LabelMark = Literal["quoted", "so-called"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
SaidFrom = Literal["words", "context", "published", "nothing"]
ActClass = Literal[
    "state",
    "deny",
    "admit",
    "accuse",
    "criticise",
    "praise",
    "warn",
    "threaten",
    "promise",
    "intend",
    "demand",
    "ask",
    "believe",
    "hope",
    "fear",
    "rule",
    "predict",
]
StanceClass = Literal["vouches", "distances", "neutral"]


class Span(NamedTuple):
    """A stretch of text, ``[start, end)`` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article, in place; several spans where other words interrupt them.

    ``text`` is the spans' texts joined by one space.
    """

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, spans: Iterable[tuple[int, int]]) -> Passage:
        """The passage that ``spans`` of ``text`` make.

        >>> Passage.of("We will, she said, not yield.", [(0, 7), (19, 28)])
        Passage(text='We will not yield', spans=(Span(start=0, end=7), Span(start=19, end=28)))
        """
        placed = tuple(Span(start, end) for start, end in spans)
        return cls(" ".join(text[start:end] for start, end in placed), placed)

    @property
    def start(self) -> int:
        """Where the first span begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the last span ends."""
        return self.spans[-1].end

    def holds(self, other: Passage) -> bool:
        """Whether every span of ``other`` lies inside one of this passage's spans."""
        return all(any(s <= a and b <= e for s, e in self.spans) for a, b in other.spans)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying, as an article reports it.

    ``source`` is None where the text names nobody ("it is feared that ..."). ``depth`` is 0 for
    an outermost attribution; one inside another's content has that one's ``id`` as ``parent``.
    ``confidence`` is the estimated probability, 0 to 1, that a person would mark the same
    content for the same source.
    """

    id: str
    source: Passage | None
    cue: Passage
    content: Passage
    directness: Directness
    depth: int
    parent: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the text and, in words a reader understands, what it shows.

    ``passage`` is None where the reason is not in the text: "no other person is named".
    """

    why: str
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for somebody or something: by name, by description or by pronoun.

    ``entity`` is the id of the entity that they stand for, None where that is not clear;
    ``maybe`` are then the ids of those it may be, the likeliest first. ``because`` are the clues
    that link it to its entity; ``confidence`` is the probability, 0 to 1, of type and extent.
    """

    passage: Passage
    type: MentionType
    form: MentionForm
    confidence: float
    entity: str | None = None
    maybe: tuple[str, ...] = ()
    because: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Words used for an entity, and who uses them: part of "names and labels".

    ``by`` is the id of the statement inside whose content the label stands, None where it stands
    in the outlet's own voice. ``marks`` says how the user keeps a distance: quotation marks
    around the label alone ("quoted"), or a word ("so-called").
    """

    passage: Passage
    form: LabelForm
    by: str | None = None
    marks: tuple[LabelMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or group of one article, with what it is called there.

    ``id`` is unique within the article: ``e1``, ``e2`` … by first mention. ``name`` is the fullest
    form that the article has, without title; for a group or somebody unnamed, the description.
    """

    id: str
    type: MentionType
    name: str
    role: Passage | None = None
    organisation: Passage | None = None
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Date:
    """A date expression: TIMEX3 ``type`` and ``value``, and the value as EDTF.

    ``edtf`` is None where EDTF has no such value (a duration, a repeated time).
    """

    passage: Passage
    type: DateType
    value: str
    edtf: str | None


@dataclass(frozen=True, slots=True)
class Who:
    """One whom a statement is by, about or perhaps by: an entity of the article, and why."""

    entity: str | None
    name: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that answers a question (an office, an organisation, a channel), and how sure."""

    passage: Passage
    confidence: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is speaking.

    ``name`` is the entity's name for a person, an organisation or a document, the description
    for people and the unnamed, None where the text does not settle it; ``maybe`` then says who
    it may be. ``also`` are others who share the statement. ``unnamed_because`` is where the text
    says why a source is not named.
    """

    kind: SpeakerKind
    entity: str | None
    name: str | None
    confidence: float
    also: tuple[Who, ...] = ()
    role: Found | None = None
    organisation: Found | None = None
    maybe: tuple[Who, ...] = ()
    unnamed_because: Passage | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """The day it was said, as EDTF: ``../2024-03-07`` where only an upper bound is known.

    ``from_`` tells what dates it: words of its own sentence, the context (the same speech or interview
    dated elsewhere), the day of publication as an upper bound, or nothing; ``edtf`` is then None.
    """

    edtf: str | None
    from_: SaidFrom
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What kind of act the saying was. ``negated``: the text says that it was not done."""

    value: ActClass
    confidence: float
    negated: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """Whether the cue vouches for the content, keeps its distance, or does neither."""

    value: StanceClass
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its speaker, whom it is about, its day and kind resolved."""

    attribution: Attribution
    speaker: Speaker
    about: tuple[Who, ...]
    via: Found | None
    said: Said
    act: Act
    stance: Stance


def attribution_id(text_sha256: str, source: Passage | None, cue: Passage, content: Passage) -> str:
    """A hash, 16 hexadecimal digits, of what an attribution is and where it stands."""
    placed = [text_sha256, source.spans if source else None, cue.spans, content.spans]
    return hashlib.sha256(json.dumps(placed).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text by one outlet at one time.

    ``published`` is an ISO 8601 day or date-time as found, ``published_from`` where it was found.
    ``modified`` is the day or date-time of its last change, only where its page or record states one.
    ``reason`` says why an article was not searched for attributions (empty, no letters, not
    English); it is None where it was. ``model`` names the model that read it, None before.
    ``statements`` has one for each of ``attributions``, in their order, or none at all where only
    attributions were asked for.
    """

    id: str
    text: str
    origin: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    modified: str | None = None
    reason: str | None = None
    model: str | None = None
    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    dates: tuple[Date, ...] = ()

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def __iter__(self) -> Iterator[Attribution]:
        return iter(self.attributions)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input, or one record of it, that could not be read: where, and why in one line."""

    origin: str
    why: str
