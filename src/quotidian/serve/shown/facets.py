"""What the hits of a search are made of, as lists to narrow it with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotidian.serve.shown import terms
from quotidian.store.values import Facet

# In the order in which people ask; a facet not named here comes after these, under its own name.
_TITLES = {
    "speaker": "Speaker",
    "about": "About",
    "outlet": "Outlet",
    "act": "Act",
    "kind": "Kind of source",
    "directness": "Directness",
    "stance": "Stance",
    "state": "Review",
    "review": "Review",
    "depth": "Depth",
    "label": "Label",
    "day": "Month",
}
AT_ONCE = 8  # values shown; the others unfold


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow a search to, or to take away again where it is in the query."""

    facet: Facet
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class FacetList:
    """A facet: what is shown at once, and what unfolds."""

    name: str
    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def lists(facets: Mapping[str, Sequence[Facet]], query: str) -> tuple[FacetList, ...]:
    """The facets that have a value, those in the query first."""
    names = [*(name for name in _TITLES if name in facets), *(name for name in facets if name not in _TITLES)]
    return tuple(_list(name, facets[name], query) for name in names if facets[name])


def _list(name: str, found: Sequence[Facet], query: str) -> FacetList:
    choices = sorted((_choice(facet, query) for facet in found), key=lambda choice: not choice.chosen)
    title = _TITLES.get(name, name.replace("_", " ").capitalize())
    return FacetList(name, title, tuple(choices[:AT_ONCE]), tuple(choices[AT_ONCE:]))


def _choice(facet: Facet, query: str) -> Choice:
    chosen = terms.has(query, facet.term)
    narrowed = terms.without(query, facet.term) if chosen else terms.with_terms(query, facet.term)
    return Choice(facet, chosen, narrowed)
