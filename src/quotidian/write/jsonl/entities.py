"""An article's entities, mentions and dates; each value beside its inverse."""

from __future__ import annotations

from typing import Any

from quotidian.types import (
    Date,
    DateType,
    Entity,
    Label,
    LabelForm,
    LabelMark,
    Mention,
    MentionForm,
    MentionType,
)
from quotidian.write.jsonl.statements import evidence, parsed_evidence
from quotidian.write.jsonl.values import (
    confidence,
    one_of,
    optional,
    parsed_confidence,
    parsed_passage,
    passage,
    typed,
)


def entity(value: Entity) -> dict[str, Any]:
    """An entity with what it is called."""
    return {
        "id": value.id,
        "type": value.type,
        "name": value.name,
        "role": passage(value.role) if value.role else None,
        "organisation": passage(value.organisation) if value.organisation else None,
        "labels": [_label(label) for label in value.labels],
    }


def parsed_entity(found: dict[str, Any], text: str) -> Entity:
    """The inverse of :func:`entity`."""
    role, organisation = found["role"], found["organisation"]
    return Entity(
        id=typed(found["id"], str),
        type=one_of(found["type"], MentionType, "an entity's type"),
        name=typed(found["name"], str),
        role=None if role is None else parsed_passage(role, text),
        organisation=None if organisation is None else parsed_passage(organisation, text),
        labels=tuple(_parsed_label(label, text) for label in found["labels"]),
    )


def mention(value: Mention) -> dict[str, Any]:
    """A mention with the entity that it stands for."""
    return {
        **passage(value.passage),
        "type": value.type,
        "form": value.form,
        "entity": value.entity,
        "maybe": list(value.maybe),
        "confidence": confidence(value.confidence),
        "because": evidence(value.because),
    }


def parsed_mention(found: dict[str, Any], text: str) -> Mention:
    """The inverse of :func:`mention`."""
    return Mention(
        passage=parsed_passage(found, text),
        type=one_of(found["type"], MentionType, "a mention's type"),
        form=one_of(found["form"], MentionForm, "a mention's form"),
        confidence=parsed_confidence(found["confidence"]),
        entity=optional(found["entity"], str),
        maybe=tuple(typed(entity, str) for entity in found["maybe"]),
        because=parsed_evidence(found["because"], text),
    )


def date(value: Date) -> dict[str, Any]:
    """A date expression with its values."""
    return {**passage(value.passage), "type": value.type, "value": value.value, "edtf": value.edtf}


def parsed_date(found: dict[str, Any], text: str) -> Date:
    """The inverse of :func:`date`."""
    return Date(
        passage=parsed_passage(found, text),
        type=one_of(found["type"], DateType, "a date's type"),
        value=typed(found["value"], str),
        edtf=optional(found["edtf"], str),
    )


def _label(value: Label) -> dict[str, Any]:
    return {**passage(value.passage), "form": value.form, "by": value.by, "marks": list(value.marks)}


def _parsed_label(found: dict[str, Any], text: str) -> Label:
    return Label(
        passage=parsed_passage(found, text),
        form=one_of(found["form"], LabelForm, "a label's form"),
        by=optional(found["by"], str),
        marks=tuple(one_of(mark, LabelMark, "a label's mark") for mark in found["marks"]),
    )
