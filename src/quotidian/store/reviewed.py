"""A reading with people's decisions in it. Pure: the same reading and decisions give the same article.

A decision is about an attribution, and readings change: a newer model may cut it elsewhere or not
find it, and the page may be printed anew. So a decision carries what it was made of (``of``), and is
laid on the attribution that is the same one now: the same id, or cue and content that overlap those
it was made of, or, in another text, the same stretch of words. What people accepted, corrected or
added stays even where the model no longer finds it; what they rejected stays away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quotidian.store.values import ReviewKind, State
from quotidian.types import (
    Act,
    Article,
    Attribution,
    Directness,
    Evidence,
    Found,
    Label,
    Passage,
    Said,
    Span,
    Speaker,
    Stance,
    Statement,
    Who,
    attribution_id,
)
from quotidian.write.jsonl import statements as written
from quotidian.write.jsonl import values as written_values

BY_A_PERSON = (Evidence("a person said so"),)
_STATES: dict[str, State] = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "add": "added",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """An active review of a statement.

    ``of`` is the statement as it stood when it was reviewed (see :func:`snapshot`), ``text`` the text that
    it stood in.
    """

    kind: ReviewKind
    payload: Mapping[str, Any]
    of: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The article as it stands now.

    Attributes:
        article: without what was rejected.
        states: by the attribution's id; those not named are unreviewed.
        rejected: what was taken out, as read.
        given: by the attribution's id, the archive's entities that people named: under "speaker" an
            id or None, under "about" a list of them.
    """

    article: Article
    states: Mapping[str, State]
    rejected: tuple[Statement, ...]
    given: Mapping[str, Mapping[str, Any]]


def snapshot(statement: Statement) -> dict[str, Any]:
    """A statement as JSON values, enough to make it again on the same text."""
    found = statement.attribution
    return {
        "id": found.id,
        "source": written_values.passage(found.source) if found.source else None,
        "cue": written_values.passage(found.cue),
        "content": written_values.passage(found.content),
        "directness": found.directness,
        "depth": found.depth,
        "parent": found.parent,
        "confidence": written_values.confidence(found.confidence),
        **written.statement(statement),
    }


def reviewed(article: Article, decisions: Sequence[Decision]) -> Reviewed:
    """The article with the decisions laid on it, in their order."""
    standing = {made.attribution.id: made for made in article.statements}
    states: dict[str, State] = {}
    rejected: dict[str, Statement] = {}
    given: dict[str, dict[str, Any]] = {}
    for decision in decisions:
        of = _moved(decision.of, decision.text, article.text)
        if of is None:
            continue
        target = same_statement(of, (*standing.values(), *rejected.values()))
        made = target or _made_again(of, article)
        key = made.attribution.id
        if decision.kind == "reject":
            standing.pop(key, None)
            rejected[key] = made
        else:
            rejected.pop(key, None)
            moved = _moved_payload(decision.payload, decision.text, article.text)
            standing[key] = corrected(made, moved, article.text)
            given.setdefault(key, {}).update(_entities_given(decision.payload))
        states[key] = _later(states.get(key), _STATES[decision.kind])
    return Reviewed(_without(article, standing), states, tuple(rejected.values()), given)


def corrected(statement: Statement, payload: Mapping[str, Any], text: str) -> Statement:
    """The statement with what the payload says instead; its attribution keeps its id."""
    found = statement.attribution
    if {"source", "cue", "content"} & payload.keys():
        source = _passage(payload["source"], text) if "source" in payload else found.source
        cue = _passage(payload.get("cue"), text) or found.cue
        content = _passage(payload.get("content"), text) or found.content
        found = replace(found, source=source, cue=cue, content=content, confidence=1.0)
        found = replace(found, directness=_directness(found, text))
    result = replace(statement, attribution=found)
    if "speaker" in payload:
        told = payload["speaker"]
        result = replace(result, speaker=_speaker(told, result.speaker))
    if "role" in payload:
        result = replace(result, speaker=replace(result.speaker, role=_found(payload["role"], text)))
    if "organisation" in payload:
        body = _found(payload["organisation"], text)
        result = replace(result, speaker=replace(result.speaker, organisation=body))
    if "via" in payload:
        result = replace(result, via=_found(payload["via"], text))
    if "about" in payload:
        about = tuple(Who(None, who["name"], 1.0, BY_A_PERSON) for who in payload["about"])
        result = replace(result, about=about)
    if "said" in payload:
        told = payload["said"]
        result = replace(result, said=Said(told, "words" if told else "nothing", 1.0, BY_A_PERSON))
    if "act" in payload or "negated" in payload:
        act = Act(
            payload.get("act", result.act.value), 1.0, payload.get("negated", result.act.negated), BY_A_PERSON
        )
        result = replace(result, act=act)
    if "stance" in payload:
        result = replace(result, stance=Stance(payload["stance"], 1.0, BY_A_PERSON))
    return result


