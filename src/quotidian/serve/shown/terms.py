"""A query as the terms that it is made of, so that each can be shown, taken away or added."""

from __future__ import annotations

from dataclasses import dataclass

from quotidian.store.search.query import Query, parse, to_text


@dataclass(frozen=True, slots=True)
class Chip:
    """A term of a query, and the query without it."""

    shown: str
    without: str


def chips(query: str) -> tuple[Chip, ...]:
    """The terms in their order; what is joined by OR is one.

    >>> [chip.shown for chip in chips('strike about:"Ministry of Trade" -act:deny')]
    ['strike', 'about:"Ministry of Trade"', '-act:deny']
    >>> chips("strike act:deny")[0].without
    'act:deny'
    """
    groups = parse(query).groups
    return tuple(
        Chip(to_text(Query((group,))), to_text(Query(tuple(other for other in groups if other != group))))
        for group in groups
    )


def with_terms(query: str, *more: str) -> str:
    """The query with more terms, each once.

    >>> with_terms("strike", "act:deny", "strike")
    'strike act:deny'
    """
    groups = list(parse(query).groups)
    for term in more:
        groups += [group for group in parse(term).groups if group not in groups]
    return to_text(Query(tuple(groups)))


def without(query: str, term: str) -> str:
    """The query without a term.

    >>> without("strike act:deny", "act:deny")
    'strike'
    """
    gone = parse(term).groups
    return to_text(Query(tuple(group for group in parse(query).groups if group not in gone)))


def has(query: str, term: str) -> bool:
    """Whether a term is in the query.

    >>> has("strike act:denied", "act:deny")
    True
    """
    groups = parse(query).groups
    return all(group in groups for group in parse(term).groups)


def between(query: str, first: str, last: str) -> str:
    """The query narrowed to a stretch of days, in the place of any that it has.

    >>> between("strike since:2026", "2026-03-05", "2026-03-07")
    'strike since:2026-03-05 until:2026-03-07'
    """
    kept = (group for group in parse(query).groups if all(t.field not in ("since", "until") for t in group))
    return with_terms(to_text(Query(tuple(kept))), f"since:{first}", f"until:{last}")
