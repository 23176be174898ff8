from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter

from benchmarks.crawl.warcs import answer, compressed, record
from quotidian.reading.limits import Limits
from quotidian.run.values import Page
from run.inputs.found import page, pages, read, reasons, response, skips, url

BODY = page(7)


def test_pages_come_with_address_time_of_fetching_and_what_the_server_said() -> None:
    (found,) = read(response(7, date="2026-03-06T09:00:00Z", content_type="Text/HTML; Charset=ISO-8859-1"))
    assert found == Page("offset 0", url(7), "2026-03-06T09:00:00Z", BODY, "ISO-8859-1", "text/html")


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_has_a_place_of_its_own(packed: bool) -> None:
    records = [response(number) for number in range(3)]
    found = read(compressed(records) if packed else b"".join(records))
    assert pages(found) == [url(0), url(1), url(2)]
    first, second, third = (len(compressed([one]) if packed else one) for one in records)
    assert [one.place for one in found] == ["offset 0", f"offset {first}", f"offset {first + second}"]
    assert third


def test_a_warc_that_is_one_gzip_member_is_read_too() -> None:
    data = gzip.compress(b"".join(response(number) for number in range(3)))
    assert pages(read(data)) == [url(0), url(1), url(2)]
    assert len({one.place for one in read(data)}) == 3


def test_a_warc_whose_members_begin_anywhere_is_read_too() -> None:
    whole = b"".join(response(number) for number in range(9))
    data = b"".join(gzip.compress(whole[at : at + 300]) for at in range(0, len(whole), 300))
    assert pages(read(data)) == [url(number) for number in range(9)]


def test_records_about_the_crawl_are_left_out() -> None:
    about = [
        record("warcinfo", b"software: none", content_type="application/warc-fields"),
        record(
            "request", b"GET / HTTP/1.1\r\n\r\n", url=url(0), content_type="application/http; msgtype=request"
        ),
        record("metadata", b"fetchTimeMs: 3", url=url(0), content_type="application/warc-fields"),
    ]
    assert pages(read(b"".join([*about, response(0)]))) == [url(0)]
    assert len(read(b"".join([*about, response(0)]))) == 1


@pytest.mark.parametrize(
    ("given", "reason", "detail"),
    [
        (response(0, status="404 Not Found"), "http error", "404 Not Found"),
        (response(0, status="503 Busy"), "http error", "503 Busy"),
        (response(0, status="206 Partial Content"), "http error", "206 only a part"),
        (response(0, status="301 Moved", also={"Location": url(1)}), "redirect", f"301 {url(1)}"),
        (response(0, status="304 Not Modified"), "redirect", "304"),
        (response(0, content_type="application/pdf"), "not html", "application/pdf"),
        (response(0, content_type="text/plain"), "not html", "text/plain"),
        (response(0, b"%PDF-1.7 ..."), "not html", "not an article we can read: PDF document"),
        (response(0, b"plain words", content_type=None), "not html", ""),
        (response(0, b""), "empty", ""),
        (response(0, b" \r\n\0"), "empty", ""),
        (record("response", b"20 60 hello", url="gopher://a.example/"), "no response", "no HTTP status"),
        (
            record("revisit", answer(b""), url=url(0), also={"WARC-Refers-To-Date": "2026-03-01T00:00:00Z"}),
            "revisit",
            "2026-03-01T00:00:00Z",
        ),
        (record("conversion", b"words", url=url(0), content_type="text/plain"), "not html", "record of type"),
        (record("response", answer(BODY)), "damaged", "names no address"),
    ],
)  # fmt: skip
def test_what_is_no_page_says_why(given: bytes, reason: str, detail: str) -> None:
    (skip,) = skips(read(given + response(1)))
    assert (skip.reason, pages(read(given + response(1)))) == (reason, [url(1)])
    assert detail in skip.detail
    assert skip.place == "offset 0"


@pytest.mark.parametrize("content_type", [None, "application/octet-stream", "application/xml"])
def test_a_page_that_nobody_says_is_one_is_known_by_how_it_begins(content_type: str | None) -> None:
    assert pages(read(response(0, content_type=content_type))) == [url(0)]


def test_a_resource_is_a_page_without_an_answer() -> None:
    (found,) = read(record("resource", BODY, url=url(7), content_type="text/html; charset=utf-8"))
    assert isinstance(found, Page)
    assert (found.body, found.charset) == (BODY, "utf-8")


def test_an_address_between_angle_brackets_is_taken_out_of_them() -> None:
    assert pages(read(record("response", answer(BODY), url="<https://gazette.example/7>"))) == [url(7)]


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


CHUNKED = b"%x\r\n%b\r\n%x;note=1\r\n%b\r\n0\r\n\r\n" % (10, BODY[:10], len(BODY) - 10, BODY[10:])
ENCODED = [
    ({"Content-Encoding": "gzip"}, gzip.compress(BODY)),
    ({"Content-Encoding": "x-gzip"}, gzip.compress(BODY)),
    ({"Content-Encoding": "deflate"}, zlib.compress(BODY)),
    ({"Content-Encoding": "deflate"}, raw_deflate(BODY)),
    ({"Content-Encoding": "zstd"}, zstandard.compress(BODY)),
    ({"Transfer-Encoding": "chunked"}, CHUNKED),
    ({"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"},
     b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(BODY)), gzip.compress(BODY))),
    # Many crawlers keep the body decoded, and the header that says how it was encoded.
    ({"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}, BODY),
    ({"Content-Encoding": "br"}, BODY),
    ({"Content-Encoding": "zstd"}, BODY),
    ({"Content-Encoding": "deflate"}, BODY),
    ({"Content-Encoding": "identity"}, BODY),
    ({"Content-Encoding": "unheard-of"}, BODY),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "body"), ENCODED)
def test_encodings_are_undone(headers: dict[str, str], body: bytes) -> None:
    (found,) = read(response(7, body, also=headers))
    assert isinstance(found, Page)
    assert found.body == BODY


def test_brotli_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "page.br"
    with BrotliWriter(str(path)) as writer:
        writer.write(BODY)
    (found,) = read(response(7, path.read_bytes(), also={"Content-Encoding": "br"}))
    assert isinstance(found, Page)
    assert found.body == BODY


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "deflate", "unheard-of"])
def test_a_broken_encoding_costs_its_page_alone(name: str) -> None:
    broken = gzip.compress(BODY)[:15] + b"\xff\x00\x01" * 40
    found = read(response(0, broken, also={"Content-Encoding": name}) + response(1))
    assert pages(found) == [url(1)]
    assert reasons(found) == ["damaged"]


def test_what_was_cut_off_is_decoded_as_far_as_it_goes() -> None:
    long = page(7, "".join(f"<p>Line {n} of the ledger.</p>" for n in range(9_000)))
    (found,) = read(response(7, gzip.compress(long)[:-9], also={"Content-Encoding": "gzip"}))
    assert isinstance(found, Page)
    assert long.startswith(found.body[:1_000])


@pytest.mark.parametrize("packed", [False, True])
def test_what_is_too_large_is_skipped_by_name_and_the_next_is_read(packed: bool) -> None:
    limits = Limits(bytes_per_page=10_000)
    large = response(0, b"<p>" + b"x" * 3_000_000)
    bomb = response(1, gzip.compress(b"\0" * 30_000_000), also={"Content-Encoding": "gzip"})
    records = [large, bomb, response(2)]
    found = read(compressed(records) if packed else b"".join(records), limits)
    assert pages(found) == [url(2)]
    assert [(one.reason, one.url) for one in skips(found)] == [("too large", url(0)), ("too large", url(1))]
