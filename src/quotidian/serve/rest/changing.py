"""What can be done to the archive, and who comes in to do it."""

from __future__ import annotations

from dataclasses import replace

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from quotidian import reading
from quotidian.errors import Refused
from quotidian.serve.access.entering import Denied, enter
from quotidian.serve.access.roles import insist, role_for
from quotidian.serve.access.settings import Settings
from quotidian.serve.access.visit import Visit
from quotidian.serve.joining import join_at_once
from quotidian.serve.pending import Desk
from quotidian.serve.rest.decisions import Decision, review_of
from quotidian.serve.rest.parameters import AnOwner, AReader, AReviewer, Id
from quotidian.serve.rest.records import record
from quotidian.serve.rest.shapes import Me, Nothing, Password, Reading, Session, ToRead
from quotidian.store.archive import Archive
from quotidian.store.values import Review
from quotidian.types import Article


def changing(archive: Archive, settings: Settings, desk: Desk) -> APIRouter:
    """The operations that change something, or take long."""
    routes = APIRouter()

    @routes.post("/reviews", status_code=201, tags=["reviews"])
    def review(request: Request, by: AReviewer, decision: Decision) -> Review:
        """Keep a decision and do what it says. It carries your name and stays in the log.

        Needs the role reviewer; to suppress, or to take that back, owner.
        """
        made = review_of(decision, by.name)
        insist(request, role_for(archive, made))
        return archive.review(made)

    @routes.post("/read", tags=["articles"])
    def read(request: Request, by: AReader, given: ToRead) -> Reading:
        """Read a text, or the page at an address, and give its statements.

        Nothing of it is kept, unless `keep` says so; that needs the role reviewer.
        """
        if given.keep:
            insist(request, "reviewer")
        article = _read(given, settings, desk)
        kept = archive.add(article) if given.keep else None
        if kept is not None:
            join_at_once(archive, desk)
        return Reading(article=record(article), kept=kept)

    @routes.delete("/articles/{id}", status_code=204, tags=["articles"], response_class=Response)
    def delete(_: AnOwner, id: Id) -> None:
        """Take an article out, with its versions, its statements and the words in their reviews.

        Needs the role owner, and cannot be undone.
        """
        archive.delete(id)

    @routes.post("/login", tags=["access"])
    async def log_in(request: Request, given: Password) -> Session:
        """Get a token. Where the reading room needs no login, none is needed here."""
        outcome = await enter(request, given.name, given.password)
        if isinstance(outcome, Denied):
            raise HTTPException(outcome.status, outcome.why, outcome.headers)
        return Session(token=outcome.token)

    @routes.post("/logout", status_code=204, tags=["access"], response_class=Response)
    async def log_out(request: Request, _: AReader, nothing: Nothing) -> None:
        """End the session of the token that this is sent with."""
        visit: Visit = request.state.visit
        if visit.token is not None:
            await run_sync(archive.log_out, visit.token)

    @routes.get("/me", tags=["access"])
    def me(by: AReader) -> Me:
        """Who you are here, and what you may do."""
        return Me(name=by.name, role=by.role)

    return routes


def _read(given: ToRead, settings: Settings, desk: Desk) -> Article:
    """What a reader makes of it.

    Raises:
        InputError: it cannot be read.
    """
    if not desk.reads:
        raise HTTPException(503, "This reading room reads no new texts: it was started without a reader.")
    about = {
        name: value
        for name in ("id", "url", "outlet", "title", "published")
        if (value := getattr(given, name)) is not None
    }
    if given.text is not None:
        text = given.text
        return desk.read(lambda reader: reader.read_text(text, **about))
    if not settings.allow_addresses:
        raise Refused("this reading room fetches no addresses: send the text instead")
    # Fetched before the reader is asked for, so that a slow site holds up nobody else.
    article = replace(reading.article(given.address or ""), **about)
    if given.published is not None:
        article = replace(article, published_from="given")
    return desk.read(lambda reader: reader.attributed(article))
