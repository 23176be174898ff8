"""Reviews as they are sent: one shape for each kind, so that a wrong one is refused with its reason."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from quotidian.serve.rest.parameters import NO_NUL, Line, Number, Offset
from quotidian.serve.rest.shapes import Given, Nothing
from quotidian.store.values import Review
from quotidian.types import ActClass, SpeakerKind, StanceClass

Spans = Annotated[list[tuple[Offset, Offset]], Field(min_length=1, max_length=200)]
_SAID = Annotated[str, Field(max_length=100, pattern=NO_NUL)]


class WhoSpeaks(Given):
    """Who speaks: a name, an entity of the archive or both; neither where the text does not settle it."""

    name: Line | None = None
    kind: SpeakerKind | None = None
    entity: Number | None = None


class WhoIsMeant(Given):
    """Somebody a statement is about."""

    name: Line
    entity: Number | None = None


class Answers(Given):
    """What a statement says, as a person reads it. What is left out stays as it is."""

    speaker: WhoSpeaks | None = None
    about: Annotated[list[WhoIsMeant], Field(max_length=100)] | None = None
    said: _SAID | None = Field(None, description="The day it was said, in EDTF; null where it is not known.")
    act: ActClass | None = None
    negated: bool | None = None
    stance: StanceClass | None = None
    role: Spans | None = None
    organisation: Spans | None = None
    via: Spans | None = None

    @model_validator(mode="after")
    def _no_nulls_that_say_nothing(self) -> Answers:
        for name in ("speaker", "about", "act", "negated", "stance", "cue", "content"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null: leave it out to let it stay as it is")
        return self


class Correction(Answers):
    """What is otherwise than the machine read it."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    source: Spans | None = None
    cue: Spans | None = None
    content: Spans | None = None

    @model_validator(mode="after")
    def _something(self) -> Correction:
        if not self.model_fields_set:
            raise ValueError("say what to correct")
        return self


class Addition(Answers):
    """A statement that the machine missed."""

    version: Number
    source: Spans | None
    cue: Spans
    content: Spans


class Into(Given):
    """Which entity stays."""

    into: Number


class Apart(Given):
    """Which appearances become an entity of their own, and its name; the commonest of theirs where null."""

    appearances: Annotated[list[Number], Field(min_length=1, max_length=10_000)]
    name: Line | None = None


class NewName(Given):
    """What it is called from now on."""

    name: Annotated[str, Field(min_length=1, max_length=500, pattern=NO_NUL)]


class Other(Given):
    """The one that it is not."""

    from_: Annotated[Number, Field(alias="from")]


class Elsewhere(Given):
    """The same entity in another register; or `nobody`, where that register has it not."""

    service: Line
    identifier: Line | None = None
    name: Line | None = None
    url: Annotated[str, Field(max_length=2_000, pattern=r"^https?://[^\x00-\x20]+$")] | None = None
    nobody: Literal[True] | None = None

    @model_validator(mode="after")
    def _somebody_or_nobody(self) -> Elsewhere:
        named = self.identifier is not None and self.name is not None
        if self.nobody and (self.identifier is not None or self.name is not None or self.url is not None):
            raise ValueError("there is either an identifier or nobody")
        if not self.nobody and not named:
            raise ValueError("give an identifier and a name, or say nobody")
        return self


class OtherStatement(Given):
    """The other of two statements."""

    other: Number


class _OfStatement(Given):
    statement: Number


class _OfEntity(Given):
    entity: Number


class Accept(_OfStatement):
    """The statement is right as it stands."""

    kind: Literal["accept"]
    payload: Nothing = Nothing()


class Reject(_OfStatement):
    """It is no statement."""

    kind: Literal["reject"]
    payload: Nothing = Nothing()


class Correct(_OfStatement):
    """It is one, but something is otherwise."""

    kind: Literal["correct"]
    payload: Correction


class Add(Given):
    """A statement that was missed."""

    kind: Literal["add"]
    article: Number
    payload: Addition


class Merge(_OfEntity):
    """Both are one."""

    kind: Literal["merge"]
    payload: Into


class Split(_OfEntity):
    """Some appearances are somebody else's."""

    kind: Literal["split"]
    payload: Apart


class Rename(_OfEntity):
    """It is called otherwise."""

    kind: Literal["rename"]
    payload: NewName


class Suppress(_OfEntity):
    """It disappears everywhere, exports included. Owners only."""

    kind: Literal["suppress"]
    payload: Nothing = Nothing()


class Different(_OfEntity):
    """They are two."""

    kind: Literal["different"]
    payload: Other


class Identify(_OfEntity):
    """It is the same as one in another register."""

    kind: Literal["identify"]
    payload: Elsewhere


class SameUtterance(_OfStatement):
    """Both report one act of saying."""

    kind: Literal["same_utterance"]
    payload: OtherStatement


class OtherUtterance(_OfStatement):
    """They report two acts of saying."""

    kind: Literal["other_utterance"]
    payload: OtherStatement


class Undo(Given):
    """Take a review back."""

    kind: Literal["undo"]
    undoes: Number
    payload: Nothing = Nothing()


Decision = Annotated[
    Accept
    | Reject
    | Correct
    | Add
    | Merge
    | Split
    | Rename
    | Suppress
    | Different
    | Identify
    | SameUtterance
    | OtherUtterance
    | Undo,
    Field(discriminator="kind"),
]


def review_of(decision: Decision, by: str) -> Review:
    """The archive's value of a decision: with what was given, and nothing that was left out."""
    payload: dict[str, Any] = decision.payload.model_dump(mode="json", by_alias=True, exclude_unset=True)
    of = decision.model_dump(include={"statement", "entity", "article", "undoes"})
    return Review(kind=decision.kind, by=by, payload=payload, **of)
