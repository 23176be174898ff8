"""Web Annotations taken back: from this archive or another tool, as reviews of an article.

An annotation is of one role: ``role``, or a tag "source", "cue" or "content". Annotations of one
statement belong together by ``statement``, or by a tag ``statement:NAME``. What does not fit, or
cannot be placed for certain, is reported with the reason and never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from quotidian.errors import BadRecord
from quotidian.export.anchoring import Unplaced, placed
from quotidian.store.values import Hit, Review, StoredArticle
from quotidian.types import ActClass, Passage, Span, SpeakerKind, StanceClass
from quotidian.write.segments import ROLES

_GROUP = "statement:"


@dataclass(frozen=True, slots=True)
class NotImported:
    """An annotation, or the statement that several make, that could not be taken, and why."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of annotations says of an article.

    Attributes:
        reviews: to be given to ``archive.review``, one by one.
        unchanged: how many statements are in the archive just so.
        refused: what was not taken, and why.
        of_others: how many annotations are of other articles.
    """

    reviews: tuple[Review, ...]
    unchanged: int
    refused: tuple[NotImported, ...]
    of_others: int


@dataclass(slots=True)
class _Group:
    """The annotations of one statement as they are collected."""

    roles: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    broken: bool = False


class _Refused(Exception):
    """Why one annotation is not taken."""


def imported(source: str | bytes, stored: StoredArticle, by: str, trust_positions: bool = False) -> Imported:
    """The reviews that annotations make of an article.

    Args:
        source: a collection, a page, a list of annotations or one; Hypothesis's ``rows`` too.
        stored: the article, in the version that is meant.
        by: who decides; the name is kept with each review.
        trust_positions: whether positions without a quote count in this very text. Without it, they
            are taken only where the annotation carries the text's hash.

    Raises:
        BadRecord: it is not JSON, or holds no annotations.
    """
    groups: dict[str, _Group] = {}
    refused: list[NotImported] = []
    of_others = 0
    for annotation in _annotations(source):
        if not _is_of(annotation, stored):
            of_others += 1
            continue
        id, name = str(annotation.get("id", "without id")), _group(annotation)
        if name is None:
            refused.append(NotImported(id, f"no statement: give its parts one tag {_GROUP}NAME"))
            continue
        group = groups.setdefault(name, _Group())
        try:
            role = _role(annotation)
            spans = _spans(annotation, stored, trust_positions)
            if group.roles.setdefault(role, spans) != spans:
                raise _Refused(f"a second {role} for the same statement")
            group.told |= _told(annotation, role)
        except (_Refused, Unplaced) as error:
            refused.append(NotImported(id, str(error)))
            group.broken = True
    reviews: list[Review] = []
    unchanged = 0
    for name, group in groups.items():
        if group.broken:
            # One passage of it is missing: a source that was not found is not "nobody is named".
            if group.roles:
                refused.append(NotImported(name, "a part of it was not taken"))
            continue
        try:
            review = _review(name, group, stored, by)
        except _Refused as error:
            refused.append(NotImported(name, str(error)))
            continue
        if review is None:
            unchanged += 1
        else:
            reviews.append(review)
    return Imported(tuple(reviews), unchanged, tuple(refused), of_others)


def _annotations(source: str | bytes) -> Iterator[Mapping[str, Any]]:
    try:
        found = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"not JSON, so no Web Annotations: {error}") from error
    items = _items(found)
    if items is None:
        raise BadRecord("no Web Annotations: there is neither a collection, a page nor an annotation in it")
    yield from (item for item in items if isinstance(item, Mapping))


def _items(found: Any) -> Sequence[Any] | None:
    """The annotations of any of the shapes that tools write."""
    if isinstance(found, list):
        return found
    if not isinstance(found, Mapping):
        return None
    for key in ("items", "rows"):
        if isinstance(found.get(key), list):
            return list(found[key])
    if isinstance(found.get("first"), Mapping):
        if found["first"].get("next"):
            raise BadRecord("the collection goes on in other files: put its pages' items in one list")
        return _items(found["first"])
    return [found] if "target" in found else None


def _is_of(annotation: Mapping[str, Any], stored: StoredArticle) -> bool:
    """Whether an annotation may be of this article; what does not say is taken as meant."""
    own = annotation.get("article")
    if isinstance(own, str):
        return own == stored.head.own_id
    sources = {target["source"] for target in _targets(annotation) if isinstance(target.get("source"), str)}
    addresses = {address for address in (stored.head.url, stored.article.origin) if address}
    is_web = {source for source in sources if source.startswith(("http://", "https://"))}
    return not is_web or not addresses or any(_bare(source) in map(_bare, addresses) for source in is_web)


def _bare(address: str) -> str:
    """An address without what does not change the page meant."""
    return address.partition("#")[0].removeprefix("https://").removeprefix("http://").rstrip("/")


def _targets(annotation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [target for target in _listed(annotation.get("target")) if isinstance(target, Mapping)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _tags(annotation: Mapping[str, Any]) -> list[str]:
    bodies = [body for body in _listed(annotation.get("body")) if isinstance(body, Mapping)]
    tags = [body.get("value") for body in bodies if body.get("purpose") in (None, "tagging", "classifying")]
    return [tag.strip() for tag in (*tags, *_listed(annotation.get("tags"))) if isinstance(tag, str)]


def _role(annotation: Mapping[str, Any]) -> str:
    given = annotation.get("role")
    found = {given} if given in ROLES else {tag.lower() for tag in _tags(annotation)} & set(ROLES)
    if len(found) != 1:
        raise _Refused("no role: tag it source, cue or content, one of them")
    return str(found.pop())


def _group(annotation: Mapping[str, Any]) -> str | None:
    """What says which annotations are of one statement; None where nothing does."""
    given = annotation.get("statement")
    if isinstance(given, str | int) and not isinstance(given, bool):
        return str(given)
    return next((tag.removeprefix(_GROUP) for tag in _tags(annotation) if tag.startswith(_GROUP)), None)


def _spans(annotation: Mapping[str, Any], stored: StoredArticle, trust: bool) -> tuple[Span, ...]:
    targets = _targets(annotation)
    if not targets:
        raise _Refused("no target with a selector")
    same_text = trust or annotation.get("text_sha256") == stored.article.text_sha256
    selected = [_listed(target.get("selector")) for target in targets]
    return tuple(sorted(placed(selectors, stored.article.text, same_text) for selectors in selected))


def _told(annotation: Mapping[str, Any], role: str) -> dict[str, Any]:
    """Answers that a content of ours carries besides its words; each is checked."""
    if role != "content":
        return {}
    checks = {"kind": SpeakerKind, "act": ActClass, "stance": StanceClass}
    for key, values in checks.items():
        if key in annotation and annotation[key] not in get_args(values):
            raise _Refused(f"{annotation[key]!a} is no {key}")
    for key, kinds in (("speaker", str | None), ("said", str | None), ("negated", bool)):
        if key in annotation and not isinstance(annotation[key], kinds):
            raise _Refused(f"{annotation[key]!a} is no {key}")
    keys = ("speaker", "kind", "said", "act", "negated", "stance")
    return {key: annotation[key] for key in keys if key in annotation}


def _review(name: str, group: _Group, stored: StoredArticle, by: str) -> Review | None:
    """The review that a statement's annotations make; None where the archive has it just so."""
    hit = next((hit for hit in stored.hits if hit.key == name), None) or _same(group, stored)
    if hit is not None:
        changes = _changes(group, hit)
        return Review(kind="correct", by=by, statement=hit.id, payload=changes) if changes else None
    missing = [role for role in ("cue", "content") if role not in group.roles]
    if missing:
        raise _Refused(f"a new statement needs a {' and a '.join(missing)}")
    payload: dict[str, Any] = {"version": stored.head.version}
    payload |= {role: _listed_spans(group.roles.get(role)) for role in ROLES}
    payload |= _answers(group.told)
    return Review(kind="add", by=by, article=stored.head.id, payload=payload)


