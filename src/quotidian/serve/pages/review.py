"""The review queue: the least sure first, one at a time; and pairs of entities that may be one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.serve.pages.decided import notice
from quotidian.serve.pages.statements import filled
from quotidian.serve.requests import EMPTY, address, archive_of, page_number, whole_number
from quotidian.serve.shown import corrections, marked
from quotidian.serve.shown.listing import because
from quotidian.serve.templating import page

_NEXT = 6  # shown below the one that is asked about
_PAIRS = 20


def queue(request: Request) -> Response:
    """The statement that nobody has looked at and the machine is least sure of."""
    archive = archive_of(request)
    query = request.query_params.get("q", "")
    skipped = whole_number(request.query_params.get("skip") or "0", "skip")
    found = archive.queue(query=query, limit=_NEXT, offset=skipped)
    shared = {
        "query": query,
        "skipped": skipped,
        "this": address("/review", q=query, skip=skipped or ""),
        "following": address("/review", q=query, skip=skipped + 1),
        "waiting": found[1:],
        "pairs": archive.counts().unsure_pairs,
        "notice": notice(request),
    }
    if not found:
        return page(request, "review_done.html", **shared)
    hit = found[0]
    stored = archive.article(hit.article.id, hit.article.version)
    told = corrections.statement_of(hit, stored)
    offset, text = marked.around(stored.article.text, hit, more=350)
    return page(
        request,
        "review.html",
        hit=hit,
        stored=stored,
        because=because(told, stored.article.text, f"/articles/{hit.article.id}") if told else (),
        offset=offset,
        text=text,
        **shared,
        **filled(EMPTY, hit, stored),
    )


def pairs(request: Request) -> Response:
    """Pairs that may be one entity, the likeliest first, with what speaks for and against it."""
    number = page_number(request)
    found = archive_of(request).pairs(limit=_PAIRS + 1, offset=(number - 1) * _PAIRS)
    return page(
        request,
        "pairs.html",
        pairs=found[:_PAIRS],
        number=number,
        more=len(found) > _PAIRS,
        notice=notice(request),
    )


routes = [Route("/review", queue, name="review"), Route("/review/pairs", pairs, name="pairs")]
