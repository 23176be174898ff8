"""Annotations from files into reviews of the articles that they are of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from quotidian.errors import BadRecord, InputError, ReviewRefused
from quotidian.export.importing import imported
from quotidian.store import Archive
from quotidian.store.values import Head

_TOGETHER = 1_000


def take(archive: Archive, paths: Sequence[Path], by: str) -> tuple[int, list[str]]:
    """Keep what the annotations say; how many reviews that made, and what was not taken, in words."""
    heads = sorted(_heads(archive), key=lambda head: head.id)
    taken, problems = 0, []
    for path in paths:
        source, text = _read(path)
        of_some = False
        for head in heads:
            # What does not say which article it is of can only be of the one that there is.
            if len(heads) > 1 and not _names(text, head):
                continue
            try:
                found = imported(source, archive.article(head.id), by)
            except BadRecord as error:
                raise BadRecord(f"{path}: {error}") from error
            of_some = of_some or bool(found.reviews or found.unchanged or found.refused)
            problems += [f"{path}: {one.id}: {one.why}" for one in found.refused]
            for review in found.reviews:
                try:
                    archive.review(review)
                    taken += 1
                except ReviewRefused as error:
                    problems.append(f"{path}: article {head.id}: {error}")
        if not of_some:
            problems.append(f"{path}: no annotation in it is of an article in the archive")
    return taken, problems


def _heads(archive: Archive) -> Iterator[Head]:
    offset = 0
    while heads := archive.heads(limit=_TOGETHER, offset=offset):
        yield from heads
        offset += len(heads)


def _read(path: Path) -> tuple[bytes, str]:
    """A file, and its JSON with every string written in one way."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        return source, _written(json.loads(source))
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"{path}: not JSON, so no Web Annotations: {error}") from error


def _names(text: str, head: Head) -> bool:
    """Whether an article's own id or address stands in the text of a file, whatever it says of it."""
    address = (head.url or "").partition("#")[0].partition("://")[2].rstrip("/")
    return any(name and _written(name)[1:-1] in text for name in (head.own_id, address))


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
