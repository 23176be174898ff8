"""Damage costs the records that it hits, is told with its place, and reading goes on behind it."""

from __future__ import annotations

import gzip
import io
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.crawl import mutilated
from benchmarks.crawl.warcs import answer, compressed, record
from quotidian.reading.limits import Limits
from quotidian.run.inputs import warc
from quotidian.run.values import Page, Skip
from run.inputs.found import page, pages, read, reasons, response, skips, url

RECORDS = [response(number) for number in range(4)]
ALL = [url(number) for number in range(4)]


@pytest.mark.parametrize("seed", range(60))
def test_every_record_that_was_left_alone_is_read_and_every_damage_told(seed: int) -> None:
    case = mutilated.mutilated(seed)
    assert list(mutilated.problems(case)) == []


def in_the_middle(damaged: bytes, packed: bool) -> list[Page | Skip]:
    """What is found in a WARC with something damaged between two records and two."""
    sound = [gzip.compress(one) if packed else one for one in RECORDS]
    return read(b"".join([*sound[:2], damaged, *sound[2:]]))


def named(header: bytes) -> bytes:
    return b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n" + header


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "broken",
    [
        named(b"Content-Length: -5\r\n\r\nhello\r\n\r\n"),
        named(b"Content-Length: 1000000000000000000\r\n\r\nhello\r\n\r\n"),
        named(b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello\r\n\r\n"),
        named(b"\r\nhello\r\n\r\n"),
        named(b"X: " + b"y" * 200_000 + b"\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"),
        named(b"Content-Length: 5\r\nX" + b"y\0" * 30_000),
        b"WARC/1.0\r\n\r\n",
        b"WARC/" * 1_000,
        b"\x1f\x8b\x08" * 1_000,
        b"\0" * 10_000,
    ],
)
def test_no_header_ends_the_reading(broken: bytes, packed: bool) -> None:
    found = in_the_middle(gzip.compress(broken) if packed else broken, packed)
    assert pages(found) == ALL
    assert set(reasons(found)) == {"damaged"}


def test_a_gap_says_where_it_is_how_long_and_what_is_wrong() -> None:
    garbage = b"no record, and nothing else either"
    (gap,) = skips(in_the_middle(garbage, packed=False))
    assert (gap.place, gap.bytes) == (f"offset {len(RECORDS[0] + RECORDS[1])}", len(garbage))
    assert gap.detail == "no record begins here"


def test_a_length_that_would_swallow_the_next_record_does_not() -> None:
    first, second = RECORDS[0], RECORDS[1]
    length = len(first) - first.index(b"HTTP/1.1") - 4
    # As long as both, so that a record does begin where the length says: its digest tells.
    swallowing = first.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + len(second)))
    found = read(swallowing + second + RECORDS[2])
    assert pages(found) == ALL[1:3]
    assert reasons(found) == ["damaged"]


def test_a_warc_kept_in_a_warc_is_not_taken_for_its_records() -> None:
    inner = b"".join(RECORDS)
    outer = record(
        "response", answer(inner, content_type="application/warc"), url="https://a.example/day.warc"
    )
    found = read(outer + response(9))
    assert (pages(found), reasons(found)) == ([url(9)], ["not html"])


@pytest.mark.parametrize("packed", [False, True])
def test_line_breaks_between_records_are_no_damage(packed: bool) -> None:
    records = [b"\r\n" + RECORDS[0] + b"\n" * 9, RECORDS[1].rstrip(b"\r\n"), RECORDS[2] + b"\r\n" * 99]
    found = read(compressed(records) if packed else b"".join(records))
    assert (pages(found), reasons(found)) == (ALL[:3], [])


def test_a_file_that_holds_no_record_is_one_gap() -> None:
    for data in (b"hello " * 9_000, gzip.compress(b"hello " * 9_000), b"\x1f\x8b", b"\0"):
        assert reasons(read(data)) == ["damaged"]
    assert read(b"") == []


def test_a_bomb_between_records_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotidian.run.inputs.warc.views.BOMB", 10_000_000)
    bombs = [
        gzip.compress(b"\0" * 40_000_000),
        gzip.compress(named(b"Content-Length: 40000000\r\n\r\n") + b"\0" * 40_000_000),
        gzip.compress(b"WARC/1.0\r\n" * 4_000_000),
    ]
    for bomb in bombs:
        found = in_the_middle(bomb, packed=True)
        assert pages(found) == ALL
        assert "damaged" in reasons(found)


