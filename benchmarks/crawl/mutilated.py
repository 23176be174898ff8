"""WARCs damaged on purpose, and what must still be read of them: ``python -m benchmarks crawl mutilated``.

Every file is made of sound records, of which some are then damaged in a way that nobody could mend:
their header, the length that they state, their gzip member; or bytes that belong to nothing are put
between them, or the file ends too early. All records that were left alone must be read, nothing else,
and every damage must be told with its place.
"""

from __future__ import annotations

import gzip
import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from benchmarks import corpus
from benchmarks.crawl.warcs import answer, record
from quotidian.reading.limits import Limits
from quotidian.run.inputs import warc
from quotidian.run.values import Page, Skip

Kind = Literal["header", "length", "member", "garbage", "truncation"]
KINDS: tuple[Kind, ...] = ("header", "length", "member", "garbage", "truncation")
RECORDS = 12
# Of the header of a gzip member, the bytes that say when and where it was made: they may be anything.
_SAYS_NOTHING = range(4, 10)


@dataclass(frozen=True, slots=True)
class Mutilated:
    """A damaged WARC: which pages are intact in it, and from where to where it is damaged."""

    data: bytes
    intact: tuple[str, ...]
    damaged: tuple[tuple[int, int], ...]
    how: tuple[str, ...]


def mutilated(seed: int) -> Mutilated:
    """The same damaged WARC for the same seed; every second is compressed."""
    chance = random.Random(seed)
    packed = bool(seed % 2)
    digest = chance.random() < 0.5
    sound = [_record(chance, number, digest) for number in range(RECORDS)]
    wounded = dict.fromkeys(chance.sample(range(RECORDS), chance.choice((1, 1, 2, 3))))
    data, intact, damaged, how = bytearray(), [], [], []
    for number, one in enumerate(sound):
        kind = chance.choice(KINDS[:4]) if number in wounded else None
        if number in wounded and number == RECORDS - 1:
            kind = "truncation"
        if kind == "member" and not packed:
            kind = "header"
        pieces = [gzip.compress(one, mtime=0) if packed else one]
        if kind == "garbage":
            pieces.insert(0, _garbage(chance))
        elif kind is not None:
            pieces = [_wounded(one, kind, packed, chance)]
        for piece in pieces:
            if piece is not pieces[-1] or kind not in (None, "garbage"):
                damaged.append((len(data), len(data) + len(piece)))
            data += piece
        if kind in (None, "garbage"):
            intact.append(_url(number))
        if kind is not None:
            how.append(f"{kind} of record {number}")
    return Mutilated(bytes(data), tuple(intact), tuple(damaged), tuple(how))


def problems(case: Mutilated) -> Iterator[str]:
    """What was read of a damaged WARC that should not have been, and what was not that should."""
    found = list(warc.pages(io.BytesIO(case.data), Limits()))
    read = tuple(one.url for one in found if isinstance(one, Page))
    if read != case.intact:
        lost, more = set(case.intact) - set(read), set(read) - set(case.intact)
        yield f"lost {sorted(lost)}, too many {sorted(more)}"
    gaps = [_range(one) for one in found if isinstance(one, Skip) and one.reason == "damaged"]
    for start, stop in case.damaged:
        if not any(start < end and begin < stop for begin, end in gaps):
            yield f"not told: bytes {start} to {stop}"
    for begin, end in gaps:
        if not any(start <= begin and end <= stop + 1 for start, stop in merged(case.damaged)):
            yield f"told, though intact: bytes {begin} to {end}"


