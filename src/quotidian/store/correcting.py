"""What people decide of statements: accepted, rejected, corrected, added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast, get_args

from sqlalchemy import Connection, Row, func, select

from quotidian import entities as deciding
from quotidian.errors import NotInArchive, ReviewRefused
from quotidian.store import adding, deleting, joining, merging
from quotidian.store.log import decisions, keep
from quotidian.store.records import number, unpacked
from quotidian.store.reviewed import Decision, blank, corrected, reviewed, same_statement, snapshot
from quotidian.store.rows import days
from quotidian.store.tables import entities, entity_names, statements, versions
from quotidian.store.values import Review
from quotidian.store.words import words
from quotidian.types import ActClass, Article, MentionType, Said, SpeakerKind, StanceClass, Statement


def decide(connection: Connection, given: Review, at: datetime) -> Review:
    """Keep a decision on a statement, and make the statements of its article anew."""
    if given.kind == "add":
        version, article, made = _to_add(connection, given)
    else:
        version, article, made = _reviewed_now(connection, given)
    newest = connection.scalar(select(func.max(entities.c.id))) or 0
    payload = _checked(connection, given.payload, article) if given.kind in ("correct", "add") else {}
    if given.kind == "correct" and not payload:
        raise ReviewRefused(
            "a correction says what is to change: source, cue, content, speaker, about, said, act …"
        )
    if given.kind in ("correct", "add"):
        changed = corrected(made, payload, article.text)
        _refuse_empty(changed)
    new = list(connection.scalars(select(entities.c.id).where(entities.c.id > newest)))
    payload = {**payload, "of": {"version": version.number, "statement": snapshot(made)}}
    if new:
        payload["made"] = new
    decision = Decision(given.kind, payload, payload["of"]["statement"], article.text)
    for concerned in _from_version(connection, version.article_id, version.number):
        adding.put_again(connection, concerned, also=decision)
    reviewed_one = given.statement
    if given.kind == "add":
        this = (statements.c.version_id == version.id) & (statements.c.key == made.attribution.id)
        reviewed_one = connection.scalar(select(statements.c.id).where(this))
    return keep(connection, given, at, payload, article=version.article_id, statement=reviewed_one)


def undo(connection: Connection, row: Row[Any]) -> None:
    """Make the statements of an article anew, once a review of them does not count any more."""
    for version in _from_version(connection, row.article_id, row.payload["of"]["version"]):
        adding.put_again(connection, version)
    deleting.forget(connection, row.payload.get("made", []))


def _from_version(connection: Connection, article: int, first: int) -> list[int]:
    """The versions that a decision on one counts for: that one and those after it."""
    query = select(versions.c.id).where(versions.c.article_id == article, versions.c.number >= first)
    return list(connection.scalars(query.order_by(versions.c.number)))


def _reviewed_now(connection: Connection, given: Review) -> tuple[Row[Any], Article, Statement]:
    """The version, the reading as it stands now and the statement that a review is of."""
    row = connection.execute(select(statements).where(statements.c.id == number(given.statement))).first()
    if row is None:
        raise NotInArchive(f"there is no statement {given.statement} in the archive")
    version = connection.execute(select(versions).where(versions.c.id == row.version_id)).one()
    now = reviewed(unpacked(version.record), decisions(connection, version.article_id, version.number))
    for made in (*now.article.statements, *now.rejected):
        if made.attribution.id == row.key:
            return version, now.article, made
    raise ReviewRefused(
        f"statement {given.statement} is of an earlier reading and is not found any more: "
        "look at the article again"
    )


def _to_add(connection: Connection, given: Review) -> tuple[Row[Any], Article, Statement]:
    query = select(versions).where(versions.c.article_id == number(given.article))
    wanted = given.payload.get("version")
    if wanted is not None and (not isinstance(wanted, int) or isinstance(wanted, bool)):
        raise ReviewRefused("version is a number: 1, 2 …")
    query = query.where(versions.c.current == 1 if wanted is None else versions.c.number == number(wanted))
    version = connection.execute(query).first()
    if version is None:
        raise NotInArchive(f"there is no article {given.article} in the archive, or not in that version")
    if not given.payload.get("cue") or not given.payload.get("content"):
        raise ReviewRefused("a statement needs a cue and a content: mark both in the text")
    article = unpacked(version.record)
    roles = {
        role: _checked_spans(given.payload[role], article.text, role)
        for role in ("source", "cue", "content")
        if given.payload.get(role)
    }
    made = blank(article.text, article.text_sha256, roles)
    now = reviewed(article, decisions(connection, version.article_id, version.number))
    if same_statement(snapshot(made), now.article.statements) is not None:
        raise ReviewRefused("this statement is there already: correct that one instead")
    # One that was rejected is taken up again, as the person marks it now.
    return version, article, same_statement(snapshot(made), now.rejected) or made


def _checked(connection: Connection, payload: Mapping[str, Any], article: Article) -> dict[str, Any]:
    """The correction, every value of it as it must be."""
    checked: dict[str, Any] = {}
    for role in ("source", "cue", "content", "role", "organisation", "via"):
        if role in payload:
            spans = payload[role]
            if not spans and role in ("cue", "content"):
                raise ReviewRefused(f"a statement needs a {role}: to take it out, reject it")
            checked[role] = _checked_spans(spans, article.text, role) if spans else None
    if "speaker" in payload:
        checked["speaker"] = _checked_speaker(connection, payload["speaker"])
    if "about" in payload:
        about = payload["about"]
        if not isinstance(about, Sequence) or isinstance(about, str):
            raise ReviewRefused("about is a list of those whom it is about")
        checked["about"] = [_checked_name(connection, who, "about", None) for who in about]
    if "said" in payload:
        checked["said"] = _checked_day(payload["said"])
    for key, values in (("act", get_args(ActClass)), ("stance", get_args(StanceClass))):
        if key in payload:
            checked[key] = _one_of(payload[key], values, key)
    if "negated" in payload:
        if not isinstance(payload["negated"], bool):
            raise ReviewRefused("negated is true or false")
        checked["negated"] = payload["negated"]
    return checked


def _checked_spans(given: Any, text: str, role: str) -> list[list[int]]:
    try:
        spans = [[int(start), int(end)] for start, end in given]
    except (TypeError, ValueError) as error:
        raise ReviewRefused(
            f"{role}: spans look like [[start, end], …], in characters of the text"
        ) from error
    last = 0
    for start, end in spans:
        if not last <= start < end <= len(text):
            raise ReviewRefused(
                f"{role}: [{start}, {end}) does not lie in the text of {len(text):,} characters, in order"
            )
        if not text[start:end].strip():
            raise ReviewRefused(f"{role}: there is only white space from {start} to {end}")
        last = end
    if not spans:
        raise ReviewRefused(f"{role}: no span is given")
    return spans


def _checked_speaker(connection: Connection, given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise ReviewRefused('speaker looks like {"name": …, "kind": …}')
    kind = _one_of(given.get("kind", "person"), get_args(SpeakerKind), "kind of speaker")
    if given.get("name") is None and given.get("entity") is None:
        return {"name": None, "kind": kind, "entity": None}
    type = cast("MentionType", kind) if kind in ("person", "organisation") else None
    return {**_checked_name(connection, given, "speaker", type), "kind": kind}


def _checked_name(connection: Connection, given: Any, what: str, type: MentionType | None) -> dict[str, Any]:
    """A name and the entity that it is: the one given, the only one called so, or a new one."""
    if not isinstance(given, Mapping):
        raise ReviewRefused(f'{what} looks like {{"name": …}}')
    id = given.get("entity")
    if id is not None:
        row = merging.entity(connection, id)
        return {"name": merging.checked_name(given.get("name") or row.name), "entity": row.id}
    name = merging.checked_name(given.get("name"))
    called = (
        select(entities.c.id)
        .join(entity_names, entity_names.c.entity_id == entities.c.id)
        .where(entity_names.c.folded == " ".join(words(name)), entities.c.state == "active")
        .distinct()
    )
    found = list(connection.scalars(called if type is None else called.where(entities.c.type == type)))
    if len(found) == 1:
        return {"name": name, "entity": found[0]}
    if found or type is None:
        return {"name": name, "entity": None}
    one = deciding.Appearance(type=type, name=name)
    made = joining.make(connection, one)
    joining.renew(connection, made, [one])
    return {"name": name, "entity": made}


def _checked_day(given: Any) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or days(Said(given, "words", 1.0), None) == (None, None, None):
        raise ReviewRefused("said is a day or a stretch of days in EDTF, such as 2026-03-05 or ../2026-03-07")
    return given


def _one_of(given: Any, values: Sequence[str], what: str) -> str:
    if given not in values:
        raise ReviewRefused(f"“{given}” is no {what}; there are {', '.join(values)}")
    return str(given)


def _refuse_empty(made: Statement) -> None:
    found = made.attribution
    if any(a < d and c < b for a, b in found.cue.spans for c, d in found.content.spans):
        raise ReviewRefused("cue and content overlap: what says that it was said is no part of what was said")
