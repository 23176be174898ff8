"""Which outlet of the archive a credit names: by its name, its initials, or the one word that only it has."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from quotidian.store.tables import outlets
from quotidian.store.values import Outlet
from quotidian.trace.words import fold


def by_name(connection: Connection) -> dict[str, Outlet]:
    """All folded names that are clearly one outlet's: "chronicle" only where there is one Chronicle."""
    found: dict[str, set[int]] = defaultdict(set)
    known = {row.id: Outlet(row.id, row.name) for row in connection.execute(select(outlets))}
    for id, outlet in known.items():
        words = folded(outlet.name).split()
        if words:
            found[" ".join(words)].add(id)
            found["".join(word[0] for word in words)].add(id)
            found[words[-1]].add(id)
    return {name: known[min(ids)] for name, ids in found.items() if len(ids) == 1 and len(name) > 1}


def folded(name: str) -> str:
    """A name as it is compared.

    >>> folded("The Halvic Chronicle’s")
    'halvic chronicle'
    """
    return fold(name).removesuffix("'s").removeprefix("the ").strip(" .")
