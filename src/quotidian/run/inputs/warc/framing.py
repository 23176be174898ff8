"""Where the records of a WARC begin and end, and the gaps between them, whatever was done to the file.

A record is sound when its header says what it is and how long, and a record, the end of the file or at
least an empty line stands where it must then end. What is not sound costs itself alone: reading goes on
where the next record begins, which for a compressed file is the next gzip member that holds one.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from quotidian.run.inputs.warc.views import (
    BLOCK,
    GLANCE,
    GZIP,
    MEBIBYTE,
    RECORD,
    FileView,
    Member,
    View,
    next_member,
    next_record,
)

# The longest header of a record; those in the wild have some hundred bytes.
HEADER = 64 * 1024
# Longer numbers are no length of anything.
_DIGITS = re.compile(rb"\d{1,18}")
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"([!#-'*+.^`|~\w-]+)[ \t]*:[ \t]*(.*)", re.ASCII)
_DIGESTS = frozenset({"md5", "sha1", "sha256", "sha512"})
# What is looked at behind a record: its empty line, and the first line of the next.
_LOOKED_AT = 64
# Bytes that were looked at for records and turned out to hold none, beyond those of sound records; past so
# many, each place that is no record is passed over as far as it was looked at, so that no file can be made
# that takes for ever.
MOST_DOUBTED = 256 * MEBIBYTE

Fields = dict[bytes, list[bytes]]


@dataclass(frozen=True, slots=True)
class Frame:
    """One record as it stands in the file: its place, its header, its block; None if that is too long."""

    place: str
    header: bytes
    length: int
    block: bytes | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of the file that hold no sound record: where, how many, and what is wrong."""

    place: str
    bytes: int
    why: str


class _Sound(NamedTuple):
    header: bytes
    begin: int  # where its block begins
    stop: int  # where its block ends
    end: int  # where the next record has to begin


class _Flaw(NamedTuple):
    why: str
    cost: int = GLANCE  # the bytes that it took to see that


class _Hole(NamedTuple):
    start: int
    stop: int
    why: str


def frames(file: FileView, longest: int, *, compressed: bool | None = None) -> Iterator[Frame | Gap]:
    """The records of a WARC and the gaps between them, in their order.

    Args:
        file: the WARC, as it lies.
        longest: the longest block that is read, in bytes; longer ones come without.
        compressed: whether it is one of gzip members; told from its first bytes if None.
    """
    if compressed is None:
        compressed = _is_compressed(file)
    yield from _members(file, longest) if compressed else _plain(file, longest)


def _is_compressed(file: View) -> bool:
    head = file.at(0, GLANCE)
    if head.startswith(GZIP):
        return True
    if RECORD.match(head):
        return False
    plain, member = next_record(file, 0), next_member(file, 0)
    return member is not None and (plain is None or member < plain)


def _plain(file: View, longest: int) -> Iterator[Frame | Gap]:
    for found in _records(file, longest):
        if isinstance(found, _Hole):
            yield Gap(f"offset {found.start}", found.stop - found.start, found.why)
        else:
            yield _frame(file, found, f"offset {found.start}", longest)


def _members(file: View, longest: int) -> Iterator[Frame | Gap]:
    at = 0
    while file.at(at, 1):
        if not file.at(at, len(GZIP)).startswith(GZIP):
            behind = _behind(file, at)
            yield Gap(f"offset {at}", behind - at, "no gzip member begins here")
            at = behind
            continue
        member = Member(file, at, held=longest + HEADER + MEBIBYTE)
        told, first = False, True
        for found in _records(member, longest):
            place = f"offset {at}" if first else f"offset {at}+{found.start}"
            alone, first = first, False
            if not isinstance(found, _Hole):
                yield _frame(member, found, place, longest)
                continue
            told = member.damage is not None
            if told:
                break
            nothing_else = alone and not member.at(found.stop, 1)
            size = member.end - at if nothing_else and member.end else found.stop - found.start
            yield Gap(place, size, found.why)
        if member.end is not None:
            at = member.end
            continue
        behind = _behind(file, at)
        yield Gap(place if told else f"offset {at}", behind - at, member.damage or "a broken gzip member")
        at = behind


def _behind(file: View, at: int) -> int:
    behind = next_member(file, at + 1)
    return _end_of(file, at) if behind is None else behind


class _Record(NamedTuple):
    start: int
    where: _Sound


def _frame(view: View, found: _Record, place: str, longest: int) -> Frame:
    header, begin, stop, _ = found.where
    size = stop - begin
    return Frame(place, header, size, view.at(begin, size) if size <= longest else None)


