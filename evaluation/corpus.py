"""Corpora as files: JSON lines, ours or PolNeAR-like, and folders in brat's standoff format.

JSON lines, compressed if the name ends in ``.gz``, hold one document each. PolNeAR-like ones have
``doc, text, attributions[{source, cue, content}]`` with roles as lists of ``[start, end]``; ours
(``quotidian-article/1``) have ``id`` for ``doc`` and roles as ``{"text", "spans"}``. Both kinds are
told apart row by row. A text may be missing where the rows are predictions.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Literal, cast

from evaluation import brat
from evaluation.quotes import directness, quoted
from evaluation.types import Document, Marked, Spans, spans_of
from evaluation.words import Words
from quotidian.errors import BadRecord, InputError, NotFound, UsageError
from quotidian.types import Article, Attribution, Passage, attribution_id

Format = Literal["polnear", "ours", "brat"]


def documents(path: Path, annotator: str | None = None) -> Iterator[Document]:
    """Read a corpus: a folder in brat's format, or a file of JSON lines.

    ``annotator`` chooses among brat files where several people marked one text.

    Raises:
        NotFound: there is no such file or folder, or the folder has no brat files.
        BadRecord: a row that is not a document; the line is named.
    """
    if path.is_dir():
        yield from brat.documents(path, annotator)
    elif path.exists():
        yield from _rows(path)
    else:
        raise NotFound(f"{path}: no such file or folder; give JSON lines or a folder of brat files")


def _rows(path: Path) -> Iterator[Document]:
    number = 0
    with _opened(path, "r") as lines:
        try:
            for line in lines:
                number += 1
                if line.strip():
                    yield document(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRecord(f"{path}, line {number}: not a document: {error!r}") from error
        except (OSError, EOFError) as error:
            raise BadRecord(f"{path}, after line {number}: the file is broken: {error}") from error


def document(row: dict[str, Any]) -> Document:
    """A document from its JSON object, either kind.

    Raises:
        ValueError, KeyError, TypeError: it is not one, or a span lies outside the text.
    """
    text: str | None = row.get("text")
    marked = tuple(_marked(one) for one in row["attributions"])
    if text is not None:
        _check(marked, len(text))
    name = row["doc"] if "doc" in row else row["id"]
    return Document(str(name), text, marked, row.get("outlet"), row.get("published"))


def _marked(row: dict[str, Any]) -> Marked:
    return Marked(
        source=_spans(row.get("source")),
        cue=_spans(row.get("cue")),
        content=_spans(row.get("content")),
        depth=int(row.get("depth") or 0),
        confidence=row.get("confidence"),
    )


def _spans(role: dict[str, Any] | list[list[int]] | None) -> Spans:
    if isinstance(role, dict):
        role = cast("list[list[int]]", role["spans"])
    return spans_of(role or ())


def _check(marked: Iterable[Marked], length: int) -> None:
    for one in marked:
        for start, end in (*one.source, *one.cue, *one.content):
            if not 0 <= start < end <= length:
                raise ValueError(f"span {start}–{end} is empty or outside the text of {length} characters")


def write(found: Iterable[Document], path: Path, form: Format) -> int:
    """Write documents: JSON lines to a file, compressed if it ends in ``.gz``, or brat into a folder.

    Returns:
        How many were written.

    Raises:
        UsageError: a document has no text, and the format needs it.
    """
    if form == "brat":
        return brat.write(map(_with_text, found), path)
    line = polnear_line if form == "polnear" else quotidian_line
    count = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path, "w") as out:
        for one in found:
            out.write(line(one) + "\n")
            count += 1
    return count


def polnear_line(one: Document) -> str:
    """A document as a PolNeAR-like JSON line; depth and confidence are kept where there are any."""
    row: dict[str, Any] = {"doc": one.doc}
    row |= {key: value for key in ("published", "outlet", "text") if (value := getattr(one, key)) is not None}
    row["attributions"] = [
        {role: [list(span) for span in getattr(marked, role)] for role in ("source", "cue", "content")}
        | ({"depth": marked.depth} if marked.depth else {})
        | ({} if marked.confidence is None else {"confidence": marked.confidence})
        for marked in one.attributions
    ]
    return json.dumps(row, ensure_ascii=False)


def quotidian_line(one: Document) -> str:
    """A document as a line of our own, ``quotidian-article/1``.

    Attributions without cue or content cannot be written so and are left out. Confidence is 1
    where a person marked it.
    """
    from quotidian.write import jsonl

    return jsonl.line(article(one))


def article(one: Document) -> Article:
    """A document as an article, directness from its quote marks, parents from what lies in what.

    Raises:
        UsageError: the document has no text.
    """
    return numbered(one)[0]


def numbered(one: Document) -> tuple[Article, tuple[int, ...]]:
    """A document as an article, and for each attribution of that its number in the document's list.

    An article has its attributions in the order of the text; one without cue or content is left out.

    Raises:
        UsageError: the document has no text.
    """
    text = _text(one)
    bare = Article(id=one.doc, text=text, outlet=one.outlet, published=one.published)
    words = Words(text)
    inside = words.covered(quoted(text))
    placed: list[Attribution] = []
    numbers: list[int] = []
    for number, marked in sorted(enumerate(one.attributions), key=lambda pair: pair[1].depth):
        if marked.cue and marked.content:
            placed.append(_attribution(marked, bare, words, inside, placed))
            numbers.append(number)
    order = sorted(range(len(placed)), key=lambda i: (placed[i].content.start, placed[i].depth, i))
    return replace(bare, attributions=tuple(placed[i] for i in order)), tuple(numbers[i] for i in order)


def _attribution(
    marked: Marked, bare: Article, words: Words, inside: frozenset[int], outer: list[Attribution]
) -> Attribution:
    source = Passage.of(bare.text, marked.source) if marked.source else None
    cue, content = Passage.of(bare.text, marked.cue), Passage.of(bare.text, marked.content)
    parent = next(
        (a for a in reversed(outer) if a.depth == marked.depth - 1 and a.content.holds(content)), None
    )
    return Attribution(
        id=attribution_id(bare.text_sha256, source, cue, content),
        source=source,
        cue=cue,
        content=content,
        directness=directness(words.covered(content.spans), inside),
        depth=marked.depth,
        parent=parent.id if parent else None,
        confidence=1.0 if marked.confidence is None else marked.confidence,
    )


def from_article(read: Article) -> Document:
    """What a reader found, as a document to score."""
    marked = tuple(
        Marked(a.source.spans if a.source else (), a.cue.spans, a.content.spans, a.depth, a.confidence)
        for a in read.attributions
    )
    return Document(read.id, read.text, marked, read.outlet, read.published)


def _with_text(one: Document) -> Document:
    _text(one)
    return one


def _text(one: Document) -> str:
    if one.text is None:
        raise UsageError(f"{one.doc} has no text; convert from rows that have it")
    return one.text


def _opened(path: Path, mode: Literal["r", "w"]) -> IO[str]:
    try:
        if path.suffix != ".gz":
            return path.open(mode, encoding="utf-8", newline="\n")
        # No time in the header: the same documents give the same bytes.
        packed = gzip.GzipFile(path, f"{mode}b", mtime=0)
        return io.TextIOWrapper(cast("IO[bytes]", packed), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be opened: {error.strerror}") from error