def test_a_long_record_is_passed_over_within_its_member_and_in_a_member_of_many() -> None:
    long = response(8, b"<p>" + random.Random(1).randbytes(30_000_000))
    for data in (
        compressed([RECORDS[0], long, RECORDS[1]]),
        gzip.compress(RECORDS[0] + long + RECORDS[1], 1),
        RECORDS[0] + long + RECORDS[1],
    ):
        found = read(data)
        assert (pages(found), reasons(found)) == (ALL[:2], ["too large"])


def test_of_long_records_there_may_be_any_number() -> None:
    limits = Limits(bytes_per_page=10_000)
    long = [response(number, b"<p>" + b"x" * 3_000_000) for number in range(12)]
    whole = b"".join(one for pair in zip(long, RECORDS * 3, strict=True) for one in pair)
    cut = [gzip.compress(whole[at : at + 65_280]) for at in range(0, len(whole), 65_280)]
    for data in (whole, gzip.compress(whole), b"".join(cut)):
        found = read(data, limits)
        assert (pages(found), reasons(found)) == (ALL * 3, ["too large"] * 12)


def test_a_long_length_that_is_a_lie_loses_nothing_behind_it_even_in_one_member() -> None:
    lie = named(b"Content-Length: 90000000\r\n\r\nhello\r\n\r\n")
    for whole in (b"".join([RECORDS[0], lie, *RECORDS[1:]]), b"".join([RECORDS[0], lie, lie, *RECORDS[1:]])):
        assert pages(read(whole)) == ALL
        assert pages(read(gzip.compress(whole))) == ALL


def test_doubt_about_nested_records_ends() -> None:
    # Each begins like a record, states the same end, and the digest of none fits.
    inner = [
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Block-Digest: sha1:X\r\nContent-Length: %07d\r\n\r\n" % left
        for left in range(2_000)
    ]
    size = len(inner[0])
    nested = b"".join(
        one.replace(b"%07d" % left, b"%07d" % ((len(inner) - left - 1) * size))
        for left, one in enumerate(inner)
    )  # fmt: skip
    found = read(nested + b"\r\n\r\n" + RECORDS[0])
    assert pages(found) == ALL[:1]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A WARC in which bytes were changed, taken out or put in, anywhere."""
    packed = draw(st.booleans())
    data = bytearray(compressed(RECORDS) if packed else b"".join(RECORDS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        taken = draw(st.integers(0, 400))
        put = draw(
            st.one_of(
                st.binary(max_size=40), st.sampled_from([b"\r\n\r\n", b"WARC/1.0\r\n", b"\x1f\x8b\x08\0"])
            )
        )
        data[at : at + taken] = put
    return bytes(data)


@given(spoilt())
def test_whatever_was_done_to_a_warc_it_is_read_to_its_end(data: bytes) -> None:
    found = read(data)
    places = [one.place for one in found]
    assert len(set(places)) == len(places)
    assert all(0 <= int(place.split()[1].partition("+")[0]) < len(data) for place in places)
    told = sum(one.bytes or 0 for one in skips(found) if one.detail != "" and one.reason == "damaged")
    assert told <= len(data) + 4_096 * len(RECORDS)  # of what is inflated, more may be lost than lies there


@given(st.binary(max_size=300), st.booleans())
def test_whatever_bytes_a_record_holds_they_cost_that_record_at_most(block: bytes, http: bool) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + block if http else block
    found = read(record("response", block, url=url(7)) + RECORDS[0])
    assert pages(found)[-1:] == ALL[:1]
    assert len(found) == 2


@given(st.binary(max_size=200), st.sampled_from(["gzip", "br", "zstd", "deflate", "chunked"]))
def test_whatever_an_encoded_body_is_it_costs_that_record_at_most(body: bytes, name: str) -> None:
    header = "Transfer-Encoding" if name == "chunked" else "Content-Encoding"
    found = read(response(7, body, also={header: name}) + RECORDS[0])
    assert pages(found)[-1:] == ALL[:1]


class Remembering(io.BytesIO):
    """A file that knows the most that was asked of it at once."""

    most = 0

    def read(self, size: int | None = -1) -> bytes:
        self.most = max(self.most, size if size is not None and size >= 0 else 10**12)
        return super().read(size)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_never_read_whole(packed: bool) -> None:
    chance = random.Random(7)
    bodies = [page(number, f"<p>{chance.randbytes(50_000).hex()}</p>") for number in range(200)]
    records = [response(number, body) for number, body in enumerate(bodies)]
    file = Remembering(b"".join(map(zlib_member if packed else bytes, records)))
    assert len(pages(warc.pages(file, Limits()))) == 200
    assert file.most <= 1024 * 1024 < len(file.getvalue()) / 5


def zlib_member(data: bytes) -> bytes:
    stream = zlib.compressobj(1, wbits=31)
    return stream.compress(data) + stream.flush()
