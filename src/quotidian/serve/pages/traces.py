"""Traces: the reports of one act of saying, in lists and one by one, and what people decide of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.errors import NotInArchive
from quotidian.serve.access.roles import insist
from quotidian.serve.joining import join
from quotidian.serve.pages.decided import notice
from quotidian.serve.requests import (
    Form,
    archive_of,
    back,
    chosen,
    desk_of,
    id_of,
    page_number,
    posted,
    see,
)
from quotidian.serve.shown import terms
from quotidian.serve.shown.decisions import Decision, decisions
from quotidian.serve.shown.way import PASSED, way
from quotidian.serve.templating import page
from quotidian.store.archive import Archive
from quotidian.store.values import Review, ReviewKind, Utterance, UtteranceList
from quotidian.told import traces
from quotidian.told.lanes import lanes

PER_PAGE = 20
LISTS: dict[UtteranceList, tuple[str, str]] = {
    "repeated": ("Most repeated", "What most outlets report."),
    "changed": ("Most changed", "What was reported with other words, those most often changed first."),
    "only": ("In one outlet only", "What no other outlet of this archive reports, the latest first."),
    "unsourced": (
        "Source lost",
        "What began with a named speaker, and goes on in reports that no longer name one.",
    ),
}
# The key of a statement; that of a later sentence of it has its number behind.
_ID = re.compile(r"[0-9a-f]{16}(/[1-9][0-9]{0,3})?", re.ASCII)
_ASKED = 40  # statements whose decisions are looked up


def utterances(request: Request) -> Response:
    """One of the lists, of all or of what a query finds."""
    archive, number = archive_of(request), page_number(request)
    query = request.query_params.get("q", "")
    list_: UtteranceList = chosen(request, "list", dict.fromkeys(LISTS, ""), "repeated")  # type: ignore[assignment]
    found = archive.utterances(list_, query=query, limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE)
    return page(
        request,
        "utterances.html",
        query=query,
        list=list_,
        lists=LISTS,
        heads=found[:PER_PAGE],
        number=number,
        more=len(found) > PER_PAGE,
        chips=terms.chips(query),
        waiting=archive.unjoined(),
        notice=notice(request),
    )


def utterance(request: Request) -> Response:
    """The trace of one act of saying."""
    archive, id = archive_of(request), request.path_params["id"]
    if not _ID.fullmatch(id):
        raise NotInArchive("There is no utterance of this name in the archive.")
    found = archive.utterance(id)
    listed = traces.told(found)
    speaker = found.head.speaker
    return page(
        request,
        "utterance.html",
        utterance=found,
        head=found.head,
        first=listed[0],
        reports=listed,
        rivals=traces.rivals(listed),
        speakers=traces.speakers(found),
        named=traces.named,
        said=traces.days_said(found),
        lanes=lanes(found.reports),
        way=way(found.reports, speaker.name if speaker else "Who spoke"),
        passed=PASSED,
        joints=traces.joined(found),
        against=traces.against(found, listed),
        others=[archive.utterance(other).head for other in found.others],
        history=_history(archive, found),
        notice=notice(request),
    )


def trace(request: Request) -> Response:
    """The trace of a statement; where its sentences are reported apart, a page with all of them."""
    archive, id = archive_of(request), id_of(request)
    hit = archive.statement(id)
    ids = archive.utterances_of(id)
    if len(ids) == 1:
        return see(f"/utterances/{ids[0]}", done=request.query_params.get("done"))
    return page(
        request,
        "trace.html",
        hit=hit,
        heads=[archive.utterance(one).head for one in ids],
        waiting=archive.unjoined(),
        notice=notice(request),
    )


def same_utterance(request: Request, form: Form) -> Response:
    """This statement and another report one act of saying."""
    return _decide(request, form, "same_utterance")


def other_utterance(request: Request, form: Form) -> Response:
    """This statement and another do not report one act of saying."""
    return _decide(request, form, "other_utterance")


def join_all(request: Request, form: Form) -> Response:
    """Join the articles that wait."""
    insist(request, "owner")
    join(archive_of(request), desk_of(request))
    return see(back(form("next"), "/utterances"))


def _decide(request: Request, form: Form, kind: ReviewKind) -> Response:
    user = insist(request, "reviewer")
    id = id_of(request)
    payload = {"other": form.number("other")}
    made = archive_of(request).review(Review(kind=kind, by=user.name, statement=id, payload=payload))
    return see(back(form("next"), f"/statements/{id}/trace"), done=made.id)


def _history(archive: Archive, of: Utterance) -> tuple[Decision, ...]:
    """What people decided about these statements' being one act of saying or two, the last first."""
    statements = [one.hit.id for one in of.reports] + [hit.id for hit, _ in of.conflicting]
    made: dict[int, Review] = {}
    for id in statements[:_ASKED]:
        made.update({review.id or 0: review for review in archive.reviews(statement=id)})
    ordered = [made[id] for id in sorted(made, reverse=True)]
    return tuple(_of_utterances(decisions(ordered)))


def _of_utterances(made: Iterable[Decision]) -> Iterable[Decision]:
    return (one for one in made if one.review.kind in ("same_utterance", "other_utterance"))


routes = [
    Route("/utterances", utterances, name="utterances"),
    Route("/utterances/{id:path}", utterance, name="utterance"),
    Route("/statements/{id:int}/trace", trace, name="trace"),
    Route("/statements/{id:int}/same_utterance", posted(same_utterance), methods=["POST"]),
    Route("/statements/{id:int}/other_utterance", posted(other_utterance), methods=["POST"]),
    Route("/join", posted(join_all), methods=["POST"]),
]