def merged(ranges: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Ranges that touch as one.

    >>> merged(((0, 3), (3, 5), (7, 9)))
    [(0, 5), (7, 9)]
    """
    found: list[tuple[int, int]] = []
    for start, stop in ranges:
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, stop))
    return found


def _range(skip: Skip) -> tuple[int, int]:
    place = re.fullmatch(r"offset (\d+)(?:\+\d+)?", skip.place)
    assert place is not None
    return int(place[1]), int(place[1]) + (skip.bytes or 0)


def _url(number: int) -> str:
    return f"https://gazette.example/{number}"


def _record(chance: random.Random, number: int, digest: bool) -> bytes:
    words = chance.choice((3, 40, 300, 1_200))
    told = corpus.article(words, seed=chance.randrange(1_000_000))
    page = f"<!doctype html><title>{number}</title><body><p>{told}</p>".encode()
    return record("response", answer(page), url=_url(number), digest=digest)


def _garbage(chance: random.Random) -> bytes:
    # No line breaks: between records they are allowed, and would be no garbage.
    return bytes(chance.choice(range(14, 255)) for _ in range(chance.randrange(20, 3_000)))


def _wounded(one: bytes, kind: Kind, packed: bool, chance: random.Random) -> bytes:
    if kind == "header":
        one = chance.choice(_HEADERS)(one, chance)
    elif kind == "length":
        one = _with_length(one, chance)
    if not packed:
        # The empty line behind a record is cut off with its end.
        return one[: chance.randrange(20, len(one) - 6)] if kind == "truncation" else one
    member = bytearray(gzip.compress(one, mtime=0))
    if kind == "truncation":
        return bytes(member[: chance.randrange(20, len(member))])
    if kind == "member":
        return chance.choice(_MEMBERS)(member, chance)
    return bytes(member)


def _with_length(one: bytes, chance: random.Random) -> bytes:
    length = int(re.search(rb"Content-Length: (\d+)", one)[1])  # type: ignore[index]
    wrong = chance.choice(
        (
            lambda: str(length + chance.randrange(5, 50_000)),
            lambda: str(max(0, length - chance.randrange(5, 5_000))),
            lambda: str(length * 1_000),
            lambda: str(10**18 - 1),
            lambda: "9" * 400,
            lambda: f"-{length}",
            lambda: "many",
            lambda: "",
            lambda: "0",
        )
    )()
    return re.sub(rb"Content-Length: \d+", f"Content-Length: {wrong}".encode(), one, count=1)


def _overwritten(one: bytes, mark: bytes, chance: random.Random) -> bytes:
    at = one.index(mark)
    junk = bytes(chance.choice(b"\0#!\xff~") for _ in mark)
    return one[:at] + junk + one[at + len(mark) :]


_HEADERS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda one, chance: _overwritten(one, b"WARC/1.0", chance),
    lambda one, chance: _overwritten(one, b"Content-Length:", chance),
    lambda one, chance: _overwritten(one, b"WARC-Type:", chance),
    lambda one, chance: one[chance.randrange(9, 60) :],
    lambda one, chance: one[: one.index(b"WARC-Date")] + b"\0" * 200 + one[one.index(b"HTTP/1.1") :],
    lambda one, chance: one.replace(b"\r\n\r\n", b"", 1),
    lambda one, chance: one.replace(b"WARC-Date: ", b"WARC-Date\r\n", 1),
    lambda one, chance: one.replace(b"WARC-Date: ", b"WARC-Date: " + b"x" * 100_000 + b": ", 1),
)


def _flipped(member: bytearray, at: int) -> bytes:
    member[at] ^= 1 << at % 8
    return bytes(member)


def _elsewhere(member: bytearray, chance: random.Random) -> int:
    return chance.choice([at for at in range(len(member)) if at not in _SAYS_NOTHING])


_MEMBERS: tuple[Callable[[bytearray, random.Random], bytes], ...] = (
    lambda member, chance: _flipped(member, _elsewhere(member, chance)),
    lambda member, chance: _flipped(member, chance.randrange(3)),
    lambda member, chance: _flipped(member, len(member) - 1 - chance.randrange(8)),
    lambda member, chance: bytes(member[: chance.randrange(20, len(member) - 1)]),
    lambda member, chance: bytes(member[chance.randrange(1, len(member) - 20) :]),
    lambda member, chance: bytes(member[:40] + _garbage(chance) + member[40:]),
    lambda member, chance: bytes(member[:40] + b"\0" * 64 + member[104:]),
)


def measured(count: int = 1_000) -> dict[str, object]:
    """Reads so many damaged WARCs; how many intact records were recovered, and how many gaps told."""
    intact = damaged = 0
    wrong: list[str] = []
    for seed in range(count):
        case = mutilated(seed)
        intact, damaged = intact + len(case.intact), damaged + len(case.damaged)
        wrong += [f"WARC {seed} ({', '.join(case.how)}): {problem}" for problem in problems(case)]
    return {
        "mutilated_warcs": count,
        "intact_records": intact,
        "damaged_places": damaged,
        "problems": wrong,
    }
