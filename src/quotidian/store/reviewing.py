"""What people decide: kept for good, done at once, and undone by one more decision.

``reviews`` is a log that only grows. What it says now follows from it: a review counts unless an undo
that counts takes it back. Statements are made again from the reading and the reviews that count;
merges and splits change which entity a base entity is now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast, get_args

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from quotidian import entities as deciding
from quotidian.errors import NotInArchive, ReviewRefused
from quotidian.store import joining, rows
from quotidian.store.records import number, unpacked
from quotidian.store.reviewed import Decision, blank, corrected, reviewed, same_statement, snapshot
from quotidian.store.tables import (
    appearances,
    articles,
    entities,
    entity_names,
    identifiers,
    pairs,
    statements,
    versions,
)
from quotidian.store.tables import (
    reviews as log,
)
from quotidian.store.upserts import upsert
from quotidian.store.values import Review, ReviewKind
from quotidian.store.words import words
from quotidian.types import ActClass, Article, MentionType, SpeakerKind, StanceClass, Statement

OF_STATEMENTS = ("accept", "reject", "correct", "add")
OF_ENTITIES = ("merge", "split", "rename", "suppress", "different", "identify")
_LONGEST_NAME = 300
_AT_ONCE = 500
_SAID_SO = "a person said so"


def review(connection: Connection, given: Review, at: datetime) -> Review:
    """See :meth:`quotidian.store.archive.Archive.review`."""
    if not given.by.strip():
        raise ReviewRefused("say who decides: a review needs a name")
    if given.kind == "undo":
        return _undo(connection, given, at)
    if given.kind in OF_STATEMENTS:
        return _of_statement(connection, given, at)
    if given.kind in OF_ENTITIES:
        return _DO[given.kind](connection, given, at)
    raise ReviewRefused(f"“{given.kind}” is no kind of review; there are {', '.join(get_args(ReviewKind))}")


def reviews(
    connection: Connection,
    *,
    statement: int | None,
    entity: int | None,
    article: int | None,
    limit: int | None,
    offset: int,
) -> tuple[Review, ...]:
    """See :meth:`quotidian.store.archive.Archive.reviews`."""
    query = select(log).order_by(log.c.id.desc()).offset(offset)
    wanted = ((log.c.statement_id, statement), (log.c.entity_id, entity), (log.c.article_id, article))
    for column, value in wanted:
        if value is not None:
            query = query.where(column == number(value))
    if limit is not None:
        query = query.limit(limit)
    return tuple(_review(row) for row in connection.execute(query))


def undone(connection: Connection, ids: Sequence[int]) -> frozenset[int]:
    """Those of these reviews that were taken back. What undoes cannot be undone itself."""
    found: set[int] = set()
    for at in range(0, len(ids), _AT_ONCE):
        query = select(log.c.undoes).where(log.c.kind == "undo", log.c.undoes.in_(ids[at : at + _AT_ONCE]))
        found.update(connection.scalars(query))
    return frozenset(found)


def decisions(connection: Connection, article: int, version: int) -> list[Decision]:
    """The reviews of an article's statements that count for a version: those of it and of earlier ones."""
    query = select(log).where(log.c.article_id == article, log.c.kind.in_(OF_STATEMENTS)).order_by(log.c.id)
    found = connection.execute(query).all()
    if not found:
        return []
    gone = undone(connection, [row.id for row in found])
    texts: dict[int, str] = {}
    result = []
    for row in found:
        of = row.payload.get("of")
        if row.id in gone or of is None or of["version"] > version:
            continue
        number = of["version"]
        if number not in texts:
            texts[number] = _text(connection, article, number)
        result.append(Decision(row.kind, row.payload, of["statement"], texts[number]))
    return result


def given_name(connection: Connection, entity: int) -> str | None:
    """The name that a person gave an entity last, if any."""
    return given_names(connection, [entity]).get(entity)


