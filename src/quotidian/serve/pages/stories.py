"""Stories: articles of one event, by day and outlet; and two articles beside each other, what they share."""

from __future__ import annotations

from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.serve.requests import archive_of, id_of, page_number
from quotidian.serve.shown import beside
from quotidian.serve.templating import page
from quotidian.store.archive import Archive
from quotidian.store.values import CopyOf, Head, UtteranceHead

PER_PAGE = 30
_UTTERANCES = 12
_ASKED = 60  # articles of a story whose copies and utterances are looked up


def stories(request: Request) -> Response:
    """All stories, the latest first."""
    archive, number = archive_of(request), page_number(request)
    found = archive.stories(limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE)
    return page(
        request,
        "stories.html",
        heads=found[:PER_PAGE],
        number=number,
        more=len(found) > PER_PAGE,
        waiting=archive.unjoined(),
    )


def story(request: Request) -> Response:
    """One story: its articles, what of it is most repeated, and who has whose text."""
    archive = archive_of(request)
    found = archive.story(id_of(request))
    query = query_of(found.articles)
    return page(
        request,
        "story.html",
        head=found.head,
        days=[(day, list(some)) for day, some in groupby(found.articles, key=_day)],
        query=query,
        utterances=most_repeated(archive, query),
        copies=_copies(archive, found.articles),
    )


def compared(request: Request) -> Response:
    """Two articles beside each other, with what stands in both."""
    archive = archive_of(request)
    a, b = archive.article(id_of(request, "a")), archive.article(id_of(request, "b"))
    pair = {a.head.id, b.head.id}
    shared = next((one for one in archive.copies(a.head.id) if {one.a.id, one.b.id} == pair), None)
    if shared is not None and shared.a.id != a.head.id:
        a, b = b, a  # what appeared first stands first
    runs = shared.copied.runs if shared else ()
    return page(
        request,
        "beside.html",
        a=a.head,
        b=b.head,
        shared=shared,
        left=beside.marked_runs(a.article.text, [one for one, _ in runs], "a", "b"),
        right=beside.marked_runs(b.article.text, [other for _, other in runs], "b", "a"),
        runs=len(runs),
    )


def query_of(articles: tuple[Head, ...]) -> str:
    """What finds the statements of some articles."""
    return "article:" + ",".join(str(head.id) for head in articles[:_ASKED])


def most_repeated(archive: Archive, query: str) -> list[UtteranceHead]:
    """What several articles of a story report."""
    found = archive.utterances("repeated", query=query, limit=_UTTERANCES)
    return [head for head in found if head.reports > 1]


def _copies(archive: Archive, articles: tuple[Head, ...]) -> list[CopyOf]:
    """Pairs of these articles with text in common, those that share most first."""
    inside = {head.id for head in articles}
    pairs = {
        (one.a.id, one.b.id): one
        for head in articles[:_ASKED]
        for one in archive.copies(head.id)
        if one.a.id in inside and one.b.id in inside and one.through is None
    }
    return sorted(pairs.values(), key=lambda one: (-one.copied.share_b, one.a.id, one.b.id))


def _day(head: Head) -> str:
    return head.published_day or ""


routes = [
    Route("/stories", stories, name="stories"),
    Route("/stories/{id:int}", story, name="story"),
    Route("/articles/{a:int}/beside/{b:int}", compared, name="beside"),
]
