"""One record of a WARC → the page that it keeps, or why it keeps none."""

from __future__ import annotations

import re

from fastwarc.warc import HeaderMap, WarcRecord

from quotidian.errors import InputError
from quotidian.reading.limits import Limits, exceeded
from quotidian.reading.sniff import HEAD, kind_of, refuse_other_media
from quotidian.run.inputs.warc.contents import BrokenEncoding, TooLong, decoded
from quotidian.run.inputs.warc.framing import HEADER, Frame
from quotidian.run.values import Page, Skip

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
# What says nothing of what it is, or what pages are sometimes said to be.
_UNSAID = frozenset({"", "application/octet-stream", "unknown/unknown", "text/xml", "application/xml"})
# Records about the crawl, or about other records: nobody could read an article in them.
_NO_CANDIDATES = frozenset({"warcinfo", "request", "metadata", "continuation"})
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")
# Longer addresses are none; the table of what was skipped keeps no more of one.
_LONGEST_URL = 8_000


def page_of(frame: Frame, limits: Limits) -> Page | Skip | None:
    """The page that a record keeps, or why it is not taken; None for what is no candidate at all."""
    try:
        record = WarcRecord.from_bytes(frame.header + (frame.block or b""))
    except OSError as error:
        return Skip(frame.place, None, "damaged", f"its header: {str(error)[:100]}", frame.length)
    kind = (record.headers.get("WARC-Type") or "").lower()
    if kind in _NO_CANDIDATES:
        return None
    url = _url(record.headers)
    if kind == "revisit":
        return Skip(frame.place, url, "revisit", _said(record.headers, "WARC-Refers-To-Date"))
    if kind not in ("response", "resource"):
        return Skip(frame.place, url, "not html", f"a record of type {kind[:40]!a}")
    if url is None:
        return Skip(frame.place, None, "damaged", "the record names no address", frame.length)
    if frame.block is None:
        return Skip(frame.place, url, "too large", _too_large(limits), frame.length)
    return (
        _resource(frame, record, url, limits) if kind == "resource" else _response(frame, record, url, limits)
    )


def longest(limits: Limits) -> int:
    """The longest block that is read: a page at its limit, with the header of the answer before it."""
    return limits.bytes_per_page + HEADER


def _response(frame: Frame, record: WarcRecord, url: str, limits: Limits) -> Page | Skip:
    record.is_http = True  # whatever the record's own type says
    try:
        record.parse_http(max_header_len=HEADER, quirks_mode=True)
    except OSError:
        return Skip(frame.place, url, "no response", "its HTTP header is broken")
    headers = record.http_headers if record.is_http_parsed else None
    status = headers.status_code if headers is not None else None
    if headers is None or status is None:
        media = _said(record.headers, "Content-Type")
        return Skip(frame.place, url, "no response", f"no HTTP status; said to be {media!a}")
    if 300 <= status < 400:
        return Skip(frame.place, url, "redirect", f"{status} {_said(headers, 'Location')}".rstrip())
    if not 200 <= status < 300 or status == 206:
        reason = "only a part" if status == 206 else (headers.reason_phrase or "")[:100]
        return Skip(frame.place, url, "http error", _printable(f"{status} {reason}").rstrip())
    try:
        body = decoded(
            record.reader.read(),
            headers.get("Transfer-Encoding") or "",
            headers.get("Content-Encoding") or "",
            limits.bytes_per_page,
        )
    except TooLong:
        return Skip(frame.place, url, "too large", _too_large(limits), frame.length)
    except BrokenEncoding as error:
        return Skip(frame.place, url, "damaged", str(error), frame.length)
    return _page(frame, record, url, body, headers.get("Content-Type") or "")


def _resource(frame: Frame, record: WarcRecord, url: str, limits: Limits) -> Page | Skip:
    body = record.reader.read()
    if len(body) > limits.bytes_per_page:
        return Skip(frame.place, url, "too large", _too_large(limits), frame.length)
    return _page(frame, record, url, body, record.headers.get("Content-Type") or "")


def _page(frame: Frame, record: WarcRecord, url: str, body: bytes, content_type: str) -> Page | Skip:
    if not body.strip(b"\0 \t\r\n"):
        return Skip(frame.place, url, "empty")
    media, _, parameters = content_type.partition(";")
    media = _printable(media.strip().lower())[:100]
    if media not in _PAGES and not (media in _UNSAID and kind_of(body[:HEAD]) == "page"):
        return Skip(frame.place, url, "not html", media)
    try:
        refuse_other_media(body[:HEAD])
    except InputError as error:
        return Skip(frame.place, url, "not html", str(error))
    charset = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", parameters, re.IGNORECASE | re.ASCII)
    date = _DATE.fullmatch(record.headers.get("WARC-Date") or "")
    return Page(
        place=frame.place,
        url=url,
        fetched=f"{date[1]}Z" if date else None,
        body=body,
        charset=charset[1] if charset else None,
        media_type=media or None,
    )


def _url(headers: HeaderMap) -> str | None:
    """The address that a record is about; old tools put it between angle brackets."""
    said = _said(headers, "WARC-Target-URI", _LONGEST_URL + 2)
    if said.startswith("<") and said.endswith(">"):
        said = said[1:-1]
    return said if 0 < len(said) <= _LONGEST_URL else None


def _said(headers: HeaderMap, name: str, most: int = 500) -> str:
    return _printable((headers.get(name) or "").strip()[:most])


def _printable(text: str) -> str:
    """Text that can be printed and stored, whatever was in a header."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _too_large(limits: Limits) -> str:
    return str(exceeded(limits, "bytes_per_page", "page too large"))
