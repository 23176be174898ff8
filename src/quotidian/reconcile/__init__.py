"""Matching entities to Wikidata, OpenSanctions or another service of the Reconciliation Service API.

Off unless somebody gives a service's address. Only the name, the type and the chosen properties of an entity
are sent. What comes back are candidates; a person decides.
"""

from quotidian.reconcile.client import Client
from quotidian.reconcile.values import (
    FOLLOW_THE_MONEY,
    WIKIDATA,
    Candidate,
    Query,
    Service,
    TypeOf,
    Vocabulary,
    query,
    vocabulary_of,
)
from quotidian.reconcile.web import Answer, Asks, Web

__all__ = [
    "FOLLOW_THE_MONEY",
    "WIKIDATA",
    "Answer",
    "Asks",
    "Candidate",
    "Client",
    "Query",
    "Service",
    "TypeOf",
    "Vocabulary",
    "Web",
    "query",
    "vocabulary_of",
]
