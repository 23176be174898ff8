"""The body of an HTTP message with its transfer and content encodings undone, within a limit."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, GzipReader, ZstdReader

_PIECE = 64 * 1024
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_NONE = frozenset({"", "identity", "none", "utf-8", "binary"})
# As in no text: so what was encoded somehow shows itself.
_BINARY = re.compile(rb"[\0-\x08\x0e-\x1a]")
# Of encodings one after the other; nobody needs two.
_MOST_ENCODINGS = 3


class TooLong(Exception):
    """More comes out than the limit allows."""


class BrokenEncoding(Exception):
    """What is there is not, or not all, in the encoding that it is said to be in."""


def decoded(body: bytes, transfer: str, content: str, most: int) -> bytes:
    """A body as it was before it was encoded.

    Many crawlers keep a body already decoded and leave the header that says how it was encoded; so what
    is not in its stated encoding at all is taken as it is. What was cut off is decoded as far as it goes.

    Args:
        body: as it was kept.
        transfer: the header ``Transfer-Encoding``.
        content: the header ``Content-Encoding``.
        most: the most bytes that may come out of it.

    Raises:
        TooLong: more would come out.
        BrokenEncoding: it begins in its encoding and then is broken, or the encoding is unknown.
    """
    for stated in (transfer, content):
        for name in reversed(stated.lower().replace("x-", "").split(",")[-_MOST_ENCODINGS:]):
            if name.strip() not in _NONE:
                body = _undone(body, name.strip(), most)
    if len(body) > most:
        raise TooLong
    return body


def _undone(body: bytes, name: str, most: int) -> bytes:
    if name not in _DECODERS:
        if _BINARY.search(body[:_PIECE]):
            raise BrokenEncoding(f"an encoding that we do not know ({name[:40]!a})")
        return body
    return _DECODERS[name](body, most)


def _unchunked(body: bytes, most: int) -> bytes:
    pieces: list[bytes] = []
    at = whole = 0
    while at < len(body):
        chunk = _CHUNK.match(body, at)
        if chunk is None:
            if not pieces:
                return body
            raise BrokenEncoding("its chunks are broken")
        size = int(chunk[1], 16)
        if size == 0:
            break
        piece = body[chunk.end() : chunk.end() + size]
        whole += len(piece)
        if whole > most:
            raise TooLong
        pieces.append(piece)
        at = chunk.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join(pieces)


def _inflated(body: bytes, most: int) -> bytes:
    """Deflate, which some servers send in zlib's frame, as they should, and some without."""
    for frame in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        stream = zlib.decompressobj(frame)
        try:
            out = stream.decompress(body, most + 1)
        except zlib.error:
            continue
        if len(out) > most:
            raise TooLong
        if out:
            return out
    return body if not _BINARY.search(body[:_PIECE]) else _broken("deflate")


def _by(reader: Callable[[io.BytesIO], object], name: str) -> Callable[[bytes, int], bytes]:
    def undone(body: bytes, most: int) -> bytes:
        pieces, whole = [], 0
        stream = reader(io.BytesIO(body))
        try:
            while piece := stream.read(_PIECE):  # type: ignore[attr-defined]
                pieces.append(piece)
                whole += len(piece)
                if whole > most:
                    raise TooLong
        except OSError:
            if pieces or _BINARY.search(body[:_PIECE]):
                _broken(name)
            return body
        return b"".join(pieces)

    return undone


def _broken(name: str) -> bytes:
    raise BrokenEncoding(f"its {name} encoding is broken")


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "chunked": _unchunked,
    "gzip": _by(GzipReader, "gzip"),
    "deflate": _inflated,
    "br": _by(BrotliReader, "br"),
    "zstd": _by(ZstdReader, "zstd"),
}
