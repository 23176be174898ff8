"""Articles in JSON lines, JSON and CSV: each record by itself, so that a broken one harms no other."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from quotidian.errors import BadRecord, InputError, UsageError
from quotidian.reading.encoding import BOMS, SAMPLE, encoding_of
from quotidian.reading.limits import Limits, exceeded
from quotidian.reading.modified import unless_before
from quotidian.reading.published import iso
from quotidian.reading.record import Record

# What an article's record may hold; all but the text may be missing.
FIELDS = ("text", "id", "url", "outlet", "title", "byline", "language", "published", "modified")
# A record over its limit is skipped; after so many times the limit, the rest of the file is.
MOST_SKIPPED = 8

_UNDECODABLE = re.compile("[\udc80-\udcff]")

Found = tuple[str, Record | InputError]


def json_lines(stream: io.BufferedReader, limits: Limits) -> Iterator[Found]:
    """Records of a file with one JSON object a line, each with its place ("line 17")."""
    for number, line in _lines(stream, limits):
        place = f"line {number}"
        if isinstance(line, InputError):
            yield place, line
        elif line.strip():
            yield place, _attempt(line.rstrip("\r\n"))


def json_document(data: bytes, limits: Limits) -> Iterator[Found]:
    """Records of a JSON file that is one object, or an array of them; else of JSON lines."""
    text = data.decode(encoding_of(data), errors="surrogateescape").removeprefix("\ufeff")
    try:
        _refuse_undecodable(text)
        value = json.loads(text)
    except ValueError as error:
        if "\n" in text.strip() and _is_json(text.strip().split("\n", 1)[0]):
            yield from json_lines(io.BufferedReader(io.BytesIO(data)), limits)
            return
        yield "", BadRecord(_what_is_wrong(error))
        return
    except (BadRecord, RecursionError) as error:
        yield "", error if isinstance(error, BadRecord) else BadRecord(_what_is_wrong(error))
        return
    several = isinstance(value, list)
    for number, item in enumerate(value if several else [value], 1):
        yield f"item {number}" if several else "", _record_or_error(item)


def table(
    stream: io.BufferedReader, limits: Limits, columns: Mapping[str, str], separator: str | None
) -> Iterator[Found]:
    """Records of a CSV file whose first row names its columns.

    Args:
        stream: the file.
        limits: what a row may cost.
        columns: which column holds which of :data:`FIELDS`; those not named here are looked for
            under their own names.
        separator: between cells; found by looking if None.
    """
    head = stream.peek(SAMPLE)[:SAMPLE]
    encoding = encoding_of(head)
    lines = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    csv.field_size_limit(2**31 - 1)  # the limit is ours: bytes_per_record
    fed = _Fed(lines, limits)
    rows = csv.reader(fed, delimiter=separator or _separator(head.decode(encoding, errors="replace")))
    try:
        header = [name.strip() for name in next(rows, [])]
        places = _places(header, columns)
        yield from _rows(rows, fed, len(header), places)
    except InputError as error:
        yield "", error
    except csv.Error as error:
        yield f"line {rows.line_num}", BadRecord(f"broken CSV: {error}")


def check_columns(columns: Mapping[str, str]) -> None:
    """Refuse columns for fields that there are not.

    Raises:
        UsageError: naming the fields that there are.
    """
    for field in columns:
        if field not in FIELDS:
            raise UsageError(f"no field {field!r}: columns can be given for {', '.join(FIELDS)}")


def record_of(value: Any) -> Record:
    """The record that a JSON object is.

    Raises:
        BadRecord: where it is no object, has no text, or holds a field of another type.
    """
    if not isinstance(value, dict):
        raise BadRecord("not a JSON object with a field 'text'")
    if "text" not in value:
        raise BadRecord("no field 'text'")
    found = {name: _string(name, value.get(name)) for name in FIELDS}
    when = iso(found["published"])
    return Record(
        text=found["text"] or "",
        id=found["id"],
        url=found["url"],
        outlet=found["outlet"],
        title=found["title"],
        byline=found["byline"],
        language=found["language"],
        published=when,
        published_from="given" if when else None,
        modified=unless_before(when, iso(found["modified"])),
    )


def _string(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value if value or name == "text" else None
    if name in ("id", "published", "modified") and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if name == "byline" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return ", ".join(value) or None
    raise BadRecord(f"field {name!r} is not a string")


def _attempt(line: str) -> Record | InputError:
    try:
        _refuse_undecodable(line)
        return record_of(json.loads(line))
    except BadRecord as error:
        return error
    except (RecursionError, ValueError) as error:
        return BadRecord(_what_is_wrong(error))


def _what_is_wrong(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "JSON nested too deep"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg.lower().removesuffix(' at')} at character {error.pos}"
    return f"not JSON: {error}"


def _record_or_error(item: Any) -> Record | InputError:
    try:
        return record_of(item)
    except BadRecord as error:
        return error


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_undecodable(line: str) -> None:
    if not line.isascii() and (found := _UNDECODABLE.search(line)):
        raise BadRecord(f"not UTF-8 at character {found.start()}: convert the file to UTF-8")


def _lines(stream: io.BufferedReader, limits: Limits) -> Iterator[tuple[int, str | InputError]]:
    """Lines, each within the limit; characters that cannot be decoded are lone surrogates."""
    wide = next((name for mark, name in BOMS if stream.peek(4).startswith(mark)), "utf-8")
    errors = "surrogateescape" if wide == "utf-8" else "replace"
    text = io.TextIOWrapper(stream, wide, errors=errors, newline="\n")
    number = 0
    while line := text.readline(limits.bytes_per_record + 1):
        number += 1
        if number == 1:
            line = line.removeprefix("\ufeff")
        if len(line) <= limits.bytes_per_record:
            yield number, line
            continue
        yield number, exceeded(limits, "bytes_per_record", "record too large")
        skipped = 0
        while line and not line.endswith("\n"):
            line = text.readline(limits.bytes_per_record)
            skipped += 1
            if skipped > MOST_SKIPPED:
                return


class _Fed:
    """Lines for the CSV reader, counted, so that an unclosed quote cannot swallow a whole archive."""

    def __init__(self, lines: io.TextIOWrapper, limits: Limits) -> None:
        self.lines = lines
        self.limits = limits
        self.since_row = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.lines.readline(self.limits.bytes_per_record + 1)
        self.since_row += len(line)
        if self.since_row > self.limits.bytes_per_record:
            raise exceeded(self.limits, "bytes_per_record", "row too large, or a quote not closed")
        if not line:
            raise StopIteration
        return line


def _rows(rows: Any, fed: _Fed, width: int, places: Mapping[str, int]) -> Iterator[Found]:
    begins = rows.line_num + 1
    fed.since_row = 0
    for row in rows:
        place, begins, fed.since_row = f"line {begins}", rows.line_num + 1, 0
        if not row:
            continue
        if len(row) != width:
            yield place, BadRecord(f"a row of {len(row)}, where the first row names {width} columns")
            continue
        try:
            for cell in row:
                _refuse_undecodable(cell)
            yield place, record_of({name: row[at] for name, at in places.items()})
        except BadRecord as error:
            yield place, error


def _places(header: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Which cell holds which field."""
    if header:
        header = [header[0].removeprefix("\ufeff"), *header[1:]]
    lowered = [name.lower() for name in header]
    places: dict[str, int] = {}
    for field in FIELDS:
        wanted = columns.get(field)
        if wanted is not None and wanted not in header:
            raise BadRecord(f"no column {wanted!r}; there are {_listed(header)}")
        if wanted is not None or field in lowered:
            places[field] = header.index(wanted) if wanted is not None else lowered.index(field)
    if "text" not in places:
        raise BadRecord(f"no column 'text'; name it with --columns text=COLUMN; there are {_listed(header)}")
    return places


def _listed(header: list[str]) -> str:
    return ", ".join(repr(name) for name in header[:20]) or "no columns"


def _separator(head: str) -> str:
    """What separates the cells of the first row: the one of the usual characters it has most of."""
    first = re.sub(r'"[^"]*"', "", head.removeprefix("\ufeff").split("\n", 1)[0])
    return max(",;\t|", key=first.count)
