"""What is asked of a reconciliation service, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from quotidian.types import MentionType

# Queries in one request: many services take no more.
MOST_IN_A_BATCH = 50
USUAL_BATCH = 10


@dataclass(frozen=True, slots=True)
class TypeOf:
    """A type of a service: its id and its name in words."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Service:
    """What a service says of itself in its manifest.

    ``view`` is the address of an entity's page, ``{{id}}`` standing for its id; None where it has none.
    ``batch`` is how many queries it wants in one request.
    """

    name: str
    identifier_space: str
    schema_space: str
    view: str | None = None
    types: tuple[TypeOf, ...] = ()
    batch: int = USUAL_BATCH

    def page_of(self, id: str) -> str | None:
        """The address where a person can look at an entity; None where the service gives none.

        >>> Service("W", "", "", view="https://www.wikidata.org/wiki/{{id}}").page_of("Q42")
        'https://www.wikidata.org/wiki/Q42'
        """
        if self.view is None or not self.view.startswith(("http://", "https://")):
            return None
        # Some services give addresses for ids, whose signs must not end the path.
        return self.view.replace("{{id}}", quote(id, safe=":"))


@dataclass(frozen=True, slots=True)
class Query:
    """One entity to look for: nothing else than what is in here is sent.

    ``type`` is a type's id at the service, ``properties`` are its properties' ids with their values.
    """

    name: str
    type: str | None = None
    properties: tuple[tuple[str, str], ...] = ()
    limit: int = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity of the service that may be the one looked for. A person decides; nothing is applied.

    ``score`` is the service's own and compares with no other's; ``match`` says that the service is sure.
    """

    id: str
    name: str
    description: str | None
    score: float
    match: bool
    types: tuple[TypeOf, ...]
    url: str | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How a service calls types and properties: by our type, and by "office", "country", "organisation"."""

    types: Mapping[MentionType, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)


WIKIDATA = Vocabulary(
    types={"person": "Q5", "organisation": "Q43229", "group": "Q16334295", "place": "Q2221906"},
    properties={"office": "P39", "country": "P17", "organisation": "P108", "person's country": "P27"},
)
FOLLOW_THE_MONEY = Vocabulary(
    types={"person": "Person", "organisation": "Organization", "group": "LegalEntity"},
    properties={"office": "Person:position", "country": "Thing:country"},
)
NO_VOCABULARY = Vocabulary()


def vocabulary_of(service: Service) -> Vocabulary:
    """The vocabulary that a service's manifest points to; an empty one where it is not known here."""
    if "wikidata.org" in service.schema_space:
        return WIKIDATA
    if {"Person", "Organization"} & {one.id for one in service.types}:
        return FOLLOW_THE_MONEY
    return NO_VOCABULARY


def query(
    name: str,
    type: MentionType,
    vocabulary: Vocabulary = NO_VOCABULARY,
    *,
    office: str | None = None,
    country: str | None = None,
    organisation: str | None = None,
    limit: int = 5,
) -> Query:
    """A query for an entity; what the vocabulary has no word for is not sent.

    >>> query("Mara Lindqvist", "person", WIKIDATA, office="minister").properties
    (('P39', 'minister'),)
    """
    known = vocabulary.properties
    chosen = {
        known.get("office"): office,
        known.get("organisation"): organisation,
        (type == "person" and known.get("person's country")) or known.get("country"): country,
    }
    properties = tuple((id, value) for id, value in chosen.items() if id and value)
    return Query(name, vocabulary.types.get(type), properties, limit)