def _same(group: _Group, stored: StoredArticle) -> Hit | None:
    """The statement that stands just where these annotations do."""
    return next(
        (hit for hit in stored.hits if all(group.roles.get(role, ()) == _of(hit, role) for role in ROLES)),
        None,
    )


def _changes(group: _Group, hit: Hit) -> dict[str, Any]:
    """What the annotations have otherwise than the archive; a role that they do not have stays."""
    changed: dict[str, Any] = {
        role: _listed_spans(spans) for role, spans in group.roles.items() if spans != _of(hit, role)
    }
    now = {
        "speaker": hit.speaker.name if hit.speaker else None,
        "kind": hit.kind,
        "said": hit.said,
        "act": hit.act,
        "negated": hit.negated,
        "stance": hit.stance,
    }
    told = {key: value for key, value in group.told.items() if value != now[key]}
    if told.keys() & {"speaker", "kind"}:
        told = {
            **told,
            "speaker": group.told.get("speaker", now["speaker"]),
            "kind": group.told.get("kind", hit.kind),
        }
    return changed | _answers(told)


def _answers(told: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as a review has them: name and kind are one answer."""
    answers = {key: told[key] for key in ("said", "act", "negated", "stance") if key in told}
    if "speaker" in told:
        kind = told.get("kind", "person" if told["speaker"] else "none")
        answers["speaker"] = {"name": told["speaker"], "kind": kind, "entity": None}
    return answers


def _of(hit: Hit, role: str) -> tuple[Span, ...]:
    passage: Passage | None = getattr(hit, role)
    return tuple(passage.spans) if passage else ()


def _listed_spans(spans: tuple[Span, ...] | None) -> list[list[int]] | None:
    return [[start, end] for start, end in spans] if spans else None
