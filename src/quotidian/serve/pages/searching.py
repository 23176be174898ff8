"""Search: one question to the archive for each page, and a second where its timeline would show nothing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.serve.requests import archive_of, chosen, page_number
from quotidian.serve.shown import facets, terms
from quotidian.serve.shown.timeline import Chart, Measure, chart, crowded
from quotidian.serve.templating import page
from quotidian.store.archive import Archive, Sort
from quotidian.store.values import Results

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
    archive = archive_of(request)
    results = archive.search(query, sort=sort, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    pages = max(1, -(-results.total // PER_PAGE))
    return page(
        request,
        "search.html",
        query=query,
        results=results,
        reported=archive.reported([hit.id for hit in results.hits]),
        facets=facets.lists(results.facets, query),
        chart=charted(archive, query, results, measure),  # type: ignore[arg-type]
        measures=MEASURES,
        sort=sort,
        sorts=SORTS,
        number=number,
        pages=pages,
        first=(number - 1) * PER_PAGE + 1,
    )


def charted(archive: Archive, query: str, results: Results, measure: Measure) -> Chart | None:
    """The timeline of what was found; drawn anew, closer, where a few far days would fill it with nothing."""
    closer = crowded(results.timeline)
    if closer is None:
        return chart(results.timeline, measure)
    near = archive.search(terms.between(query, *closer), limit=1)
    known = sum(one.hits for one in results.timeline)
    outside = known - sum(one.hits for one in near.timeline)
    return chart(near.timeline, measure, outside) or chart(results.timeline, measure)


routes = [Route("/search", search, name="search")]
