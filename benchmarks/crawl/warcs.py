"""Writes WARC records, as crawlers do; nothing here is shared with what reads them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Iterable, Mapping

CRLF = b"\r\n"


def record(
    kind: str,
    block: bytes,
    *,
    url: str | None = None,
    date: str = "2026-03-06T09:00:00Z",
    content_type: str = "application/http; msgtype=response",
    digest: bool = True,
    also: Mapping[str, str] | None = None,
) -> bytes:
    """One record, as it stands in a WARC that is not compressed.

    Args:
        kind: its type, such as ``response``.
        block: what it holds.
        url: the address that it is about.
        date: when it was made.
        content_type: what the block is.
        digest: whether to state the block's digest, as most crawlers do.
        also: more fields of its header.
    """
    identity = hashlib.sha256(block + (url or "").encode()).hexdigest()
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.UUID(identity[:32], version=4)}>",
        "WARC-Date": date,
        **({"WARC-Target-URI": url} if url is not None else {}),
        **({"WARC-Block-Digest": sha1(block)} if digest else {}),
        **(also or {}),
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    header = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return b"WARC/1.0\r\n" + header.encode() + CRLF + block + CRLF + CRLF


def answer(
    body: bytes,
    *,
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    also: Mapping[str, str] | None = None,
) -> bytes:
    """What a web server answered: its header and the body."""
    fields = {**({"Content-Type": content_type} if content_type else {}), **(also or {})}
    header = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{header}\r\n".encode() + body


def sha1(block: bytes) -> str:
    """A digest as WARCs state it."""
    return f"sha1:{base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()}"


def compressed(records: Iterable[bytes]) -> bytes:
    """Records as a WARC.gz has them: each a gzip member."""
    return b"".join(gzip.compress(one, 6, mtime=0) for one in records)
