"""Articles: all of them, one with its statements, and what changed between its versions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.errors import ReviewRefused
from quotidian.serve.access.answers import sentence
from quotidian.serve.access.roles import insist
from quotidian.serve.pages.decided import notice
from quotidian.serve.requests import (
    EMPTY,
    Form,
    archive_of,
    id_of,
    page_number,
    posted,
    see,
    whole_number,
)
from quotidian.serve.shown import corrections, marked
from quotidian.serve.shown.changes import changes
from quotidian.serve.shown.choices import CHOICES
from quotidian.serve.shown.listing import lines
from quotidian.serve.shown.words import web_address
from quotidian.serve.templating import page
from quotidian.store.values import Head, Outlet, Review
from quotidian.write.html.markup import Places
from quotidian.write.people import people

PER_PAGE = 50


def articles(request: Request) -> Response:
    """All articles, the last published first; those of one outlet where one is asked for."""
    number = page_number(request)
    given = request.query_params.get("outlet")
    outlet = whole_number(given, "outlet") if given else None
    heads = archive_of(request).heads(outlet=outlet, limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE)
    return page(
        request,
        "articles.html",
        heads=heads[:PER_PAGE],
        outlet=_outlet(request, outlet, heads) if outlet is not None else None,
        number=number,
        more=len(heads) > PER_PAGE,
    )


def article(request: Request) -> Response:
    """The text with its statements beside it."""
    id, version = id_of(request), _version(request)
    archive = archive_of(request)
    stored = archive.article(id, version)
    story = archive.story_of(id)
    listed = lines(stored.article, stored.hits)
    text = marked.article_text(stored.article, [line.anchor for line in listed], Places(stored.article, 1))
    return page(
        request,
        "article.html",
        stored=stored,
        head=stored.head,
        lines=listed,
        text=text,
        reported=archive.reported([hit.id for hit in stored.hits]),
        story=archive.story(story).head if story is not None else None,
        copies=[one for one in archive.copies(id) if one.through is None],
        people=people(stored.article),
        source=web_address(stored.head.url),
        kept=request.query_params.get("kept", ""),
        notice=notice(request),
        old=version is not None and version < stored.head.versions,
    )


def compared(request: Request) -> Response:
    """What changed from one version to the next."""
    id = id_of(request)
    to = whole_number(request.query_params.get("to") or "0", "to") or None
    later = archive_of(request).article(id, to)
    from_ = whole_number(request.query_params.get("from") or str(max(1, later.head.version - 1)), "from")
    earlier = archive_of(request).article(id, from_)
    return page(
        request,
        "changes.html",
        earlier=earlier,
        later=later,
        changes=changes(earlier.article.text, later.article.text),
        titles=changes(earlier.head.title or "", later.head.title or ""),
    )


def add(request: Request) -> Response:
    """A form for a statement that the machine missed."""
    insist(request, "reviewer")
    return _add(request, EMPTY)


def added(request: Request, form: Form) -> Response:
    """Add the statement."""
    user = insist(request, "reviewer")
    stored = archive_of(request).article(id_of(request))
    try:
        if form("version") != str(stored.head.version):
            raise corrections.Unfit(
                "The article changed since the form was opened: select the words in the text as it is now."
            )
        payload = corrections.addition(form, stored)
        review = archive_of(request).review(
            Review(kind="add", by=user.name, article=stored.head.id, payload=payload)
        )
    except (corrections.Unfit, ReviewRefused) as error:
        return _add(request, form, 400, sentence(str(error)))
    return see(f"/articles/{stored.head.id}", done=review.id)


def delete(request: Request, form: Form) -> Response:
    """Take an article out of the archive."""
    insist(request, "owner")
    id = id_of(request)
    if form("sure") != "1":
        return see(f"/articles/{id}#delete")
    archive_of(request).delete(id)
    return see("/articles", deleted=id)


def _add(request: Request, form: Form, status: int = 200, error: str = "") -> Response:
    stored = archive_of(request).article(id_of(request))
    return page(
        request,
        "add_statement.html",
        status,
        stored=stored,
        head=stored.head,
        text=marked.plain_text(stored.article.text),
        form=form,
        error=error,
        lines_of=lambda passage: "",
        choices=CHOICES,
        people=corrections.choices(stored),
    )


def _outlet(request: Request, id: int, heads: tuple[Head, ...]) -> Outlet:
    """Whose articles these are; an outlet without any is asked for by itself."""
    known = next((head.outlet for head in heads if head.outlet), None)
    return known or archive_of(request).outlet(id).outlet


def _version(request: Request) -> int | None:
    given = request.query_params.get("version")
    return whole_number(given, "version") if given else None


routes = [
    Route("/articles", articles, name="articles"),
    Route("/articles/{id:int}", article, name="article"),
    Route("/articles/{id:int}/changes", compared, name="changes"),
    Route("/articles/{id:int}/add", add, name="add_statement"),
    Route("/articles/{id:int}/add", posted(added), methods=["POST"]),
    Route("/articles/{id:int}/delete", posted(delete), methods=["POST"]),
]
