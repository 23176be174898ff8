"""The values that come out of an archive and go into it; each is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from quotidian.trace.values import Alignment, Change, Conflict, Copied, Credit, Rule
from quotidian.types import (
    ActClass,
    Article,
    Directness,
    LabelForm,
    MentionType,
    Passage,
    SaidFrom,
    Span,
    SpeakerKind,
    StanceClass,
)

State = Literal["unreviewed", "accepted", "corrected", "added", "rejected"]
Outcome = Literal["new", "version", "unchanged"]
EntityState = Literal["active", "merged", "suppressed"]
Part = Literal["speaker", "also", "maybe", "about"]
PairState = Literal["unsure", "same", "different"]
UtteranceList = Literal["repeated", "changed", "only", "unsourced"]
# How a report came by the words, as far as the archive tells: the first, copied text, from another
# outlet by its own account, in words of its own; "unsure" where it may be either.
Relation = Literal["first", "copy", "credit", "independent", "unsure"]
ReviewKind = Literal[
    # of a statement
    "accept",
    "reject",
    "correct",
    "add",
    # of entities
    "merge",
    "split",
    "rename",
    "suppress",
    "different",
    "identify",
    # of two statements
    "same_utterance",
    "other_utterance",
    # of another review
    "undo",
]
Role = Literal["reader", "reviewer", "owner"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was given: ``unchanged`` where the archive had all of it."""

    article: int
    version: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An article of the archive, in the version that is meant, without its text.

    ``id`` is the archive's number, ``own_id`` the article's own: the owner's, or a hash.
    ``published`` is as found, ``published_day`` its ISO day; ``read_at`` is UTC.
    """

    id: int
    own_id: str
    version: int  # 1, 2 …
    versions: int  # how many there are
    url: str | None
    outlet: Outlet | None
    title: str | None
    byline: str | None
    published: str | None
    published_day: str | None
    read_at: str
    model: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody meant by a statement: ``entity`` is the archive's id, None where it knows nobody."""

    entity: int | None
    name: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement of the archive, as it stands now: read by the machine, corrected by people.

    ``id`` is permanent. ``context`` is where the sentences lie that hold all of it, ``words`` are
    their text: ``text[context.start:context.end]``. ``day`` is what it is sorted by: the last day
    on which it may have been said, or else the day of publication (ISO).
    """

    id: int
    key: str
    article: Head
    source: Passage | None
    cue: Passage
    content: Passage
    context: Span
    words: str
    directness: Directness
    depth: int
    parent: int | None
    kind: SpeakerKind
    speaker: Named | None
    also: tuple[Named, ...]
    maybe: tuple[Named, ...]
    about: tuple[Named, ...]
    role: str | None
    organisation: str | None
    via: str | None
    said: str | None
    said_from: SaidFrom
    day: str | None
    act: ActClass
    negated: bool
    stance: StanceClass
    confidence: float
    speaker_confidence: float
    state: State
    current: bool


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of the archive: the reading with people's corrections in it, and its statements.

    ``article`` has the whole text; ``entities`` maps ids of its entities (``e1``) to the
    archive's. ``share`` says how much of it is attributed.
    """

    head: Head
    article: Article
    hits: tuple[Hit, ...]
    entities: Mapping[str, int]
    share: Share


@dataclass(frozen=True, slots=True)
class Share:
    """Characters that are no white space: all, inside a content, inside one of an unnamed source."""

    letters: int
    attributed: int
    unnamed: int

    @property
    def own_voice(self) -> int:
        """Those outside any attribution's content."""
        return self.letters - self.attributed


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity, and in how many articles it has it."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Office:
    """A role or organisation that articles give an entity, and the first and last day (ISO)."""

    role: str | None
    organisation: str | None
    first: str | None
    last: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class LabelUse:
    """How often somebody calls an entity so: a speaker (``by``), or an outlet in its own voice."""

    text: str
    form: LabelForm
    marks: str
    by: Named | None
    outlet: Outlet | None
    uses: int
    statement: int | None  # one of them, to look at
    article: int


@dataclass(frozen=True, slots=True)
class Identifier:
    """The same entity elsewhere, as a person confirmed."""

    service: str
    identifier: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class EntityHead:
    """A person, organisation, group or place of the archive, in short."""

    id: int
    type: MentionType
    name: str
    state: EntityState
    merged_into: int | None
    statements: int


