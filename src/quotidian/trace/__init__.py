"""Statements → utterances: which report the same act of saying, where first, how changed, from whom.

:func:`joined` is the whole of it for reports at hand; an archive does the same step by step.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from quotidian.trace.compare import link
from quotidian.trace.sketches import Window, sketch
from quotidian.trace.utterances import components, grouped, of_statements
from quotidian.trace.values import Link, Report

__all__ = ["joined"]


def joined(
    reports: Sequence[Report], vectors: npt.NDArray[np.float32] | None = None
) -> tuple[tuple[frozenset[str], ...], tuple[Link, ...]]:
    """The utterances of some reports (as sets of their keys, sorted), and the links between them.

    Args:
        reports: in any order.
        vectors: one of unit length for each content, ``[reports, dimensions]``; None without a model.
    """
    of = {report.key: report for report in reports}
    at = {report.key: i for i, report in enumerate(reports)}
    window = Window([sketch(r, None if vectors is None else vectors[i]) for i, r in enumerate(reports)])
    links = []
    for i, j in window.candidates(window):
        if i < j:
            found = link(reports[i], reports[j], window.similarity(window, i, j))
            if found is not None:
                links.append(found)

    def compared(a: str, b: str) -> Link | None:
        return link(of[a], of[b], window.similarity(window, at[a], at[b]))

    groups: list[frozenset[str]] = []
    for keys, some in components(of, links):
        groups.extend(grouped(keys, some, compare=compared))
    return of_statements(groups, {report.key: report.statement for report in reports}), tuple(links)
