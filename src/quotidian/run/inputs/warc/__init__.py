"""WARC files as they are in the wild → pages, and every record that was not taken, with its reason.

::

    views.py     looks anywhere in a file, or in a gzip member of it, without holding it all
    framing.py   where records begin and end, and the gaps between; recovers behind damage
    contents.py  undoes the encodings of an HTTP body
    records.py   one record → the page that it keeps, or why not

FastWARC parses the records and undoes encodings. Where they begin and end is found here: by itself it
ends at the first damage, or passes over it in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from quotidian.reading.limits import Limits
from quotidian.run.inputs.warc.framing import Gap, frames
from quotidian.run.inputs.warc.records import longest, page_of
from quotidian.run.inputs.warc.views import FileView
from quotidian.run.values import Page, Skip

__all__ = ["pages"]


def pages(file: BinaryIO, limits: Limits, *, compressed: bool | None = None) -> Iterator[Page | Skip]:
    """The pages of a WARC, in its order, and each record and each gap that holds none.

    Args:
        file: the WARC; it has to be seekable.
        limits: what a page may cost.
        compressed: whether it consists of gzip members; told from its beginning if None.
    """
    for found in frames(FileView(file), longest(limits), compressed=compressed):
        if isinstance(found, Gap):
            yield Skip(found.place, None, "damaged", found.why, found.bytes)
        elif (page := page_of(found, limits)) is not None:
            yield page
