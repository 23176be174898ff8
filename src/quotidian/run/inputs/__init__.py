"""Input addresses → input files → what is in them: pages, records, and what cannot be taken.

::

    listing.py   folders, globs and addresses → files, sorted, each once
    kinds.py     what a file is, by its first bytes and its name
    opening.py   opens a file wherever it lies, so that one can go back in it
    warc/        WARC and WARC.gz, with recovery behind damage
    wacz.py      WACZ: WARCs in a zip
    lines.py     JSON lines (gz, zst), and what else reading/ takes as records: JSON, CSV
    parquet.py   Parquet with columns named as the fields of JSON lines
    plain.py     folders of plain pages
"""

from __future__ import annotations

from collections.abc import Iterator

from quotidian.reading.limits import Limits
from quotidian.run.inputs import kinds, lines, parquet, plain, wacz, warc
from quotidian.run.inputs.listing import listed, stamp
from quotidian.run.inputs.opening import opened
from quotidian.run.values import Found, InputFile

__all__ = ["listed", "records", "stamp"]


def records(file: InputFile, limits: Limits) -> Iterator[Found]:
    """Everything in a file, in its order: pages, records, and what is not taken, with its reason.

    Damage in a file costs the records that it hits, each a :class:`~quotidian.run.values.Skip`.
    Records of a WARC that are about the crawl (warcinfo, request, metadata) are left out.

    Args:
        file: one that :func:`listed` found.
        limits: what a page or a record may cost.

    Raises:
        InputError: the file is not there, is of no kind that we read, or cannot be read on.
        UsageError: what reads such addresses or files is not installed.
    """
    if file.address.endswith("/"):
        yield from plain.folder(file.address, limits)
        return
    with opened(file.address) as stream:
        kind = kinds.kind_of(stream, file.address)
        if kind == "warc":
            yield from warc.pages(stream, limits)
        elif kind == "wacz":
            yield from wacz.pages(stream, limits)
        elif kind == "parquet":
            yield from parquet.records(stream, limits)
        elif kind == "page":
            yield plain.page(stream, kinds.name_of(file.address), limits)
        else:
            yield from lines.records(stream, kinds.name_of(file.address), limits)