def _records(view: View, longest: int) -> Iterator[_Record | _Hole]:
    at, doubted = _past_line_breaks(view, 0), 0
    while view.at(at, 1):
        judged = _judged(view, at, longest)
        while judged is None:  # it goes on in the next gzip member
            judged = _judged(view, at, longest)
        if isinstance(judged, _Sound):
            yield _Record(at, judged)
            doubted = max(0, doubted - (judged.end - at))
            at = _past_line_breaks(view, judged.end)
            continue
        doubted += judged.cost
        step = 1 if doubted <= MOST_DOUBTED else judged.cost
        behind = next_record(view, at + step)
        behind = _end_of(view, at + step) if behind is None else behind
        yield _Hole(at, behind, judged.why)
        at = behind


def _judged(view: View, at: int, longest: int) -> _Sound | _Flaw | None:
    """Where the record at a place ends; or what is wrong with it; None to look again, as there is more."""
    head = view.at(at, HEADER)
    first = RECORD.match(head)
    if first is None:
        return _Flaw("no record begins here")
    ended = _EMPTY_LINE.search(head, first.end() - 1)
    if ended is None:
        if len(head) == HEADER:
            return _Flaw(f"the record's header does not end within {HEADER:,} bytes", HEADER)
        return None if _goes_on(view) else _cut_off(view)
    fields = _fields(head[first.end() : max(first.end(), ended.start())])
    length = _length(fields)
    if isinstance(length, str):
        return _Flaw(length)
    assert fields is not None
    begin, stop = at + ended.end(), at + ended.end() + length
    after = view.at(stop, _LOOKED_AT)
    while not after and length and not view.at(stop - 1, 1):
        if not _goes_on(view):
            return _cut_off(view)
        after = view.at(stop, _LOOKED_AT)
    flaw = _flaw_at_the_end(view, fields, begin, stop, after, longest)
    breaks = len(after) - len(after.lstrip(b"\r\n"))
    return flaw or _Sound(head[: ended.end()], begin, stop, stop + breaks)


def _flaw_at_the_end(
    view: View, fields: Fields, begin: int, stop: int, after: bytes, longest: int
) -> _Flaw | None:
    """What says that a record does not end where its header says, by what stands there; None if nothing."""
    breaks = len(after) - len(after.lstrip(b"\r\n"))
    rest = after[breaks:]
    at_end = not rest and len(after) < _LOOKED_AT
    if at_end and (damage := getattr(view, "damage", None)) is not None:
        return _Flaw(damage)
    followed = at_end or RECORD.match(rest) is not None
    wrong = _Flaw("the record does not end where its length says")
    if not followed and _EMPTY_LINE.match(after) is None:
        return wrong
    if not followed and next_record(view, begin, before=stop) is not None:
        return wrong  # something else stands behind it, and another record in it
    if stop - begin <= longest:
        block = view.at(begin, stop - begin)
        as_it_should = followed and after.startswith(b"\r\n\r\n") and breaks == 4
        doubtful = not as_it_should or RECORD.search(block) is not None
        if doubtful and not _fits(fields, block):
            return wrong._replace(cost=max(GLANCE, len(block)))
    return None


def _goes_on(view: View) -> bool:
    return isinstance(view, Member) and view.extend()


def _cut_off(view: View) -> _Flaw:
    if isinstance(view, Member):
        return _Flaw(view.damage or "the gzip member ends before its record does")
    return _Flaw("the file ends before its last record does")


def _past_line_breaks(view: View, at: int) -> int:
    while block := view.at(at, GLANCE):
        breaks = len(block) - len(block.lstrip(b"\r\n"))
        at += breaks
        if breaks < len(block):
            break
    return at


def _end_of(view: View, start: int) -> int:
    while block := view.at(start, BLOCK):
        start += len(block)
    return start


def _fields(header: bytes) -> Fields | None:
    """The fields of a header, their names in lower case; None where a line of it is none."""
    fields: Fields = {}
    for line in header.splitlines():
        if line[:1] in b" \t" and fields:
            continue  # goes on with the line before, whose value we do not need whole
        field = _FIELD.fullmatch(line)
        if field is None:
            return None
        fields.setdefault(field[1].lower(), []).append(field[2].strip())
    return fields


def _length(fields: Fields | None) -> int | str:
    """How long a record says that it is; or what is wrong with its header."""
    if fields is None:
        return "a line of the record's header is broken"
    if b"warc-type" not in fields:
        return "the record does not say of what type it is"
    lengths = set(fields.get(b"content-length", ()))
    if len(lengths) != 1:
        return "the record does not say how long it is, or says it twice"
    length = lengths.pop()
    return int(length) if _DIGITS.fullmatch(length) else "the record's length is no number"


def _fits(fields: Fields, block: bytes) -> bool:
    """Whether a block is the one whose digest its header states; so it is where that cannot be told."""
    algorithm, _, stated = fields.get(b"warc-block-digest", [b""])[0].partition(b":")
    name = algorithm.decode("ascii", "replace").lower().replace("-", "")
    if name not in _DIGESTS or not stated:
        return True
    digest = hashlib.new(name, block, usedforsecurity=False)
    return stated.strip().upper().rstrip(b"=") in (
        base64.b32encode(digest.digest()).rstrip(b"="),
        digest.hexdigest().upper().encode(),
    )
