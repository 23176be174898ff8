"""Every list as a file or a feed, and citations; what a page shows, a program can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from quotidian.export import FORMATS, Options, chunks, encoded, lookup_in
from quotidian.export.citations import Citation, one, one_article
from quotidian.serve.requests import address, archive_of, id_of, settings_of
from quotidian.store.archive import Archive
from quotidian.store.values import Utterance, UtteranceList

# Who follows a feed comes back; who wants all takes the list.
_IN_A_FEED = 50
_AT_ONCE = 200
_FEEDS = ("atom", "jsonfeed")
# Formats that several endings could mean go by their names.
_CITATIONS = {
    "bib": ("bibtex", "application/x-bibtex"),
    "csl.json": ("csl_json", "application/vnd.citationstyles.csl+json"),
    "ris": ("ris", "application/x-research-info-systems"),
    "txt": ("text", "text/plain"),
}


def export(request: Request) -> Response:
    """All that a query finds, streamed; a feed has the newest alone."""
    what, format = request.path_params["what"], request.path_params["format"]
    archive, query = archive_of(request), request.query_params.get("q", "")
    # A feed of utterances has an entry for each: the statement that reports it first.
    formats = FORMATS.get("statements" if what == "utterances" and format in _FEEDS else what, {})
    if format not in formats or what == "reviews":
        raise HTTPException(404, f"There is no list of {what} as {format}.")
    chosen = formats[format]
    base_url = settings_of(request).base_url
    options = Options(
        base_url=base_url,
        whole_text=request.query_params.get("whole_text") == "1",
        bom=request.query_params.get("bom") == "1",
        title=f"{settings_of(request).title}: {query}" if query else settings_of(request).title,
        feed_url=base_url + address(request.url.path, q=query, list=_list(request))
        if format in _FEEDS
        else None,
    )
    if format in _FEEDS:
        values: Iterable[object]
        if what == "statements":
            values = archive.search(query, limit=_IN_A_FEED).hits
        elif what == "utterances":
            heads = archive.utterances(_list(request) or "repeated", query=query, limit=_IN_A_FEED)
            values = (archive.statement(head.statement) for head in heads)
        else:
            values = (archive.article(head.id) for head in archive.heads(limit=_IN_A_FEED))
        body = encoded(chosen.of(values, options, lookup_in(archive)))
        return StreamingResponse(body, media_type=chosen.media_type)
    name = f'attachment; filename="quotidian-{what}{chosen.ending}"'
    if what == "utterances" and (one_id := request.query_params.get("id")):
        pieces = encoded(chosen.of([archive.utterance(one_id)], options, lookup_in(archive)))
    elif what == "utterances" and (list_ := _list(request)):
        pieces = encoded(chosen.of(_listed(archive, list_, query), options, lookup_in(archive)))
    else:
        pieces = chunks(archive, what, format, query, options)
    # What fails at once fails before the answer begins, so that it is a page that says why.
    streamed = _begun(pieces)
    return StreamingResponse(streamed, media_type=chosen.media_type, headers={"content-disposition": name})


def _list(request: Request) -> UtteranceList | None:
    given = request.query_params.get("list")
    return given if given in get_args(UtteranceList) else None  # type: ignore[return-value]


def _listed(archive: Archive, list_: UtteranceList, query: str) -> Iterator[Utterance]:
    """A list of utterances in its order, all of it."""
    offset = 0
    while heads := archive.utterances(list_, query=query, limit=_AT_ONCE, offset=offset):
        yield from (archive.utterance(head.id) for head in heads)
        offset += _AT_ONCE


def cite_statement(request: Request) -> Response:
    """A statement's citation."""
    hit = archive_of(request).statement(id_of(request))
    return _citation(request, one(hit, settings_of(request).base_url), f"statement-{hit.id}")


def cite_article(request: Request) -> Response:
    """An article's citation."""
    stored = archive_of(request).article(id_of(request))
    cited = one_article(stored, settings_of(request).base_url)
    return _citation(request, cited, f"article-{stored.head.id}")


def _citation(request: Request, citation: Citation, name: str) -> Response:
    ending = request.path_params["ending"]
    if ending not in _CITATIONS:
        raise HTTPException(404, f"There is no citation as {ending}; there are {', '.join(_CITATIONS)}.")
    field, media_type = _CITATIONS[ending]
    how = "inline" if ending == "txt" else "attachment"
    return Response(
        getattr(citation, field).encode("utf-8", "replace"),
        media_type=media_type,
        headers={"content-disposition": f'{how}; filename="quotidian-{name}.{ending}"'},
    )


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first of them already made."""
    first = next(pieces, b"")
    return chain((first,), pieces)


routes = [
    Route("/export/{what}.{format}", export, name="export"),
    Route("/statements/{id:int}/cite.{ending}", cite_statement, name="cite_statement"),
    Route("/articles/{id:int}/cite.{ending}", cite_article, name="cite_article"),
]
