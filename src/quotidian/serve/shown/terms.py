"""A query as the terms that it is made of, so that each can be shown, taken away or added."""

from __future__ import annotations

import re

# A word, or a field, whose value may stand in quotation marks; a mark that is not closed reaches to the end.
_TERM = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')


def terms(query: str) -> tuple[str, ...]:
    """The terms in their order.

    >>> terms('strike about:"Ministry of Trade" -act:deny')
    ('strike', 'about:"Ministry of Trade"', '-act:deny')
    """
    return tuple(_TERM.findall(query))


def with_term(query: str, term: str) -> str:
    """The query with one more term, once.

    >>> with_term("strike", "act:deny")
    'strike act:deny'
    """
    return query if has(query, term) else f"{query.strip()} {term}".strip()


def without(query: str, term: str) -> str:
    """The query without a term.

    >>> without("strike act:deny", "act:deny")
    'strike'
    """
    left = [one for one in terms(query) if one.casefold() != term.casefold()]
    return " ".join(left)


def has(query: str, term: str) -> bool:
    """Whether a term is in the query."""
    return term.casefold() in (one.casefold() for one in terms(query))


def field(name: str, value: str) -> str:
    """A term of a field, with the value in quotation marks where it needs them.

    >>> field("outlet", "The Gazette")
    'outlet:"The Gazette"'
    """
    plain = value.replace('"', " ").strip()
    return f"{name}:{plain}" if re.fullmatch(r"[\w.@#-]+", plain) else f'{name}:"{plain}"'
