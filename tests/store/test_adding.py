"""Adding: the same article again, another version of it, and what comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotidian.errors import NotInArchive, StoreError
from quotidian.store import Archive
from store.building import attributed, told, unread

FERRY = told(
    "{s1:Mara Quill} {c1:said} {q1:the ferry would sail}. {s2:The Ministry of Tides} {c2:denied} {q2:it}.",
    people=[("Mara Quill", "Quill")],
    bodies=[("Ministry of Tides",)],
    url="https://harbourpost.example/ferry",
)


def test_an_article_comes_back_as_it_was_read(archive: Archive) -> None:
    added = archive.add(FERRY)
    assert added.outcome == "new"
    assert archive.article(added.article).article == FERRY


def test_the_same_article_again_changes_nothing(archive: Archive) -> None:
    first = archive.add(FERRY)
    before = archive.counts()
    assert archive.knows(FERRY) and archive.knows(unread(FERRY))
    assert archive.add(FERRY) == replace(first, outcome="unchanged")
    assert archive.counts() == before
