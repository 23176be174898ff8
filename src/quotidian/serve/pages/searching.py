"""Search: one call of the archive for each page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.serve.requests import archive_of, chosen, page_number
from quotidian.serve.shown import facets
from quotidian.serve.shown.timeline import chart
from quotidian.serve.templating import page
from quotidian.store.archive import Sort

PER_PAGE = 20
SORTS: dict[Sort, str] = {
    "-day": "newest first",
    "day": "oldest first",
    "relevance": "best match first",
    "-sure": "surest first",
    "sure": "least sure first",
}
MEASURES = {"count": "number of statements", "share": "share of all statements"}


def search(request: Request) -> Response:
    """A page of what a query finds."""
    query = request.query_params.get("q", "")
    sort: Sort = chosen(request, "sort", SORTS, "-day")  # type: ignore[arg-type,assignment]
    measure = chosen(request, "chart", MEASURES, "count")
    number = page_number(request)
    results = archive_of(request).search(query, sort=sort, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    pages = max(1, -(-results.total // PER_PAGE))
    return page(
        request,
        "search.html",
        query=query,
        results=results,
        facets=facets.lists(results.facets, query),
        chart=chart(results.timeline, measure),  # type: ignore[arg-type]
        measures=MEASURES,
        sort=sort,
        sorts=SORTS,
        number=number,
        pages=pages,
        first=(number - 1) * PER_PAGE + 1,
    )


routes = [Route("/search", search, name="search")]