def given_names(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The names that people gave these entities last; those without one are left out."""
    naming = ((log.c.kind == "rename") & log.c.entity_id.in_(ids)) | (log.c.kind == "split")
    query = select(log).where(naming).order_by(log.c.id)
    found = [row for row in connection.execute(query) if _named(row) in ids and row.payload.get("name")]
    if not found:
        return {}
    gone = undone(connection, [row.id for row in found])
    return {_named(row): str(row.payload["name"]) for row in found if row.id not in gone}


def _named(row: Row[Any]) -> int:
    """Whom a rename, or a split, gave a name."""
    return int(row.payload.get("new", 0) if row.kind == "split" else row.entity_id)


# --- statements ---------------------------------------------------------------------------------


def _of_statement(connection: Connection, given: Review, at: datetime) -> Review:
    from quotidian.store import adding

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
    return _keep(connection, given, at, payload, article=version.article_id, statement=reviewed_one)


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
        row = _entity(connection, id)
        return {"name": _checked_text(given.get("name") or row.name), "entity": row.id}
    name = _checked_text(given.get("name"))
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
    from quotidian.store.rows import days
    from quotidian.types import Said

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


# --- entities -----------------------------------------------------------------------------------


def _merge(connection: Connection, given: Review, at: datetime) -> Review:
    one, into = _entity(connection, given.entity), _entity(connection, given.payload.get("into"))
    if one.id == into.id:
        raise ReviewRefused("an entity cannot be merged into itself")
    kept = _keep(connection, given, at, {"into": into.id})
    connection.execute(
        update(entities).where(entities.c.id == one.id).values(state="merged", merged_into=into.id)
    )
    _settle_pair(connection, one.id, into.id, "same")
    _repoint(connection, one.id, into.id)
    _know_again(connection, into.id)
    return kept


def _split(connection: Connection, given: Review, at: datetime) -> Review:
    """Appearances that are somebody else's, who becomes an entity of their own."""
    row = _entity(connection, given.entity)
    ids = given.payload.get("appearances")
    if not isinstance(ids, Sequence) or not ids or not all(isinstance(id, int) for id in ids):
        raise ReviewRefused("say which articles are of somebody else: a list of appearances")
    ids = [number(id) for id in ids]
    query = select(appearances).where(appearances.c.id.in_(list(ids)), appearances.c.entity_id == row.id)
    found = connection.execute(query).all()
    if len(found) != len(set(ids)):
        raise ReviewRefused(f"some of these are no appearances of entity {row.id}")
    name = _checked_text(given.payload["name"]) if given.payload.get("name") else None
    type = connection.scalar(select(entities.c.type).where(entities.c.id == found[0].base_id)) or row.type
    new = joining.make(connection, deciding.Appearance(type=type, name=name or found[0].name))
    bases = [[one.version_id, one.local, one.base_id, one.by] for one in found]
    kept = _keep(connection, given, at, {"new": new, "name": name, "moved": bases})
    _assign(connection, found, new, "person")
    _settle_pair(connection, row.id, new, "different")
    _derive(connection, {one.version_id for one in found})
    _know_again(connection, row.id)
    _know_again(connection, new)
    return kept


def _rename(connection: Connection, given: Review, at: datetime) -> Review:
    row = _entity(connection, given.entity)
    name = _checked_text(given.payload.get("name"))
    kept = _keep(connection, given, at, {"name": name, "was": row.name})
    connection.execute(update(entities).where(entities.c.id == row.id).values(name=name))
    joining.add_names(connection, row.id, {name: 0})
    joining.index_again(connection, [row.id])
    return kept


def _checked_text(name: Any) -> str:
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME or "\0" in name:
        raise ReviewRefused(f"a name has 1 to {_LONGEST_NAME} characters")
    return " ".join(name.split())


def _suppress(connection: Connection, given: Review, at: datetime) -> Review:
    row = _entity(connection, given.entity)
    kept = _keep(connection, given, at, {})
    connection.execute(update(entities).where(entities.c.id == row.id).values(state="suppressed"))
    joining.index_again(connection, [row.id])
    return kept


def _different(connection: Connection, given: Review, at: datetime) -> Review:
    one, other = _entity(connection, given.entity), _entity(connection, given.payload.get("from"))
    if one.id == other.id:
        raise ReviewRefused("an entity cannot be different from itself")
    kept = _keep(connection, given, at, {"from": other.id})
    _settle_pair(connection, one.id, other.id, "different")
    return kept


def _identify(connection: Connection, given: Review, at: datetime) -> Review:
    row = _entity(connection, given.entity)
    told = {key: given.payload.get(key) for key in ("service", "identifier", "name", "url")}
    if not isinstance(told["service"], str) or not told["service"]:
        raise ReviewRefused("say which service knows the entity")
    if given.payload.get("nobody"):
        return _keep(connection, given, at, {"service": told["service"], "nobody": True})
    if not isinstance(told["identifier"], str) or not told["identifier"]:
        raise ReviewRefused("say which of the candidates it is")
    url = (
        told["url"]
        if isinstance(told["url"], str) and told["url"].startswith(("https://", "http://"))
        else None
    )
    payload = {**told, "name": str(told["name"] or told["identifier"]), "url": url or None}
    _put_identifier(connection, row.id, payload)
    return _keep(connection, given, at, payload)


def _put_identifier(connection: Connection, entity: int, payload: Mapping[str, Any]) -> None:
    if payload.get("nobody") or payload.get("erased"):
        return
    one = {"entity_id": entity, **{name: payload[name] for name in ("service", "identifier", "name", "url")}}
    upsert(connection, identifiers, [one], lambda new: {"name": new.name, "url": new.url})


_DO: Mapping[str, Callable[[Connection, Review, datetime], Review]] = {
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "suppress": _suppress,
    "different": _different,
    "identify": _identify,
}


def _entity(connection: Connection, id: Any) -> Row[Any]:
    """An entity that something can be decided of."""
    wanted = number(id) if isinstance(id, int) and not isinstance(id, bool) else -1
    row = connection.execute(select(entities).where(entities.c.id == wanted)).first()
    if row is None:
        raise NotInArchive(f"there is no entity {id} in the archive")
    if row.state == "merged":
        raise ReviewRefused(f"entity {id} was merged into {row.merged_into}: decide of that one")
    if row.state != "active":
        raise ReviewRefused(f"entity {id} is {row.state}: undo that first")
    return row


def _repoint(connection: Connection, one: int, now: int) -> None:
    """All that was given to an entity, or to those merged into it, is now of another."""
    rows.repoint(connection, joining.bases_of(connection, one), now)
    rows.count(connection, [one, now])


def _assign(connection: Connection, found: Sequence[Row[Any]], base: int, by: str) -> None:
    ids = [row.id for row in found]
    root = joining.roots_of(connection, [base])[base]
    values = {"base_id": base, "entity_id": root, "by": by}
    connection.execute(update(appearances).where(appearances.c.id.in_(ids)).values(values))


def _derive(connection: Connection, version_ids: set[int]) -> None:
    """The rows of versions again: their entities have changed."""
    from quotidian.store import adding

    for version in sorted(version_ids):
        adding.put_again(connection, version)


def _know_again(connection: Connection, id: int) -> None:
    joining.know_again(connection, id)
    rows.count(connection, [id])


def _settle_pair(connection: Connection, one: int, other: int, state: str) -> None:
    two = {"a": min(one, other), "b": max(one, other)}
    row = {**two, "state": state, "score": 0.0, "because": [_SAID_SO]}
    upsert(connection, pairs, [row], lambda new: {"state": new.state})


def _unsettle_pair(connection: Connection, one: int, other: int) -> None:
    """A pair as other decisions left it, or else the machine: waiting if it had asked, or gone."""
    a, b = min(one, other), max(one, other)
    this = (pairs.c.a == a) & (pairs.c.b == b)
    of_one = log.c.kind.in_(tuple(_DECIDES)) & log.c.entity_id.in_((a, b))
    found = connection.execute(select(log).where(of_one).order_by(log.c.id)).all()
    gone = undone(connection, [row.id for row in found])
    states = [
        state
        for row in found
        if row.id not in gone
        for other_end, state in [_DECIDES[row.kind]]
        if {row.entity_id, row.payload.get(other_end)} == {a, b}
    ]
    asked = connection.scalar(select(pairs.c.because).where(this))
    if states:
        connection.execute(update(pairs).where(this).values(state=states[-1]))
    elif asked == [_SAID_SO]:
        connection.execute(delete(pairs).where(this))
    else:
        connection.execute(update(pairs).where(this).values(state="unsure"))


# For each kind of review that settles a pair: where the other one stands, and what they are then.
_DECIDES = {"merge": ("into", "same"), "split": ("new", "different"), "different": ("from", "different")}


# --- undoing ------------------------------------------------------------------------------------


def _undo(connection: Connection, given: Review, at: datetime) -> Review:
    row = connection.execute(select(log).where(log.c.id == number(given.undoes))).first()
    if row is None:
        raise NotInArchive(f"there is no review {given.undoes} in the archive")
    if row.id in undone(connection, [row.id]):
        raise ReviewRefused(f"review {row.id} is undone already")
    if row.kind == "undo":
        raise ReviewRefused("to undo an undoing, decide anew")
    concerned = {row.entity_id, row.payload.get("into"), row.payload.get("new")} - {None}
    there = set(connection.scalars(select(entities.c.id).where(entities.c.id.in_(concerned))))
    if row.payload.get("erased") or concerned - there:
        raise ReviewRefused(f"review {row.id} is of what was deleted with its article")
    _refuse_out_of_order(connection, row)
    kept = _keep(
        connection, given, at, {}, article=row.article_id, statement=row.statement_id, entity=row.entity_id
    )
    if row.kind in OF_STATEMENTS:
        from quotidian.store import adding, deleting

        for version in _from_version(connection, row.article_id, row.payload["of"]["version"]):
            adding.put_again(connection, version)
        deleting.forget(connection, row.payload.get("made", []))
    else:
        _UNDO[row.kind](connection, row)
    return kept


def _refuse_out_of_order(connection: Connection, row: Row[Any]) -> None:
    """Merges and splits are taken back from the last one on: each stands on those before it."""
    if row.kind not in ("merge", "split"):
        return
    touched = {row.entity_id, row.payload.get("into"), row.payload.get("new")} - {None}
    later = connection.execute(
        select(log).where(log.c.id > row.id, log.c.kind.in_(("merge", "split"))).order_by(log.c.id)
    ).all()
    gone = undone(connection, [one.id for one in later])
    for one in later:
        theirs = {one.entity_id, one.payload.get("into"), one.payload.get("new")}
        if one.id not in gone and touched & theirs:
            raise ReviewRefused(
                f"review {one.id} came after it and concerns the same entity: undo that first"
            )


def _undo_merge(connection: Connection, row: Row[Any]) -> None:
    one, into = row.entity_id, row.payload["into"]
    connection.execute(update(entities).where(entities.c.id == one).values(state="active", merged_into=None))
    _unsettle_pair(connection, one, into)
    _repoint(connection, one, one)
    _know_again(connection, one)
    _know_again(connection, into)


def _undo_split(connection: Connection, row: Row[Any]) -> None:
    """The appearances go back; the entity made for them stays as a name for the old one."""
    new, old = row.payload["new"], row.entity_id
    touched: set[int] = set()
    for version, local, base, by in row.payload["moved"]:
        of_it = select(appearances).where(appearances.c.version_id == version, appearances.c.base_id == new)
        _assign(connection, connection.execute(of_it.where(appearances.c.local == local)).all(), base, by)
        touched.add(version)
    left = connection.execute(select(appearances).where(appearances.c.base_id == new)).all()
    _assign(connection, left, old, "machine")
    touched.update(one.version_id for one in left)
    connection.execute(update(entities).where(entities.c.id == new).values(state="merged", merged_into=old))
    _unsettle_pair(connection, old, new)
    _repoint(connection, new, old)
    _derive(connection, touched)
    _know_again(connection, old)


def _undo_rename(connection: Connection, row: Row[Any]) -> None:
    this = entities.c.id == row.entity_id
    known = connection.scalar(select(entities.c.known).where(this))
    own = deciding.Known.from_json(known).name if known else row.payload["was"]
    given = given_name(connection, row.entity_id)
    connection.execute(update(entities).where(this).values(name=given or own))
    of_it = entity_names.c.entity_id == row.entity_id, entity_names.c.name == row.payload["name"]
    connection.execute(delete(entity_names).where(*of_it, entity_names.c.articles == 0))
    if given:
        joining.add_names(connection, row.entity_id, {given: 0})
    joining.index_again(connection, [row.entity_id])


def _undo_suppress(connection: Connection, row: Row[Any]) -> None:
    this = (entities.c.id == row.entity_id) & (entities.c.state == "suppressed")
    connection.execute(update(entities).where(this).values(state="active"))
    joining.index_again(connection, [row.entity_id])


def _undo_different(connection: Connection, row: Row[Any]) -> None:
    _unsettle_pair(connection, row.entity_id, row.payload["from"])


def _undo_identify(connection: Connection, row: Row[Any]) -> None:
    """The entity's identifiers again, as the other reviews give them."""
    connection.execute(delete(identifiers).where(identifiers.c.entity_id == row.entity_id))
    of_it = log.c.kind == "identify", log.c.entity_id == row.entity_id
    found = connection.execute(select(log).where(*of_it).order_by(log.c.id)).all()
    gone = undone(connection, [one.id for one in found])
    for one in found:
        if one.id not in gone:
            _put_identifier(connection, row.entity_id, one.payload)


_UNDO: Mapping[str, Callable[[Connection, Row[Any]], None]] = {
    "merge": _undo_merge,
    "split": _undo_split,
    "rename": _undo_rename,
    "suppress": _undo_suppress,
    "different": _undo_different,
    "identify": _undo_identify,
}


# --- the log ------------------------------------------------------------------------------------


def _keep(
    connection: Connection,
    given: Review,
    at: datetime,
    payload: Mapping[str, Any],
    *,
    article: int | None = None,
    statement: int | None = None,
    entity: int | None = None,
) -> Review:
    values = {
        "at": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "by": given.by,
        "kind": given.kind,
        "article_id": article,
        "statement_id": statement if statement is not None else given.statement,
        "entity_id": entity if entity is not None else given.entity,
        "undoes": given.undoes if given.kind == "undo" else None,
        "payload": dict(payload),
    }
    row = connection.execute(insert(log).values(values).returning(log)).one()
    return _review(row)


def _review(row: Row[Any]) -> Review:
    return Review(
        kind=row.kind,
        by=row.by,
        statement=row.statement_id,
        entity=row.entity_id,
        article=row.article_id,
        undoes=row.undoes,
        payload=row.payload,
        id=row.id,
        at=row.at,
    )


def _fields(kept: Review) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in Review.__dataclass_fields__}


def _text(connection: Connection, article: int, number: int) -> str:
    record = connection.scalar(
        select(versions.c.record)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(versions.c.article_id == article, versions.c.number == number)
    )
    assert record is not None
    return unpacked(record).text
