"""Entities of the archive asked for at a reconciliation service; a person chooses."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Iterator

from quotidian import reconcile
from quotidian.errors import UsageError
from quotidian.store import Archive
from quotidian.store.values import Review, StoredEntity
from quotidian.types import MentionType

_TYPES: tuple[MentionType, ...] = ("person", "organisation")


def lines(archive: Archive, arguments: argparse.Namespace) -> Iterator[str]:
    """What the service answers, a line each; or the one choice, kept."""
    client = reconcile.Client(
        arguments.service, asks=reconcile.Web(allow_private=arguments.allow_private_hosts)
    )
    wanted = _wanted(archive, arguments)
    if arguments.accept and len(wanted) != 1:
        raise UsageError("--accept is for one ENTITY: name it")
    vocabulary = reconcile.vocabulary_of(client.service)
    queries = [_query(one, vocabulary) for one in wanted]
    for one, (_, candidates) in zip(wanted, client.candidates(queries), strict=True):
        if arguments.accept:
            yield _accepted(archive, one, candidates, arguments, client.service)
            continue
        yield f"{one.head.name} (entity {one.head.id}, {one.head.statements:,} statements)"
        for found in candidates:
            sure = ", the service is sure" if found.match else ""
            about = f": {found.description}" if found.description else ""
            yield f"  {found.id}  {found.name}{about}  [{found.score:g}{sure}]  {found.url or ''}".rstrip()
        if not candidates:
            yield "  nobody found"


def _wanted(archive: Archive, arguments: argparse.Namespace) -> list[StoredEntity]:
    if arguments.entities:
        return [archive.entity(id) for id in arguments.entities]
    heads = [head for type in _TYPES for head in archive.entities(type=type, limit=arguments.limit)]
    heads.sort(key=lambda head: (-head.statements, head.id))
    known = (archive.entity(head.id) for head in heads[: arguments.limit])
    return [one for one in known if not one.identifiers]


def _query(one: StoredEntity, vocabulary: reconcile.Vocabulary) -> reconcile.Query:
    last = one.offices[0] if one.offices else None
    return reconcile.query(
        one.head.name,
        one.head.type,
        vocabulary,
        office=last.role if last else None,
        organisation=last.organisation if last else None,
    )


def _accepted(
    archive: Archive,
    one: StoredEntity,
    candidates: tuple[reconcile.Candidate, ...],
    arguments: argparse.Namespace,
    service: reconcile.Service,
) -> str:
    found = next((candidate for candidate in candidates if candidate.id == arguments.accept), None)
    if found is None:
        raise UsageError(f"{arguments.accept} is not among the candidates for {one.head.name}")
    payload = {
        "service": _name_of(service),
        "identifier": found.id,
        "name": found.name,
        "url": found.url,
    }
    by = arguments.by or _me()
    archive.review(Review(kind="identify", by=by, entity=one.head.id, payload=payload))
    return f"{one.head.name} is {found.id}, {found.name}"


def _name_of(service: reconcile.Service) -> str:
    """What a service is called in the archive; never its address, in which there may be a key."""
    return "wikidata" if "wikidata.org/entity" in service.identifier_space else service.name


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise UsageError("this computer does not say who you are: add --by NAME") from error
