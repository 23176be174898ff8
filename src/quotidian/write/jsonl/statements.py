"""What a statement adds to the attribution that it is made of; each value beside its inverse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quotidian.types import (
    Act,
    ActClass,
    Attribution,
    Evidence,
    Found,
    Said,
    SaidFrom,
    Speaker,
    SpeakerKind,
    Stance,
    StanceClass,
    Statement,
    Who,
)
from quotidian.write.jsonl.values import (
    confidence,
    one_of,
    optional,
    parsed_confidence,
    parsed_passage,
    passage,
    typed,
)

KEYS = ("speaker", "about", "via", "said", "act", "stance")


def statement(value: Statement | None) -> dict[str, Any]:
    """The keys that come after those of the attribution; all null where only that was read."""
    if value is None:
        return dict.fromkeys(KEYS)
    return {
        "speaker": _speaker(value.speaker),
        "about": [_who(who) for who in value.about],
        "via": _found(value.via),
        "said": {
            "edtf": value.said.edtf,
            "from": value.said.from_,
            "confidence": confidence(value.said.confidence),
            "evidence": evidence(value.said.evidence),
        },
        "act": {
            "value": value.act.value,
            "negated": value.act.negated,
            "confidence": confidence(value.act.confidence),
            "evidence": evidence(value.act.evidence),
        },
        "stance": {
            "value": value.stance.value,
            "confidence": confidence(value.stance.confidence),
            "evidence": evidence(value.stance.evidence),
        },
    }


def parsed_statement(found: dict[str, Any], attribution: Attribution, text: str) -> Statement | None:
    """The statement that an attribution's object holds; None where it holds the attribution alone."""
    if found.get("speaker") is None:
        return None
    return Statement(
        attribution=attribution,
        speaker=_parsed_speaker(found["speaker"], text),
        about=tuple(_parsed_who(who, text) for who in found["about"]),
        via=_parsed_found(found["via"], text),
        said=_parsed_said(found["said"], text),
        act=_parsed_act(found["act"], text),
        stance=_parsed_stance(found["stance"], text),
    )


def evidence(reasons: Iterable[Evidence]) -> list[dict[str, Any]]:
    """The reasons; words and places are null where the reason does not stand in the text."""
    nowhere = {"text": None, "spans": None}
    return [{"why": one.why, **(passage(one.passage) if one.passage else nowhere)} for one in reasons]


def parsed_evidence(found: list[dict[str, Any]], text: str) -> tuple[Evidence, ...]:
    """The reasons that a list holds."""
    return tuple(
        Evidence(typed(one["why"], str), None if one["spans"] is None else parsed_passage(one, text))
        for one in found
    )


def _speaker(value: Speaker) -> dict[str, Any]:
    return {
        "entity": value.entity,
        "name": value.name,
        "kind": value.kind,
        "also": [_who(who) for who in value.also],
        "role": _found(value.role),
        "organisation": _found(value.organisation),
        "maybe": [_who(who) for who in value.maybe],
        "unnamed_because": passage(value.unnamed_because) if value.unnamed_because else None,
        "confidence": confidence(value.confidence),
        "evidence": evidence(value.evidence),
    }


def _parsed_speaker(found: dict[str, Any], text: str) -> Speaker:
    because = found["unnamed_because"]
    return Speaker(
        kind=one_of(found["kind"], SpeakerKind, "a speaker's kind"),
        entity=optional(found["entity"], str),
        name=optional(found["name"], str),
        confidence=parsed_confidence(found["confidence"]),
        also=tuple(_parsed_who(who, text) for who in found["also"]),
        role=_parsed_found(found["role"], text),
        organisation=_parsed_found(found["organisation"], text),
        maybe=tuple(_parsed_who(who, text) for who in found["maybe"]),
        unnamed_because=None if because is None else parsed_passage(because, text),
        evidence=parsed_evidence(found["evidence"], text),
    )


def _who(value: Who) -> dict[str, Any]:
    return {
        "entity": value.entity,
        "name": value.name,
        "confidence": confidence(value.confidence),
        "evidence": evidence(value.evidence),
    }


def _parsed_who(found: dict[str, Any], text: str) -> Who:
    return Who(
        entity=optional(found["entity"], str),
        name=typed(found["name"], str),
        confidence=parsed_confidence(found["confidence"]),
        evidence=parsed_evidence(found["evidence"], text),
    )


def _found(value: Found | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {**passage(value.passage), "confidence": confidence(value.confidence)}


def _parsed_found(found: dict[str, Any] | None, text: str) -> Found | None:
    if found is None:
        return None
    return Found(parsed_passage(found, text), parsed_confidence(found["confidence"]))


def _parsed_said(found: dict[str, Any], text: str) -> Said:
    return Said(
        edtf=optional(found["edtf"], str),
        from_=one_of(found["from"], SaidFrom, "what dates a statement"),
        confidence=parsed_confidence(found["confidence"]),
        evidence=parsed_evidence(found["evidence"], text),
    )


def _parsed_act(found: dict[str, Any], text: str) -> Act:
    return Act(
        value=one_of(found["value"], ActClass, "an act"),
        confidence=parsed_confidence(found["confidence"]),
        negated=typed(found["negated"], bool),
        evidence=parsed_evidence(found["evidence"], text),
    )


def _parsed_stance(found: dict[str, Any], text: str) -> Stance:
    return Stance(
        value=one_of(found["value"], StanceClass, "a stance"),
        confidence=parsed_confidence(found["confidence"]),
        evidence=parsed_evidence(found["evidence"], text),
    )