def blank(text: str, sha256: str, payload: Mapping[str, Any]) -> Statement:
    """A statement that a person marks where the machine found none: spans, and nothing else known."""
    source = _passage(payload.get("source"), text)
    cue, content = _passage(payload["cue"], text), _passage(payload["content"], text)
    assert cue is not None and content is not None
    found = Attribution(
        attribution_id(sha256, source, cue, content), source, cue, content, "indirect", 0, None, 1.0
    )
    found = replace(found, directness=_directness(found, text))
    speaker = Speaker("none", None, None, 1.0)
    return Statement(
        found, speaker, (), None, Said(None, "nothing", 1.0), Act("state", 1.0), Stance("neutral", 1.0)
    )


def _later(before: State | None, now: State) -> State:
    """Accepting what was corrected or added leaves it so."""
    return before if now == "accepted" and before in ("corrected", "added") else now


def _entities_given(payload: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if "speaker" in payload:
        given["speaker"] = payload["speaker"].get("entity")
    if "about" in payload:
        given["about"] = [who.get("entity") for who in payload["about"]]
    return given


# --- the same attribution -----------------------------------------------------------------------


def same_statement(of: Mapping[str, Any], statements: Iterable[Statement]) -> Statement | None:
    """The statement that a snapshot is of: by its id, or as most of its cue and content lie there."""
    best: tuple[float, Statement] | None = None
    for made in statements:
        if made.attribution.id == of["id"]:
            return made
        cue = _overlap(of["cue"]["spans"], made.attribution.cue.spans)
        content = _overlap(of["content"]["spans"], made.attribution.content.spans)
        if cue > 0 and content >= 0.5 and (best is None or cue + content > best[0]):
            best = (cue + content, made)
    return best[1] if best else None


def _overlap(a: Iterable[Sequence[int]], b: Iterable[Sequence[int]]) -> float:
    """Code points in both, as a share of those in either."""
    one = {at for start, end in a for at in range(start, end)}
    other = {at for start, end in b for at in range(start, end)}
    return len(one & other) / len(one | other) if one or other else 0.0


def _made_again(of: Mapping[str, Any], article: Article) -> Statement:
    """The statement of a snapshot on the article's text, its parent and entities left open."""
    text = article.text
    source = _passage(of["source"] and of["source"]["spans"], text)
    cue, content = _passage(of["cue"]["spans"], text), _passage(of["content"]["spans"], text)
    assert cue is not None and content is not None
    depth = of["depth"] if of["parent"] in {made.attribution.id for made in article.statements} else 0
    found = Attribution(
        of["id"],
        source,
        cue,
        content,
        of["directness"],
        depth,
        of["parent"] if depth else None,
        of["confidence"],
    )
    made = written.parsed_statement(dict(of), found, text)
    assert made is not None
    known = {entity.id for entity in article.entities}

    def here(who: Who) -> Who:
        return who if who.entity in known else replace(who, entity=None)

    speaker = made.speaker
    return replace(
        made,
        speaker=replace(
            speaker,
            entity=speaker.entity if speaker.entity in known else None,
            also=tuple(map(here, speaker.also)),
            maybe=tuple(map(here, speaker.maybe)),
        ),
        about=tuple(map(here, made.about)),
    )


# --- another text -------------------------------------------------------------------------------


def _moved(of: Mapping[str, Any], before: str, now: str) -> Mapping[str, Any] | None:
    """A snapshot on another text: where the same stretch of words stands there, nearest by."""
    if before == now:
        return of
    shift = _shift(_all_spans(of), before, now)
    if shift is None:
        return None
    moved = json.loads(json.dumps(of), object_hook=lambda value: _shifted(value, shift))
    # Other offsets and another text: another id. It is the model's own where the model finds the same.
    key = attribution_id(
        Article(id="", text=now).text_sha256,
        _passage(moved["source"] and moved["source"]["spans"], now),
        Passage.of(now, _spans(moved["cue"]["spans"])),
        Passage.of(now, _spans(moved["content"]["spans"])),
    )
    return {**_without_far_evidence(moved, now), "id": key, "parent": None, "depth": 0}


def _moved_payload(payload: Mapping[str, Any], before: str, now: str) -> Mapping[str, Any]:
    """A correction on another text; spans whose words are not there any more are left out of it."""
    if before == now:
        return payload
    moved = dict(payload)
    for role in ("source", "cue", "content", "role", "organisation", "via"):
        if payload.get(role):
            shift = _shift(_spans(payload[role]), before, now)
            if shift is None:
                del moved[role]
            else:
                moved[role] = [[start + shift, end + shift] for start, end in payload[role]]
    return moved


def _shift(spans: Sequence[Span], before: str, now: str) -> int | None:
    """How far the stretch from the first to the last of the spans was moved; None where it is gone."""
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    stretch = before[start:end]
    found: list[int] = []
    at = now.find(stretch)
    while at >= 0:
        found.append(at - start)
        at = now.find(stretch, at + 1)
    return min(found, key=abs, default=None)


def _all_spans(of: Mapping[str, Any]) -> list[Span]:
    roles = [of[role] for role in ("source", "cue", "content") if of[role]]
    return [span for role in roles for span in _spans(role["spans"])]


def _shifted(value: dict[str, Any], shift: int) -> dict[str, Any]:
    if isinstance(value.get("spans"), list):
        value["spans"] = [[start + shift, end + shift] for start, end in value["spans"]]
    return value


def _without_far_evidence(value: Any, text: str) -> Any:
    """Evidence from elsewhere in the old text may not stand at the same distance in the new one."""
    if isinstance(value, dict):
        kept = {key: _without_far_evidence(inner, text) for key, inner in value.items()}
        if "evidence" in kept:
            kept["evidence"] = [one for one in kept["evidence"] if _stands(one, text)]
        for key, inner in kept.items():
            if isinstance(inner, dict) and "spans" in inner and not _stands(inner, text):
                kept[key] = None
        return kept
    return [_without_far_evidence(inner, text) for inner in value] if isinstance(value, list) else value


def _stands(passage: Mapping[str, Any], text: str) -> bool:
    spans = passage.get("spans")
    return not spans or " ".join(text[start:end] for start, end in spans) == passage.get("text")


# --- small things -------------------------------------------------------------------------------


def _spans(given: Iterable[Sequence[int]]) -> list[Span]:
    return [Span(start, end) for start, end in given]


def _passage(spans: Iterable[Sequence[int]] | None, text: str) -> Passage | None:
    return Passage.of(text, _spans(spans)) if spans else None


def _found(spans: Iterable[Sequence[int]] | None, text: str) -> Found | None:
    passage = _passage(spans, text)
    return Found(passage, 1.0) if passage else None


def _speaker(told: Mapping[str, Any], before: Speaker) -> Speaker:
    """Another speaker: office and organisation were those of the one before."""
    if told.get("name") == before.name and told.get("kind", before.kind) == before.kind:
        return replace(before, confidence=1.0, maybe=(), evidence=BY_A_PERSON)
    kind = told.get("kind", before.kind if told.get("name") else "none")
    return Speaker(kind, None, told.get("name"), 1.0, evidence=BY_A_PERSON)


_OPENING, _CLOSING = tuple("\"“„«‘'"), tuple("\"”“»’'")


def _directness(found: Attribution, text: str) -> Directness:
    """Direct where all words of the content stand in quotation marks, mixed where some do."""
    marked = 0
    for start, end in found.content.spans:
        inside = text[start:end]
        outside = text[max(0, start - 1) : start] in tuple(_OPENING) and text[end : end + 1] in tuple(
            _CLOSING
        )
        if (inside[:1] in tuple(_OPENING) and inside[-1:] in tuple(_CLOSING)) or outside:
            marked += 1
        elif any(mark in inside for mark in '“„«"'):
            return "mixed"
    return "direct" if marked == len(found.content.spans) else "mixed" if marked else "indirect"


def _without(article: Article, standing: Mapping[str, Statement]) -> Article:
    """The article with these statements, in the order of the text; children of what is gone move up."""
    ordered = sorted(standing.values(), key=_place)
    parents = {made.attribution.id: made.attribution.parent for made in article.statements}

    def parent_of(found: Attribution) -> str | None:
        parent = found.parent
        while parent is not None and parent not in standing:
            parent = parents.get(parent)
        return parent

    depths: dict[str, int] = {}
    settled: list[Statement] = []
    for made in sorted(ordered, key=lambda made: made.attribution.depth):
        parent = parent_of(made.attribution)
        depth = depths.get(parent, -1) + 1 if parent else 0
        depths[made.attribution.id] = depth
        if (parent, depth) != (made.attribution.parent, made.attribution.depth):
            made = replace(made, attribution=replace(made.attribution, parent=parent, depth=depth))
        settled.append(made)
    settled.sort(key=_place)
    entities = tuple(
        replace(entity, labels=tuple(_label(label, standing, parents) for label in entity.labels))
        for entity in article.entities
    )
    return replace(
        article,
        attributions=tuple(made.attribution for made in settled),
        statements=tuple(settled),
        entities=entities,
    )


def _label(label: Label, standing: Mapping[str, Statement], parents: Mapping[str, str | None]) -> Label:
    """A label inside what was rejected is used by whoever says what is around it."""
    by = label.by
    while by is not None and by not in standing:
        by = parents.get(by)
    return label if by == label.by else replace(label, by=by)


def _place(made: Statement) -> tuple[int, int, int]:
    found = made.attribution
    start = min(passage.start for passage in (found.source, found.cue, found.content) if passage)
    return (start, found.depth, found.cue.start)
