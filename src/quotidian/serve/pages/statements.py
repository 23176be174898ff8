"""One statement, for good at one address: all that is known of it, and what people decided."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.errors import ReviewRefused
from quotidian.serve.access.answers import sentence
from quotidian.serve.access.roles import insist
from quotidian.serve.pages.decided import notice
from quotidian.serve.requests import EMPTY, Form, archive_of, back, id_of, posted, see
from quotidian.serve.shown import corrections, marked
from quotidian.serve.shown.choices import CHOICES
from quotidian.serve.shown.decisions import decisions
from quotidian.serve.shown.listing import because
from quotidian.serve.templating import page
from quotidian.store.values import Hit, Review, ReviewKind, StoredArticle


def statement(request: Request) -> Response:
    """Everything about one statement."""
    return shown(request, EMPTY)


def accept(request: Request, form: Form) -> Response:
    """It is right as it is."""
    return _decide(request, form, "accept")


def reject(request: Request, form: Form) -> Response:
    """It is no statement at all."""
    return _decide(request, form, "reject")


def correct(request: Request, form: Form) -> Response:
    """Something about it is other than the machine said."""
    user = insist(request, "reviewer")
    archive = archive_of(request)
    hit = archive.statement(id_of(request))
    stored = archive.article(hit.article.id, hit.article.version)
    try:
        payload = corrections.correction(form, hit, stored)
        review = archive.review(Review(kind="correct", by=user.name, statement=hit.id, payload=payload))
    except (corrections.Unfit, ReviewRefused) as error:
        return shown(request, form, 400, sentence(str(error)))
    return see(back(form("next"), f"/statements/{hit.id}"), done=review.id)


def shown(request: Request, form: Form, status: int = 200, error: str = "") -> Response:
    """The page, with a form as it was filled in."""
    archive = archive_of(request)
    hit = archive.statement(id_of(request))
    stored = archive.article(hit.article.id, hit.article.version)
    told = corrections.statement_of(hit, stored)
    where = f"/articles/{hit.article.id}"
    if hit.article.version != hit.article.versions:
        where += f"?version={hit.article.version}"
    offset, text = marked.around(stored.article.text, hit)
    return page(
        request,
        "statement.html",
        status,
        hit=hit,
        stored=stored,
        reported=archive.reported([one.id for one in stored.hits]),
        because=because(told, stored.article.text, where) if told else (),
        inside=[one for one in stored.hits if one.parent == hit.id],
        parent=next((one for one in stored.hits if one.id == hit.parent), None),
        where=where,
        offset=offset,
        text=text,
        history=decisions(archive.reviews(statement=hit.id)),
        notice=notice(request),
        **filled(form, hit, stored, error),
    )


def filled(form: Form, hit: Hit, stored: StoredArticle, error: str = "") -> dict[str, object]:
    """What the form for corrections shows."""
    text = stored.article.text
    return {
        "form": form,
        "error": error,
        "found": corrections.found(corrections.statement_of(hit, stored)),
        "lines_of": lambda passage: corrections.lines(passage, text),
        "choices": CHOICES,
        "people": corrections.choices(stored),
    }


def _decide(request: Request, form: Form, kind: ReviewKind) -> Response:
    user = insist(request, "reviewer")
    made = archive_of(request).review(Review(kind=kind, by=user.name, statement=id_of(request)))
    return see(back(form("next"), f"/statements/{made.statement}"), done=made.id)


routes = [
    Route("/statements/{id:int}", statement, name="statement"),
    Route("/statements/{id:int}/accept", posted(accept), methods=["POST"]),
    Route("/statements/{id:int}/reject", posted(reject), methods=["POST"]),
    Route("/statements/{id:int}/correct", posted(correct), methods=["POST"]),
]
