"""Tracing in an archive: which statements report one act of saying.

Versions of articles wait (``versions.joined`` is 0) until :func:`join` has seen them. Of their statements
it makes ``reports`` and ``sketches``, looks for ``links`` to those of the days around, and makes the
``utterances`` of every group of linked reports anew that has changed. Links follow from two reports
alone, and utterances from links and people's words: so all of it is the same whatever the order of
arrival, and can be made again at will.
"""

from __future__ import annotations

from quotidian.store.tracing.joining import join, rebuild, rejoin, retired, unjoined
from quotidian.store.tracing.judging import KINDS

__all__ = ["KINDS", "join", "rebuild", "rejoin", "retired", "unjoined"]
