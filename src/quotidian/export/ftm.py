"""FollowTheMoney entities, a JSON object a line, for Aleph and its kin.

================  =======================================================================
in the archive    in FollowTheMoney
================  =======================================================================
article           ``Article``
person            ``Person``
organisation      ``Organization``
group             ``LegalEntity``
place             ``Address``
document          ``Document``
statement         ``Note`` on each speaker, with the quotation and the article as its proof
speaks about      ``UnknownLink`` from each speaker to each whom the statement is about
================  =======================================================================
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from quotidian.export import telling
from quotidian.export.excerpt import shown
from quotidian.export.lookup import Ids, Lookup, speakers
from quotidian.export.options import Options, web_address
from quotidian.export.safe import json_text
from quotidian.store.values import Head, Hit, Named, StoredEntity
from quotidian.types import MentionType

_SCHEMATA: dict[MentionType, str] = {
    "person": "Person",
    "organisation": "Organization",
    "group": "LegalEntity",
    "place": "Address",
    "document": "Document",
}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_WIKIDATA = re.compile(r"Q[1-9]\d*")


def of_statements(hits: Iterable[Hit], options: Options, lookup: Lookup) -> Iterator[str]:
    """Statements, with each article and entity that they need once, before it is needed."""
    articles, met, known = Ids(), Ids(), Ids()
    for hit in hits:
        if articles.add(hit.article.id):
            yield _line(_article(hit.article, options))
        for who in (*_named(hit), *hit.about):
            if who.entity is not None and met.add(who.entity) and (found := lookup(who.entity)):
                known.add(who.entity)
                yield _line(entity(found, options))
        yield _line(_note(hit, options, known))
        for link in _links(hit, options, known):
            yield _line(link)


def of_entities(entities: Iterable[StoredEntity], options: Options) -> Iterator[str]:
    """Entities alone."""
    return (_line(entity(stored, options)) for stored in entities)


def entity(stored: StoredEntity, options: Options) -> dict[str, Any]:
    """A person, organisation, group, place or document."""
    head, schema = stored.head, _SCHEMATA[stored.head.type]
    roles = [", ".join(part for part in (one.role, one.organisation) if part) for one in stored.offices]
    return _made(
        _id("entity", head.id, options),
        schema,
        name=[head.name],
        alias=[one.name for one in stored.names if one.name != head.name],
        position=roles if schema == "Person" else [],
        full=[head.name] if schema == "Address" else [],
        fileName=[head.name] if schema == "Document" else [],
        title=[head.name] if schema == "Document" else [],
        wikidataId=[
            one.identifier
            for one in stored.identifiers
            if one.service.casefold() == "wikidata" and _WIKIDATA.fullmatch(one.identifier)
        ],
        sourceUrl=[options.entity(head.id)],
    )


def _article(head: Head, options: Options) -> dict[str, Any]:
    return _made(
        _id("article", head.id, options),
        "Article",
        title=[head.title],
        fileName=[head.title or head.own_id],
        author=[head.byline],
        publisher=[telling.outlet(head)],
        publishedAt=[head.published_day],
        retrievedAt=[head.read_at[:19]],
        sourceUrl=[web_address(head.url) or options.article(head.id)],
    )


def _note(hit: Hit, options: Options, known: Ids) -> dict[str, Any]:
    return _made(
        _id("statement", hit.id, options),
        "Note",
        name=[telling.short(telling.attributed(hit), 120)],
        entity=_ids(_named(hit), options, known),
        description=[telling.attributed(hit)],
        notes=[shown(hit, options.whole_text)],
        keywords=[telling.act(hit), hit.directness, hit.state],
        publisher=[telling.outlet(hit.article)],
        sourceUrl=[options.statement(hit.id) or web_address(hit.article.url)],
        proof=[_id("article", hit.article.id, options)],
    )


def _links(hit: Hit, options: Options, known: Ids) -> Iterator[dict[str, Any]]:
    for subject in _ids(_named(hit), options, known):
        for object in _ids(hit.about, options, known):
            if subject == object:
                continue
            yield _made(
                f"{_id('statement', hit.id, options)}-{subject.rsplit('-', 1)[1]}-{object.rsplit('-', 1)[1]}",
                "UnknownLink",
                subject=[subject],
                object=[object],
                role=[f"speaks about: {telling.act(hit)}"],
                date=[hit.said if hit.said and _DATE.fullmatch(hit.said) else None],
                summary=[telling.attributed(hit)],
                recordId=[_id("statement", hit.id, options)],
                publisher=[telling.outlet(hit.article)],
                sourceUrl=[options.statement(hit.id) or web_address(hit.article.url)],
            )


def _named(hit: Hit) -> tuple[Named, ...]:
    """Those who speak, but for the unnamed: "a senior official" is no Person to match with others."""
    return () if hit.kind == "unnamed" else speakers(hit)


def _ids(people: Iterable[Named], options: Options, known: Ids) -> list[str]:
    ids = (who.entity for who in people)
    return [_id("entity", id, options) for id in dict.fromkeys(ids) if id is not None and id in known]


def _id(kind: str, id: int, options: Options) -> str:
    """Two archives in one Aleph collection differ by their address."""
    base = (
        hashlib.sha256(options.base_url.rstrip("/").encode()).hexdigest()[:8]
        if options.base_url
        else "archive"
    )
    return f"quotidian-{base}-{kind}-{id}"


def _made(id: str, schema: str, **properties: list[Any]) -> dict[str, Any]:
    given = {
        name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()
    }
    return {
        "id": id,
        "schema": schema,
        "properties": {name: values for name, values in given.items() if values},
    }


def _line(entity: dict[str, Any]) -> str:
    return json_text(entity) + "\n"
