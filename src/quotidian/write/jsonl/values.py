"""The small values of a JSON line, each with the check that reads it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args

from quotidian.errors import BadRecord, BadText
from quotidian.types import Passage, Span

CONFIDENCE_PLACES = 4

_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def one_line(record: dict[str, Any]) -> str:
    """A record as JSON that is one line for every reader."""
    written = json.dumps(record, ensure_ascii=False)
    written.encode()
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


@contextmanager
def encodable(name: str) -> Iterator[None]:
    """Half a surrogate pair, which no UTF-8 file can hold, is :class:`BadText` of the article so named."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise BadText(f"{name!a}: half a surrogate pair: no file can hold such text") from error


def passage(value: Passage) -> dict[str, Any]:
    """The words and where they stand."""
    return {"text": value.text, "spans": [[start, end] for start, end in value.spans]}


def parsed_passage(found: dict[str, Any], text: str) -> Passage:
    """The passage of ``text`` that the spans make; its words have to be those that were written."""
    spans = tuple(Span(typed(start, int), typed(end, int)) for start, end in found["spans"])
    if not spans or not all(0 <= start < end <= len(text) for start, end in spans):
        raise BadRecord(f"spans {found['spans']} do not lie in the text's {len(text)} code points")
    made = Passage.of(text, spans)
    if made.text != found["text"]:
        raise BadRecord(f"spans {found['spans']} do not hold the words that they should")
    return made


def confidence(value: float) -> float:
    """A probability as it is written: four places."""
    return round(value, CONFIDENCE_PLACES)


def parsed_confidence(value: Any) -> float:
    """A probability, 0 to 1."""
    found = float(typed(value, (int, float)))
    if not 0 <= found <= 1:
        raise BadRecord(f"a confidence of {found} is no probability")
    return found


def one_of(value: Any, kind: Any, what: str) -> Any:
    """The value, which is one of those that the literal type ``kind`` names."""
    if value not in get_args(kind):
        raise BadRecord(f"{what} is {value!r}, not one of {get_args(kind)}")
    return value


def typed(value: Any, kind: Any) -> Any:
    """The value, which is of this kind (a truth value is no number)."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{value!r} where another kind of value belongs")
    return value


def optional(value: Any, kind: Any) -> Any:
    """The value, which is of this kind or null."""
    return None if value is None else typed(value, kind)
