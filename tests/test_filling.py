"""Articles into an archive: what comes out has been kept, and what is there is not read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reading.invented import page

from quotidian import filling, reading
from quotidian.errors import NotAnArticle
from quotidian.filling import Kept, Watched
from quotidian.store import Archive, opened
from quotidian.types import Article, Failure
from quotidian.watch import FeedState, PageOrigin
from store.building import told, unread

BROKEN = Failure("page.pdf", "not an article we can read: PDF")


def numbered(number: int) -> Article:
    return told(
        f"{{s:Ada Voss}} {{c:said}} {{q:that {number} boats had come home}}.",
        people=[("Ada Voss",)],
        id=f"boats-{number}",
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path / "news.db") as archive:
        yield archive


class Model:
    """Finds what was told, and counts how often it was asked."""

    def __init__(self, *known: Article, name: str = "made by hand 1"):
        self.known = {one.text: one for one in known}
        self.name = name
        self.read: list[str] = []

    def __call__(self, article: Article) -> Article:
        self.read.append(article.id)
        known = self.known.get(article.text)
        if known is None:
            return replace(article, model=self.name)
        return replace(known, id=article.id, model=self.name)


def test_what_comes_out_has_been_kept_and_failures_pass(archive):
    first, second = numbered(1), numbered(2)
    found = [(unread(first), None), (BROKEN, None), (unread(second), None)]
    results = list(filling.fill(archive, found, Model(first, second)))
    assert BROKEN in results
    kept = [one for one in results if isinstance(one, Kept)]
    assert [(one.article.id, one.added.outcome) for one in kept] == [("boats-1", "new"), ("boats-2", "new")]
    assert [archive.article(one.added.article).article.statements for one in kept] == [
        first.statements,
        second.statements,
    ]


def test_an_article_comes_out_only_when_its_batch_is_kept(archive, monkeypatch):
    monkeypatch.setattr(filling, "BATCH", 2)
    monkeypatch.setattr(filling, "BATCH_S", 3_600.0)
    taken: list[int] = []

    def found() -> Iterator[filling.Found]:
        for number in range(5):
            taken.append(number)
            yield numbered(number), None

    results = filling.fill(archive, found(), Model())
    assert next(results) and taken == [0, 1] and archive.counts().articles == 2
    assert next(results) and next(results) and taken == [0, 1, 2, 3] and archive.counts().articles == 4
    assert len(list(results)) == 2 and archive.counts().articles == 5


def test_what_was_there_before_is_not_read_again(archive):
    article, model = numbered(1), Model(numbered(1))
    for outcome in ("new", "unchanged"):
        (kept,) = filling.fill(archive, [(unread(article), None)], model)
        assert isinstance(kept, Kept) and kept.added.outcome == outcome
    assert model.read == ["boats-1"]


def test_what_another_run_read_is_taken_as_it_is(archive):
    model = Model()
    list(filling.fill(archive, [(numbered(1), None)], model))
    assert model.read == [] and archive.counts().statements == 1


def test_twice_in_one_batch_is_one_article(archive):
    article = unread(numbered(1))
    results = filling.fill(archive, [(article, None), (article, None)], Model(numbered(1)))
    assert [one.added.outcome for one in results if isinstance(one, Kept)] == ["new", "unchanged"]
    assert archive.counts().articles == 1


def test_pages_are_kept_where_that_is_asked_for_also_later(archive):
    found = [(unread(numbered(1)), b"<p>as it came")]
    list(filling.fill(archive, found, Model(numbered(1))))
    assert archive.page(1) is None
    model = Model(numbered(1))
    list(filling.fill(archive, found, model, keep_pages=True))
    assert archive.page(1) == b"<p>as it came" and model.read == []
    assert archive.counts().statements == 1


def test_a_run_that_breaks_off_leaves_whole_articles(archive, monkeypatch):
    monkeypatch.setattr(filling, "BATCH", 1)

    def found() -> Iterator[filling.Found]:
        yield unread(numbered(1)), None
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(filling.fill(archive, found(), Model(numbered(1))))
    assert archive.counts().articles == 1 and archive.check() == ()


# --- reading again ------------------------------------------------------------------------------


@pytest.fixture
def two(archive: Archive) -> Archive:
    for number in (1, 2):
        archive.add(numbered(number))
    return archive


def test_only_what_another_model_read_is_read_again(two):
    newer = Model(numbered(1), numbered(2), name="made by hand 2")
    assert list(filling.read_again(two, newer, newer.name)) == [(1, 1), (2, 1)]
    assert list(filling.read_again(two, newer, newer.name)) == []
    assert list(filling.read_again(two, newer, newer.name, all=True)) == [(1, 1), (2, 1)]
    assert two.article(1).head.model == "made by hand 2"


def test_an_article_that_is_deleted_meanwhile_is_passed_over(two):
    newer = Model(numbered(1), numbered(2), name="made by hand 2")
    again = filling.read_again(two, newer, newer.name)
    assert next(again) == (1, 1)
    two.delete(2)
    assert list(again) == []


def test_what_is_not_searched_is_not_read(archive):
    archive.add(replace(unread(numbered(1)), reason="not English"))
    assert list(filling.read_again(archive, Model(), "made by hand 2", all=True)) == []


# --- as a watch sees an archive -----------------------------------------------------------------

FEED = "https://tarn.example/feed"
ORIGIN = PageOrigin(
    feed=FEED,
    asked="https://tarn.example/one",
    url="https://tarn.example/news/one",
    charset="utf-8",
    media_type="text/html",
    feed_title="Tarn",
    entry=None,
    title=None,
    published="2031-03-06",
    updated=None,
    fetched="2031-03-06T12:00:00+00:00",
)


@pytest.fixture
def watched(archive: Archive) -> Watched:
    return Watched(archive, Model(), reading.Options(), keep_pages=True)


def test_a_page_is_added_and_known_by_both_its_addresses(archive, watched):
    assert not watched.knows(ORIGIN.asked, None)
    assert watched.add(page().encode(), ORIGIN) == "added"
    assert watched.knows(ORIGIN.asked, None) and watched.knows(ORIGIN.url, None)
    assert archive.page(1) == page().encode()
    assert archive.article(1).head.read_at.startswith("2031-03-06T12:00")


def test_the_same_page_again_is_as_it_was_and_an_update_is_another_version(archive, watched):
    watched.add(page().encode(), ORIGIN)
    assert watched.add(page().encode(), ORIGIN) == "as it was before"
    changed = page().replace("</p>", " It was mended on Sunday.</p>", 1)
    later = replace(ORIGIN, updated="2031-03-07T08:00:00+00:00")
    assert not watched.knows(ORIGIN.asked, later.updated)
    assert watched.add(changed.encode(), later) == "added as a new version"
    assert watched.knows(ORIGIN.asked, later.updated)
    assert archive.counts().articles == 1 and archive.counts().versions == 2


def test_a_page_that_is_no_article_is_not_kept(archive, watched):
    with pytest.raises(NotAnArticle):
        watched.add(b"%PDF-1.7 ...", ORIGIN)
    assert archive.counts().articles == 0 and not watched.knows(ORIGIN.asked, None)


def test_what_is_known_of_a_feed_outlives_the_watch(watched):
    assert watched.feed_state(FEED) is None
    state = FeedState(FEED, title="Tarn")
    watched.keep_feed_state(FEED, state)
    assert watched.feed_state(FEED) == state
