"""A stranger's words made safe for the file that they stand in."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_ENDS_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_ENDS_LINE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """Every run of white space and control characters as one space.

    >>> one_line("We will\\r\\nER  - not\\x00yield ")
    'We will ER - not yield'
    """
    return _CONTROLS.sub(" ", text).strip()


def xml_text(text: str) -> str:
    """``text`` between two tags. Characters that XML 1.0 cannot hold become U+FFFD.

    >>> xml_text("ice & <fire>\\x00")
    'ice &amp; &lt;fire&gt;\N{REPLACEMENT CHARACTER}'
    """
    return escape(_legal(text), {"\r": "&#13;"})


def xml_attribute(text: str) -> str:
    """``text`` as an attribute's value, with its quotation marks.

    >>> xml_attribute('the "council"')
    '\\'the "council"\\''
    """
    return quoteattr(_legal(text))


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON; what ends a line for some readers, or turns its direction, is an escape."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ENDS_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def script_text(value: Any) -> str:
    """A value as JSON that can stand in a page's ``<script>``: nothing in it ends the script.

    >>> script_text("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    return json_text(value).translate(_ENDS_SCRIPT)


def _legal(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