@dataclass(frozen=True, slots=True)
class StoredEntity:
    """What the archive knows of an entity."""

    head: EntityHead
    names: tuple[Name, ...]
    offices: tuple[Office, ...]
    labels: tuple[LabelUse, ...]
    identifiers: tuple[Identifier, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity in one article, and why it is taken for this entity of the archive."""

    id: int
    local: str
    entity: int
    name: str
    role: str | None
    organisation: str | None
    article: Head
    by: Literal["machine", "person"]
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that may be one, and what speaks for and against it, in words."""

    a: EntityHead
    b: EntityHead
    state: PairState
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person decided. ``id`` and ``at`` are given by the archive when it is kept.

    ``payload`` by ``kind``:

    - accept, reject: ``{}``
    - correct: any of ``source``, ``cue``, ``content`` (lists of ``[start, end]`` in the version's text;
      ``source`` may be null), ``speaker`` ``{"name", "kind", "entity"}``, ``about``
      ``[{"name", "entity"}]``, ``said`` (EDTF or null), ``act``, ``negated``, ``stance``, ``role``,
      ``organisation``, ``via`` (spans or null)
    - add: ``version``, ``source``, ``cue``, ``content``, and any of the others
    - merge: ``{"into": id}``; ``entity`` is merged into it
    - split: ``{"appearances": [id, …], "name"}``: these become an entity of their own
    - rename: ``{"name"}``
    - suppress: ``{}``
    - different: ``{"from": id}``
    - identify: ``{"service", "identifier", "name", "url"}``, or ``{"service", "nobody": true}``
    - same_utterance, other_utterance: ``{"other": id}``: ``statement`` and the statement ``other`` report
      one act of saying, or two
    - undo: ``{}``; ``undoes`` names the review taken back
    """

    kind: ReviewKind
    by: str
    statement: int | None = None
    entity: int | None = None
    article: int | None = None
    undoes: int | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    id: int | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that hits have, how many have it, and what to type to get these alone."""

    value: str
    shown: str
    count: int
    term: str


@dataclass(frozen=True, slots=True)
class Slice:
    """One stretch of the timeline: hits in it, and all statements of the archive in it."""

    first: str
    last: str
    hits: int
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a search found: a page of it, the count of all, and what the hits are made of.

    ``notes`` says in words what of the query could not be understood as meant.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    timeline: tuple[Slice, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class User:
    """Who may use a reading room that others can reach."""

    name: str
    role: Role
    active: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is."""

    articles: int
    versions: int
    statements: int
    entities: int
    outlets: int
    reviews: int
    unsure_pairs: int
    first_day: str | None
    last_day: str | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody an outlet quotes, and how often."""

    entity: int | None
    name: str
    statements: int


@dataclass(frozen=True, slots=True)
class OutletPage:
    """An outlet in figures. ``kinds`` and ``acts`` count its statements by kind of source and act."""

    outlet: Outlet
    articles: int
    statements: int
    share: Share
    kinds: Mapping[SpeakerKind, int]
    acts: Mapping[ActClass, int]
    quoted: tuple[Quoted, ...] = ()
    first_day: str | None = None
    last_day: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One speaks about another, in so many statements."""

    speaker: EntityHead
    about: EntityHead
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeared:
    """When words appeared in an outlet: not before ``earliest``, not after ``latest``.

    These are instants, ISO 8601 in UTC, None where nothing bounds them; "first" is decided by them.
    ``published`` and ``modified`` are as the page states them, ``read`` is when it was read. See
    docs/design/traces.md.
    """

    earliest: str | None
    latest: str | None
    published: str | None
    modified: str | None
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceReport:
    """A report of an utterance: one statement, when it appeared, from whom, and how it differs.

    ``content`` are the sentences of the statement's content that are of this utterance.
    ``depth`` is the number of hands between the speaker and the outlet that the text itself tells of.
    ``credited_to`` is the outlet of the archive that ``credit`` names, where it has it. ``follows`` is the
    statement that this one was taken from, where ``relation`` says so. ``alignment`` sets its
    content beside that of the first report; None for the first.
    """

    hit: Hit
    content: Passage
    appeared: Appeared
    may_be_first: bool
    credit: Credit
    credited_to: Outlet | None
    depth: int
    relation: Relation
    follows: int | None
    alignment: Alignment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceLink:
    """Why two statements are taken for reports of one utterance, or kept apart.

    ``a`` and ``b`` are statements' ids, ``by`` is a person's name where a person decided.
    """

    a: int
    b: int
    rule: Rule
    score: float
    change: Change
    conflict: Conflict | None
    because: tuple[str, ...]
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceHead:
    """An utterance in short.

    ``id`` is the key of one of its statements; the key of any of them leads to it. ``statement`` is the
    report that appeared first in this archive, ``content`` its words, ``changes`` counts the other
    reports by how they differ from it, ``unsourced`` those that do not name the speaker whom the
    first one names.
    """

    id: str
    statement: int
    content: str
    speaker: Named | None
    first_day: str | None
    last_day: str | None
    reports: int
    outlets: int
    changes: Mapping[Change, int]
    unsourced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One act of saying: its reports in the order in which they appeared, and what joins them.

    ``conflicting`` are statements of the same words or the same act that contradict it: another
    speaker, a negation, a number. They are kept apart and shown beside it. ``others`` are the ids
    of other utterances that share a report with this one (a long quotation reports several).
    """

    head: UtteranceHead
    reports: tuple[UtteranceReport, ...]
    links: tuple[UtteranceLink, ...]
    conflicting: tuple[tuple[Hit, UtteranceLink], ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyOf:
    """Two articles that have text in common; ``a`` appeared first, as far as is known.

    ``through`` is an earlier article that both have that text from, if the archive has one: then ``b`` need
    not be from ``a``.
    """

    a: Head
    b: Head
    copied: Copied
    through: Head | None = None


@dataclass(frozen=True, slots=True)
class StoryHead:
    """Articles of one event, in short; ``title`` is that of the article most like the others."""

    id: int
    title: str | None
    first_day: str | None
    last_day: str | None
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of one event, in the order in which they were published."""

    head: StoryHead
    articles: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """What a run of joining did: articles looked at, statements in them, links found."""

    articles: int
    statements: int
    links: int
