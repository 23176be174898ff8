"""Compiles ``golden.txt``, where people write, to texts with offsets, which the scorer reads.

``python -m evaluation.gold.golden`` prints the corpus as JSON lines that ``evaluation.corpus``
reads. The markup is explained at the head of ``golden.txt``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict, get_args

from quotidian.errors import BadRecord

GOLDEN = Path(__file__).with_name("golden.txt")

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = get_args(Role)
Number = tuple[int, ...]  # (1, 2) is written 1.2: the second attribution inside the first

_LETTERS: dict[str, Role] = {"S": "source", "C": "cue", "X": "content"}
_HEADER = re.compile(r"# (?P<id>[a-z0-9-]+) \| (?P<construction>\S.*)")
_PART = re.compile(r"== .* ==")
_LABEL = re.compile(r"(?P<role>[SCX])(?P<numbers>\d+(?:\.\d+)*(?:\+\d+(?:\.\d+)*)*):")
_SENTENCE_END = re.compile(r"[.!?…][”’\"'»)}]*(?=\s|$)")


class GoldAttribution(TypedDict):
    """Roles as ``[start, end]`` in code points; ``parent`` is an index in the same item.

    ``number`` is how the markup counts it: "1.2" is the second inside the first.
    """

    number: str
    source: list[list[int]]
    cue: list[list[int]]
    content: list[list[int]]
    depth: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One text, with every attribution in it. Parents come before their children."""

    id: str
    construction: str
    text: str
    attributions: tuple[GoldAttribution, ...]


class _Piece(NamedTuple):
    """A stretch of text with its label."""

    role: Role
    number: Number
    start: int
    end: int


@dataclass
class _Unmarked:
    """A text without its markup, and the pieces that were marked."""

    text: str = ""
    pieces: list[_Piece] = field(default_factory=list)


def items(path: Path = GOLDEN) -> list[GoldItem]:
    """Every item of the corpus, in the order of the file.

    Raises:
        BadRecord: the markup is broken; the item is named.
    """
    return [item(*block) for block in _blocks(path.read_text(encoding="utf-8"))]


def item(id: str, construction: str, marked: str, file: str = GOLDEN.name) -> GoldItem:
    """An item from its text with markup; ``file`` is where it is written, for what an error says.

    >>> item("a", "indirect", "{S1:She} {C1:said} {X1:it rained}.").text
    'She said it rained.'

    Raises:
        BadRecord: a brace or a label is wrong, or an attribution breaks a rule of the guide.
    """
    try:
        unmarked = _unmark(marked)
        return GoldItem(id, construction, unmarked.text, _attributions(unmarked))
    except ValueError as error:
        raise BadRecord(f"{file}, item {id}: {error}") from error


def row(one: GoldItem) -> str:
    """An item as a JSON line, PolNeAR-like, with construction, depth and parent beside."""
    return json.dumps(
        {
            "doc": one.id,
            "outlet": "golden",
            "construction": one.construction,
            "text": one.text,
            "attributions": list(one.attributions),
        },
        ensure_ascii=False,
    )


def sentences(text: str) -> int:
    """About how many sentences a text has; a paragraph without a full stop is one.

    >>> sentences("“It rained,” she said. Why?")
    2
    """
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return sum(max(1, len(_SENTENCE_END.findall(line))) for line in paragraphs)


def _blocks(written: str) -> Iterator[tuple[str, str, str]]:
    header: re.Match[str] | None = None
    lines: list[str] = []
    for line in [*written.split("\n"), "== end =="]:
        begins = _HEADER.fullmatch(line)
        if begins or _PART.fullmatch(line):
            if header:
                yield header["id"], header["construction"], "\n".join(lines).strip()
            header, lines = begins, []
        elif line.startswith(("#", "==")):
            raise BadRecord(f"{GOLDEN.name}: write '# id | construction', not {line!r}")
        else:
            lines.append(line)


def _unmark(marked: str) -> _Unmarked:
    out = _Unmarked()
    opened: list[tuple[re.Match[str], int]] = []
    at = 0
    while at < len(marked):
        if marked[at] == "{":
            label = _LABEL.match(marked, at + 1)
            if not label:
                raise ValueError(f"no label after the brace in {marked[at : at + 20]!r}")
            opened.append((label, len(out.text)))
            at = label.end()
            continue
        if marked[at] == "}":
            if not opened:
                raise ValueError(f"a brace closes nothing, after {out.text[-20:]!r}")
            out.pieces.extend(_pieces(*opened.pop(), len(out.text)))
        else:
            out.text += marked[at]
        at += 1
    if opened:
        raise ValueError(f"the brace of {opened[-1][0].group()!r} is not closed")
    return out


def _pieces(label: re.Match[str], start: int, end: int) -> Iterator[_Piece]:
    for number in label["numbers"].split("+"):
        yield _Piece(_LETTERS[label["role"]], tuple(map(int, number.split("."))), start, end)


def _attributions(unmarked: _Unmarked) -> tuple[GoldAttribution, ...]:
    numbers = sorted({piece.number for piece in unmarked.pieces})
    made: list[GoldAttribution] = []
    for number in numbers:
        outer = number[:-1]
        if outer and outer not in numbers:
            raise ValueError(f"{_written(number)} has no outer attribution {_written(outer)}")
        mine = sorted((p for p in unmarked.pieces if p.number == number), key=lambda p: p.start)
        one = GoldAttribution(
            number=_written(number),
            source=_spans(mine, "source"),
            cue=_spans(mine, "cue"),
            content=_spans(mine, "content"),
            depth=len(number) - 1,
            parent=numbers.index(outer) if outer else None,
        )
        _check(number, one, unmarked.text, made[one["parent"]] if one["parent"] is not None else None)
        made.append(one)
    return tuple(made)


def _spans(pieces: list[_Piece], role: Role) -> list[list[int]]:
    return [[piece.start, piece.end] for piece in pieces if piece.role == role]


def _check(number: Number, one: GoldAttribution, text: str, outer: GoldAttribution | None) -> None:
    name = _written(number)
    if len(one["cue"]) != 1:
        raise ValueError(f"{name} has {len(one['cue'])} cues; give it one, in one piece")
    if not one["content"]:
        raise ValueError(f"{name} has no content")
    for start, end in (span for role in ROLES for span in one[role]):
        stretch = text[start:end]
        if not stretch or stretch != stretch.strip():
            raise ValueError(f"{name} has a span that is empty or has space at its edge: {stretch!r}")
        if outer and not any(a <= start and end <= b for a, b in outer["content"]):
            raise ValueError(f"{name} lies outside its outer attribution's content: {stretch!r}")


def _written(number: Number) -> str:
    return ".".join(map(str, number))


if __name__ == "__main__":
    for each in items():
        print(row(each))
