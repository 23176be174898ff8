"""What can be asked of the archive."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request

from quotidian.export import FORMATS
from quotidian.serve.rest.parameters import (
    DEEPEST,
    AReader,
    Id,
    Limit,
    Name,
    Number,
    Page,
    Skipped,
    Words,
    following,
    page,
)
from quotidian.serve.rest.shapes import ArticleRead, Export, Found
from quotidian.store.archive import Archive, Sort
from quotidian.store.values import (
    Appearance,
    Counts,
    Edge,
    EntityHead,
    Head,
    Hit,
    OutletPage,
    Pair,
    PairState,
    Review,
    StoredEntity,
)
from quotidian.types import MentionType

WithText = Annotated[bool, Query(description="Whether the whole text comes too.")]
OfEntity = Annotated[Number | None, Query(description="Only those of this entity.")]

MostEdges = Annotated[int, Query(ge=1, le=10_000, description="The strongest; an export as GEXF has all.")]


def looking(archive: Archive) -> APIRouter:
    """The operations that change nothing; each needs the role reader."""
    routes = APIRouter()

    @routes.get("/statements", tags=["search"])
    def search(
        request: Request,
        _: AReader,
        q: Words = "",
        sort: Sort = "-day",
        limit: Limit = 20,
        offset: Skipped = 0,
    ) -> Found:
        """Search statements: a page of them, with facets and a timeline. Any string is a query."""
        found = archive.search(q, sort=sort, limit=limit, offset=offset)
        more = offset + limit < found.total and offset + limit <= DEEPEST
        return Found(
            query=found.query,
            total=found.total,
            items=found.hits,
            next=following(request, offset + limit) if more else None,
            facets=dict(found.facets),
            timeline=found.timeline,
            notes=found.notes,
        )

    @routes.get("/statements/{id}", tags=["statements"])
    def statement(_: AReader, id: Id) -> Hit:
        """One statement, as it stands now."""
        return archive.statement(id)

    @routes.get("/queue", tags=["reviews"])
    def queue(
        request: Request, _: AReader, q: Words = "", limit: Limit = 20, offset: Skipped = 0
    ) -> Page[Hit]:
        """Statements that nobody has reviewed, the least sure first."""
        return page(request, archive.queue(query=q, limit=limit + 1, offset=offset), limit, offset)

    @routes.get("/articles", tags=["articles"])
    def articles(
        request: Request,
        _: AReader,
        outlet: Annotated[Number | None, Query(description="Only those of this outlet.")] = None,
        own_id: Annotated[
            str | None,
            Query(max_length=500, pattern=r"^[^\x00]*$", description="Only those of this id of their own."),
        ] = None,
        limit: Limit = 50,
        offset: Skipped = 0,
    ) -> Page[Head]:
        """Articles, the last published first."""
        if own_id is not None:
            all_of_it = tuple(
                head for head in archive.find(own_id) if outlet in (None, head.outlet and head.outlet.id)
            )
            some = all_of_it[offset : offset + limit + 1]
            return page(request, some, limit, offset, len(all_of_it))
        total = archive.counts().articles if outlet is None else None
        heads = archive.heads(outlet=outlet, limit=limit + 1, offset=offset)
        return page(request, heads, limit, offset, total)

    @routes.get("/articles/{id}", tags=["articles"])
    def article(_: AReader, id: Id, text: WithText = False) -> ArticleRead:
        """An article in its current version, with its statements."""
        return ArticleRead.of(archive.article(id), text)

    @routes.get("/articles/{id}/versions/{version}", tags=["articles"])
    def article_version(_: AReader, id: Id, version: Id, text: WithText = False) -> ArticleRead:
        """An article in one of its versions: 1, 2 …; `head.versions` says how many there are."""
        return ArticleRead.of(archive.article(id, version), text)

    @routes.get("/entities", tags=["entities"])
    def entities(
        request: Request,
        _: AReader,
        name: Name = "",
        type: Annotated[MentionType | None, Query(description="Only those of this type.")] = None,
        limit: Limit = 50,
        offset: Skipped = 0,
    ) -> Page[EntityHead]:
        """People, organisations, groups and places, those with most statements first."""
        total = archive.counts().entities if not name and type is None else None
        found = archive.entities(name, type=type, limit=limit + 1, offset=offset)
        return page(request, found, limit, offset, total)

    @routes.get("/entities/{id}", tags=["entities"])
    def entity(_: AReader, id: Id) -> StoredEntity:
        """An entity: names, offices, labels and who uses them. One that was merged says into which."""
        return archive.entity(id)

    @routes.get("/entities/{id}/appearances", tags=["entities"])
    def appearances(
        request: Request, _: AReader, id: Id, limit: Limit = 50, offset: Skipped = 0
    ) -> Page[Appearance]:
        """The articles in which an entity appears, the last first, and why each is taken to be it."""
        total = archive.entity(id).articles
        found = archive.appearances(id, limit=limit + 1, offset=offset)
        return page(request, found, limit, offset, total)

    @routes.get("/pairs", tags=["entities"])
    def pairs(
        request: Request,
        _: AReader,
        state: PairState = "unsure",
        entity: OfEntity = None,
        limit: Limit = 50,
        offset: Skipped = 0,
    ) -> Page[Pair]:
        """Pairs of entities that may be one, the likeliest first."""
        total = archive.counts().unsure_pairs if state == "unsure" and entity is None else None
        found = archive.pairs(state, entity=entity, limit=limit + 1, offset=offset)
        return page(request, found, limit, offset, total)

    @routes.get("/edges", tags=["entities"])
    def edges(
        _: AReader,
        q: Words = "",
        entity: Annotated[Number | None, Query(description="Only those around this entity.")] = None,
        limit: MostEdges = 200,
    ) -> tuple[Edge, ...]:
        """Who speaks about whom, how often; those with most statements."""
        return archive.edges(q, entity=entity, limit=limit)

    @routes.get("/outlets", tags=["outlets"])
    def outlets(_: AReader) -> tuple[OutletPage, ...]:
        """All outlets, with their figures."""
        return archive.outlets()

    @routes.get("/outlets/{id}", tags=["outlets"])
    def outlet(_: AReader, id: Id) -> OutletPage:
        """An outlet: whom it quotes, how much of its text is attributed, unnamed, in its own voice."""
        return archive.outlet(id)

    @routes.get("/reviews", tags=["reviews"])
    def reviews(
        request: Request,
        _: AReader,
        statement: Annotated[Number | None, Query(description="Only those of this statement.")] = None,
        entity: OfEntity = None,
        article: Annotated[Number | None, Query(description="Only those of this article.")] = None,
        limit: Limit = 50,
        offset: Skipped = 0,
    ) -> Page[Review]:
        """What people decided, the last first."""
        everything = statement is None and entity is None and article is None
        total = archive.counts().reviews if everything else None
        found = archive.reviews(
            statement=statement, entity=entity, article=article, limit=limit + 1, offset=offset
        )
        return page(request, found, limit, offset, total)

    @routes.get("/counts", tags=["archive"])
    def counts(_: AReader) -> Counts:
        """How much there is."""
        return archive.counts()

    @routes.get("/exports", tags=["archive"])
    def exports(_: AReader, q: Words = "") -> tuple[Export, ...]:
        """The files and feeds to be had of what a query finds: all of it, however much."""
        asked = f"?{urlencode({'q': q})}" if q else ""
        return tuple(
            Export(
                what=what,
                format=format,
                media_type=made.media_type,
                href=f"/export/{what}.{format}{asked}",
            )
            for what, formats in FORMATS.items()
            if what != "reviews"  # training data, from the command line
            for format, made in formats.items()
        )

    return routes
