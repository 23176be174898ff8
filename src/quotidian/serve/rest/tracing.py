"""Traces: utterances, stories and copies as they are asked for, and joining what waits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from quotidian.errors import NotInArchive
from quotidian.serve.joining import join
from quotidian.serve.pending import Desk
from quotidian.serve.rest.parameters import AnOwner, AReader, Id, Limit, Page, Skipped, Words, page
from quotidian.serve.rest.shapes import Nothing, Waiting
from quotidian.store.archive import Archive
from quotidian.store.values import (
    CopyOf,
    Joined,
    Story,
    StoryHead,
    Utterance,
    UtteranceHead,
    UtteranceList,
)

UtteranceId = Annotated[
    str,
    Path(
        pattern=r"^[0-9a-f]{16}(/[1-9][0-9]{0,3})?$",
        description="The id of an utterance, or the key of one of its reports.",
    ),
]
WhichList = Annotated[
    UtteranceList,
    Query(
        description="`repeated`: most outlets first; `changed`: most changed reports first; `only`: what one "
        "outlet alone has, the latest first; `unsourced`: later reports do not name the speaker whom the "
        "first one names."
    ),
]


def tracing(archive: Archive, desk: Desk) -> APIRouter:
    """The operations about what one statement has to do with others."""
    routes = APIRouter()

    @routes.get("/utterances", tags=["traces"])
    def utterances(
        request: Request,
        _: AReader,
        list: WhichList = "repeated",
        q: Words = "",
        limit: Limit = 20,
        offset: Skipped = 0,
    ) -> Page[UtteranceHead]:
        """Acts of saying, each with all its reports; of those with a report that a query finds."""
        found = archive.utterances(list, query=q, limit=limit + 1, offset=offset)
        return page(request, found, limit, offset)

    @routes.get("/utterances/{id:path}", tags=["traces"])
    def utterance(_: AReader, id: UtteranceId) -> Utterance:
        """The trace of one act of saying.

        Its reports in the order in which they appeared, how each differs from the first, whom each
        credits, what joins them, and what contradicts them and is kept apart.
        """
        return archive.utterance(id)

    @routes.get("/statements/{id}/utterances", tags=["traces"])
    def utterances_of(_: AReader, id: Id) -> tuple[Utterance, ...]:
        """The utterances that a statement reports; none while its article waits to be joined."""
        return tuple(archive.utterance(one) for one in archive.utterances_of(id))

    @routes.get("/stories", tags=["traces"])
    def stories(request: Request, _: AReader, limit: Limit = 50, offset: Skipped = 0) -> Page[StoryHead]:
        """Articles of one event, grouped; the latest first."""
        return page(request, archive.stories(limit=limit + 1, offset=offset), limit, offset)

    @routes.get("/stories/{id}", tags=["traces"])
    def story(_: AReader, id: Id) -> Story:
        """The articles of one event.

        Stories change as articles come: keep the articles' numbers, not the story's.
        """
        return archive.story(id)

    @routes.get("/articles/{id}/story", tags=["traces"])
    def story_of(_: AReader, id: Id) -> Story:
        """The story that an article is of; 404 where no other article is of it."""
        archive.article(id)
        found = archive.story_of(id)
        if found is None:
            raise NotInArchive(f"article {id} is of no story that others are of too")
        return archive.story(found)

    @routes.get("/articles/{id}/copies", tags=["traces"])
    def copies(_: AReader, id: Id) -> tuple[CopyOf, ...]:
        """The articles that have text in common with this one: how much of each, and where it stands."""
        archive.article(id)
        return archive.copies(id)

    @routes.get("/join", tags=["traces"])
    def waiting(_: AReader) -> Waiting:
        """How many articles wait to be joined to the rest: they are in no trace yet."""
        return Waiting(articles=archive.unjoined())

    @routes.post("/join", tags=["traces"])
    def join_all(_: AnOwner, nothing: Nothing) -> Joined:
        """Join all articles that wait. Needs the role owner; it may take long.

        What is read here with `keep` is joined at once.
        """
        return join(archive, desk)

    return routes
