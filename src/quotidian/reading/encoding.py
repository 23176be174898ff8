"""Bytes to text: the encoding found from what the bytes are first, what is said of them second."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Enough to tell an encoding by, and quick.
SAMPLE = 64 * 1024
# Western languages have fewer than this share of letters beyond ASCII; others have most.
WESTERN_SHARE = 0.15
# Of a text that is UTF-8 but for some damage, at most this share of its other characters is damaged.
_DAMAGED = 0.1
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""")
# As browsers do: what calls itself Latin-1 or ASCII is Windows-1252.
_ALSO = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}


def text_of(data: bytes) -> str:
    """A plain text exactly as it came: line endings and byte order mark are kept.

    >>> text_of(b"\\xef\\xbb\\xbfOne\\r\\nTwo")
    '\\ufeffOne\\r\\nTwo'
    """
    return data.decode(encoding_of(data), errors="replace")


def page_text(data: bytes, declared: str | None = None) -> str:
    """A page's source; ``declared`` is what the server said. Wrong declarations are survived."""
    head = data[:4096]
    said = [declared, *(m[1].decode("ascii", "ignore") for p in (_XML, _META) if (m := p.search(head)))]
    text = data.decode(encoding_of(data, said), errors="replace")
    return text.removeprefix("\ufeff").replace("\0", "\ufffd")


def encoding_of(data: bytes, said: list[str | None] | None = None) -> str:
    """The name of the codec that reads ``data``.

    A byte order mark decides; then whether it is UTF-8, as other text hardly ever is by chance;
    then what ``said`` names, where it fits; then what the bytes look like.
    """
    for mark, marked in BOMS:
        if data.startswith(mark):
            return marked
    names = [name for s in said or [] if s and (name := _codec(s))]
    if "iso2022_jp" in names and b"\x1b$" in data:
        return "iso2022_jp"
    if _is_utf8(data):
        return _wide(data) or "utf-8"
    fitting = [n for n in names if n != "utf-8" and _fits(data, n)]
    return fitting[0] if fitting else _detected(data)


# Codecs of Python that no page is written in; some of them fail in ways of their own.
_NO_ENCODINGS = frozenset({"punycode", "idna", "undefined", "utf-7", "unicode-escape", "raw-unicode-escape"})


def _codec(said: str) -> str | None:
    try:
        name = codecs.lookup(said.strip().lower()).name
    except (LookupError, ValueError):
        return None
    if name.startswith(("utf-16", "utf-32")):  # a page that could say so in ASCII is not
        return None
    if name in _NO_ENCODINGS:
        return None
    try:
        "".encode(name)
    except LookupError:  # codecs that are no character encodings, such as base64
        return None
    return _ALSO.get(name, name)


def _is_utf8(data: bytes) -> bool:
    """Whether it is UTF-8, perhaps cut off in the middle of a character or damaged here and there."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        other = sum(1 for c in text if c > "\x7f")
        damaged = text.count("\ufffd")
        return damaged <= max(1 if text.endswith("\ufffd") else 0, _DAMAGED * other)
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    sample = data[:SAMPLE]
    if len(sample) < 4 or sample.count(0) < 0.3 * len(sample):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * len(sample[1::2]) and even < 0.05 * len(sample):
        return "utf-16-le"
    if even > 0.6 * len(sample[::2]) and odd < 0.05 * len(sample):
        return "utf-16-be"
    return None


def _fits(data: bytes, name: str) -> bool:
    text = data[:SAMPLE].decode(name, errors="replace")
    return text.count("\ufffd") <= 0.001 * len(text) + 1


def _detected(data: bytes) -> str:
    """What the bytes look like; mostly ASCII is Western, where detection by statistics errs most."""
    sample = data[:SAMPLE]
    if sum(byte > 127 for byte in sample) < WESTERN_SHARE * len(sample):
        return "cp1252"
    best = from_bytes(data[:SAMPLE]).best()
    name = best.encoding if best is not None else "cp1252"
    return _ALSO.get(codecs.lookup(name).name, name)
