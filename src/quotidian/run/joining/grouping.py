"""Links → utterances, component by component.

A component of sayings that links hold together is grouped as in an archive
(:func:`quotidian.trace.utterances.grouped`). One of more than :data:`~quotidian.trace.utterances.LARGEST`
sayings is first cut where its links are least likely, step by step, until the pieces are that small or the
links are nearly sure.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from pyarrow import parquet

from quotidian.run.joining import columns, linking
from quotidian.run.joining.columns import Numbers
from quotidian.run.joining.linking import linked
from quotidian.run.joining.pairs import components
from quotidian.run.joining.records import Records
from quotidian.run.joining.working import Progress, Work, each
from quotidian.trace.utterances import LARGEST, grouped
from quotidian.trace.values import Link, Report

FOLDER = "groups"
# Where large components are cut, weakest links first.
_CUTS = (0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
# Sayings in one part.
_SAYINGS = 4_000
LINK = np.dtype([("a", np.int64), ("b", np.int64), ("score", np.float64), ("conflict", bool)])
# A group of a part, a saying of it, and the row of a report, -1 for all that say so.
MEMBER = np.dtype([("group", np.int64), ("saying", np.int64), ("row", np.int64)])

Labels = npt.NDArray[np.int64]


def put(work: Work, progress: Progress) -> None:
    """Group all components of more than one saying."""
    if not work.has("parted"):
        _part(work)
    count = len(work.parts("parted"))
    each(work, "utterances", _groups, [(f"{FOLDER}/{i:05}.npy", i) for i in range(count)], progress)


def alone(work: Work) -> Numbers:
    """Sayings of several articles that are an utterance by themselves."""
    found: Numbers = np.asarray(work.array("alone.npy"))
    return found


# --- components -----------------------------------------------------------------------------------


def _part(work: Work) -> None:
    """Links by components, components in parts."""
    found = _links(work)
    itself = found["a"] == found["b"]
    joined = np.unique(found["a"][itself & (found["score"] >= 0.5) & ~found["conflict"]])
    found = found[~itself]
    nodes, ends = np.unique(np.concatenate([found["a"], found["b"]]), return_inverse=True)
    a, b = ends[: len(found)], ends[len(found) :]
    joins = (found["score"] >= 0.5) & ~found["conflict"]
    label = _cut(len(nodes), a[joins], b[joins], found["score"][joins])
    sizes = np.bincount(label, minlength=len(nodes))
    in_component = sizes[label] > 1
    work.keep("alone.npy", np.setdiff1d(joined, nodes[in_component]))
    within = (label[a] == label[b]) & in_component[a]
    found, of_link = found[within], label[a[within]]
    order = np.lexsort((found["b"], found["a"], of_link))
    found, of_link = found[order], of_link[order]
    # Parts of whole components, in order: their labels are the numbers of their first nodes.
    roots = np.unique(of_link)
    part_of = np.cumsum(sizes[roots]) // _SAYINGS
    with work.writing("parted") as folder:
        folder.mkdir()
        for n, part in enumerate(np.unique(part_of)):
            some = roots[part_of == part]
            begin = np.searchsorted(of_link, some[0])
            end = np.searchsorted(of_link, some[-1], "right")
            both = np.zeros(end - begin, [("component", np.int64), ("link", LINK)])
            both["component"], both["link"] = of_link[begin:end], found[begin:end]
            np.save(folder / f"{n:05}.npy", both)
    work.keep("repeated.npy", joined)


def _links(work: Work) -> npt.NDArray[Any]:
    """The links of all parts, as numbers."""
    parts = [np.zeros(0, LINK)]
    for part in work.parts(linking.FOLDER):
        table = parquet.read_table(work.path(part), columns=["one", "other", "score", "conflict"])
        made = np.zeros(len(table), LINK)
        made["a"], made["b"], made["score"] = (table[name].to_numpy() for name in ("one", "other", "score"))
        made["conflict"] = table["conflict"].is_valid().to_numpy()
        parts.append(made)
    return np.concatenate(parts)


def _cut(count: int, a: Numbers, b: Numbers, score: npt.NDArray[np.float64]) -> Labels:
    """The component of each node, large ones cut where links are weak."""
    label = components(count, a, b)
    for least in _CUTS:
        large = np.bincount(label, minlength=count)[label] > LARGEST
        if not large.any():
            break
        kept = ~large[a] | (score >= least)
        a, b, score = a[kept], b[kept], score[kept]
        label = components(count, a, b)
    return label


# --- utterances of a part -------------------------------------------------------------------------


def _groups(work: Work, part: int) -> None:
    """The utterances of some components."""
    made = np.asarray(work.array(f"parted/{part:05}.npy"))
    records = Records(work)
    grouping = _Grouping(work, records)
    edges = np.flatnonzero(np.diff(made["component"], prepend=-1, append=-1))
    members: list[tuple[int, int, int]] = []
    group = 0
    for begin, end in pairwise(edges):
        for nodes in grouping.of(made["link"][begin:end]):
            members += [(group, saying, row) for saying, row in nodes]
            group += 1
    records.close()
    work.keep(f"{FOLDER}/{part:05}.npy", np.array(members, MEMBER))


# A saying, and -1, or the row of one of its reports where those are not one by themselves.
Node = tuple[int, int]


class _Grouping:
    """Groups of sayings, by their links and by comparing those that have none."""

    def __init__(self, work: Work, records: Records):
        self._records = records
        names = ("statement", "number", "first", "rows", "rows_at", "only")
        self._columns = {name: work.array(f"{columns.FOLDER}/{name}.npy") for name in names}
        self._repeated = np.asarray(work.array("repeated.npy"))

    def of(self, links: npt.NDArray[Any]) -> list[list[Node]]:
        """The groups of one component."""
        nodes: dict[str, Node] = {}
        of_saying: dict[int, list[str]] = {}
        for saying in np.unique(np.concatenate([links["a"], links["b"]])).tolist():
            named = {self.key(self._row(node)): node for node in self._nodes(saying)}
            nodes |= named
            of_saying[saying] = list(named)
        found = [
            Link(min(x, y), max(x, y), "quotation", score, "none", "number" if conflict else None)
            for a, b, score, conflict in links.tolist()
            for x in of_saying[a]
            for y in of_saying[b]
        ]
        known: dict[int, Report] = {}

        def compared(x: str, y: str) -> Link | None:
            a, b = nodes[x][0], nodes[y][0]
            for saying in (a, b):
                if saying not in known:
                    known[saying] = self._records[saying]
            return linked(known[a], known[b], self._records.similarity(a, b))

        return [[nodes[key] for key in sorted(group)] for group in grouped(nodes, found, compare=compared)]

    def _nodes(self, saying: int) -> list[Node]:
        """A saying as one, or its reports one by one where its words are too few to make one of them."""
        place = np.searchsorted(self._repeated, saying)
        alike = place < len(self._repeated) and self._repeated[place] == saying
        if alike or self._columns["only"][saying] != 0:
            return [(saying, -1)]
        begin, end = self._columns["rows_at"][saying : saying + 2]
        return [(saying, int(row)) for row in self._columns["rows"][begin:end]]

    def _row(self, node: Node) -> int:
        saying, row = node
        return int(self._columns["first"][saying]) if row < 0 else row

    def key(self, row: int) -> str:
        """The key of a report."""
        number = int(self._columns["number"][row])
        statement = f"{int(self._columns['statement'][row]):016x}"
        return f"{statement}/{number}" if number else statement
