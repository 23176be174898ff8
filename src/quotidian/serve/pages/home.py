"""The archive at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.serve.requests import archive_of, desk_of
from quotidian.serve.templating import page
from quotidian.store.values import Hit

_LATEST = 8
_AMONG = 80
_MOST_QUOTED = 12
_MOST_REPEATED = 5


def home(request: Request) -> Response:
    """Counts, the latest statements, those most often quoted, and doors to everything else."""
    archive = archive_of(request)
    latest = one_of_each(archive.search("", limit=_AMONG).hits)[:_LATEST]
    return page(
        request,
        "home.html",
        counts=archive.counts(),
        latest=latest,
        reported=archive.reported([hit.id for hit in latest]),
        repeated=[head for head in archive.utterances(limit=_MOST_REPEATED) if head.outlets > 1],
        quoted=[head for head in archive.entities(limit=_MOST_QUOTED) if head.statements],
        reads=desk_of(request).reads,
    )


def one_of_each(hits: Sequence[Hit]) -> list[Hit]:
    """The surest statement of each article, so that a long one does not fill the page."""
    surest: dict[int, Hit] = {}
    for hit in hits:
        known = surest.get(hit.article.id)
        if known is None or _sure(hit) > _sure(known):
            surest[hit.article.id] = hit
    return list(surest.values())


def _sure(hit: Hit) -> float:
    return min(hit.confidence, hit.speaker_confidence if hit.speaker else 0.0)


def help(request: Request) -> Response:
    """How to search, what the marks and words mean, what the keys do."""
    return page(request, "help.html")


routes = [Route("/", home, name="home"), Route("/help", help, name="help")]
