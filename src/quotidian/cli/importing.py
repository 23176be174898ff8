"""Annotations from files into reviews of the articles that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotidian.errors import BadRecord, InputError, ReviewRefused
from quotidian.export.importing import imported
from quotidian.store import Archive


def take(archive: Archive, paths: Sequence[Path], by: str) -> tuple[int, list[str]]:
    """Keep what the annotations say; how many reviews that made, and what was not taken, in words."""
    taken, problems = 0, []
    for path in paths:
        try:
            source = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from error
        of_some = False
        for id in archive.article_ids():
            stored = archive.article(id)
            try:
                found = imported(source, stored, by)
            except BadRecord as error:
                raise BadRecord(f"{path}: {error}") from error
            of_some = of_some or bool(found.reviews or found.unchanged or found.refused)
            problems += [f"{path}: {one.id}: {one.why}" for one in found.refused]
            for review in found.reviews:
                try:
                    archive.review(review)
                    taken += 1
                except ReviewRefused as error:
                    problems.append(f"{path}: article {id}: {error}")
        if not of_some:
            problems.append(f"{path}: its annotations are of no article in the archive")
    return taken, problems
