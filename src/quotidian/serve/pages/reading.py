"""Read: a box for a text or an address, and its statements at once, to keep in the archive or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian import reading
from quotidian.errors import InputError, ModelError
from quotidian.serve.access.answers import sentence
from quotidian.serve.access.roles import insist
from quotidian.serve.joining import join_at_once
from quotidian.serve.requests import EMPTY, Form, archive_of, desk_of, posted, see, settings_of
from quotidian.serve.shown import marked
from quotidian.serve.shown.listing import lines
from quotidian.serve.shown.words import web_address
from quotidian.serve.templating import page
from quotidian.types import Article
from quotidian.write.html.markup import Places

# Characters: a long report, not a book, and in any script below the 1 MiB that one field of a form may have.
LONGEST_TEXT = 100_000
_LONGEST_FIELD = 500


class _Unfit(ValueError):
    """What was filled in cannot be read; the message says what to change."""


def box(request: Request) -> Response:
    """The empty box."""
    return _box(request, EMPTY)


def read(request: Request, form: Form) -> Response:
    """Read what is in the box, and go to what was found."""
    user = insist(request, "reader")
    try:
        article = _read(request, form)
    except (_Unfit, InputError) as error:
        return _box(request, form, 400, sentence(str(error)))
    except ModelError as error:
        return _box(request, form, 503, str(error))
    return see(f"/read/{desk_of(request).pending.put(article, user.name)}")


def found(request: Request) -> Response:
    """What was found in a text that is not in the archive."""
    article = _waiting(request)
    places = Places(article, 1)
    listed = lines(article)
    return page(
        request,
        "read_result.html",
        article=article,
        token=request.path_params["token"],
        known=archive_of(request).knows(article),
        lines=listed,
        text=marked.article_text(article, [line.anchor for line in listed], places),
        source=web_address(article.url),
    )


def keep(request: Request, form: Form) -> Response:
    """Put what was read into the archive."""
    user = insist(request, "reviewer")
    added = archive_of(request).add(_waiting(request))
    join_at_once(archive_of(request), desk_of(request))
    desk_of(request).pending.drop(request.path_params["token"], user.name)
    return see(f"/articles/{added.article}", kept=added.outcome)


def drop(request: Request, form: Form) -> Response:
    """Forget what was read."""
    user = insist(request, "reader")
    desk_of(request).pending.drop(request.path_params["token"], user.name)
    return see("/read", dropped=1)


def _box(request: Request, form: Form, status: int = 200, error: str = "") -> Response:
    desk = desk_of(request)
    return page(
        request,
        "read.html",
        status,
        form=form,
        error=error,
        reads=desk.reads,
        addresses=settings_of(request).allow_addresses,
        longest=LONGEST_TEXT,
        dropped=bool(request.query_params.get("dropped")),
    )


def _waiting(request: Request) -> Article:
    user = insist(request, "reader")
    found = desk_of(request).pending.get(request.path_params["token"], user.name)
    if found is None:
        raise HTTPException(
            404, "What was read is no longer held: it waits for an hour at most. Read it again."
        )
    return found


def _read(request: Request, form: Form) -> Article:
    desk = desk_of(request)
    if not desk.reads:
        raise _Unfit("This reading room reads no new texts; it was started without a reader.")
    text, url = form("text"), form("address").strip()
    about = {name: form(name).strip()[:_LONGEST_FIELD] or None for name in ("title", "outlet", "published")}
    _check_day(about["published"])
    if text.strip() and url:
        raise _Unfit("There are a text and an address: give one of them.")
    if not text.strip() and not url:
        raise _Unfit("There is nothing to read: paste a text, or give an address.")
    if text.strip():
        if len(text) > LONGEST_TEXT:
            raise _Unfit(
                f"The text has {len(text):,} characters; {LONGEST_TEXT:,} can be read here. "
                "Longer ones are added at the command line: quotidian add."
            )
        title, outlet, published = about["title"], about["outlet"], about["published"]
        return desk.read(
            lambda reader: reader.read_text(text, title=title, outlet=outlet, published=published)
        )
    if not settings_of(request).allow_addresses:
        raise _Unfit("This reading room fetches no addresses: paste the text instead.")
    # Anything else would be taken for the path of a file on the server.
    if not web_address(url):
        raise _Unfit("This is no address of a page: it begins with http:// or https://.")
    article = reading.article(url)
    fetched = replace(
        article,
        title=about["title"] or article.title,
        outlet=about["outlet"] or article.outlet,
        published=about["published"] or article.published,
        published_from="given" if about["published"] else article.published_from,
    )
    return desk.read(lambda reader: reader.attributed(fetched))


def _check_day(given: str | None) -> None:
    try:
        if given:
            date.fromisoformat(given[:10])
    except ValueError:
        raise _Unfit(f"“{given}” is no day: write it like 2026-03-05.") from None


routes = [
    Route("/read", box, name="read"),
    Route("/read", posted(read), methods=["POST"]),
    Route("/read/{token}", found, name="read_result"),
    Route("/read/{token}/keep", posted(keep), methods=["POST"]),
    Route("/read/{token}/drop", posted(drop), methods=["POST"]),
]
