"""The log of what people decided, and taking a decision back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.serve.access.roles import insist, role_for
from quotidian.serve.requests import Form, archive_of, back, id_of, page_number, posted, see
from quotidian.serve.shown.decisions import Decision, decisions
from quotidian.serve.templating import page
from quotidian.store.values import Review

PER_PAGE = 100
_RECENT = 50


def log(request: Request) -> Response:
    """All decisions, the last first."""
    number = page_number(request)
    # One page more, so that a decision taken back a page earlier is known as such.
    found = archive_of(request).reviews(limit=number * PER_PAGE + 1)
    made = decisions(found)
    return page(
        request,
        "log.html",
        decisions=made[(number - 1) * PER_PAGE : number * PER_PAGE],
        number=number,
        more=len(found) > number * PER_PAGE,
        notice=notice(request),
    )


def undo(request: Request, form: Form) -> Response:
    """Take a decision back."""
    user = insist(request, "reader")
    review = Review(kind="undo", by=user.name, undoes=id_of(request))
    insist(request, role_for(archive_of(request), review))
    made = archive_of(request).review(review)
    return see(back(form("next"), "/log"), done=made.id)


def notice(request: Request) -> Decision | None:
    """What was done just now, where the address says so: in the words of the log, never the address's own."""
    given = request.query_params.get("done", "")
    if not (given.isascii() and given.isdecimal()):
        return None
    recent = decisions(archive_of(request).reviews(limit=_RECENT))
    return next((one for one in recent if str(one.review.id) == given), None)


routes = [Route("/log", log, name="log"), Route("/reviews/{id:int}/undo", posted(undo), methods=["POST"])]
