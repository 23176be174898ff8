"""An invented archive to export, made by hand from the invented articles: no model and no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quotidian.errors import NotInArchive
from quotidian.sentences import sentences
from quotidian.store.values import (
    EntityHead,
    Head,
    Hit,
    Identifier,
    LabelUse,
    Name,
    Named,
    Office,
    Outlet,
    Review,
    Share,
    StoredArticle,
    StoredEntity,
    Utterance,
)
from quotidian.types import Article, Passage, Span, Statement, Who
from write.invented import strike

BASE = "https://archive.example"
HOSTILE = '=HYPERLINK("x")\x00</script>\u2028{%#&_$~^\\}\r\nER  - \x0b😀 “א”'


def head(article: Article, id: int = 7, **changes) -> Head:
    given = {
        "id": id,
        "own_id": article.id,
        "version": 1,
        "versions": 1,
        "url": article.url,
        "outlet": Outlet(3, article.outlet) if article.outlet is not None else None,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "published_day": (article.published or "")[:10] or None,
        "read_at": "2031-03-08T09:15:00Z",
        "model": article.model,
        "reason": article.reason,
    }
    return Head(**{**given, **changes})


def number(entity: str | None) -> int | None:
    """The archive's number of an entity of the article: ``e4`` is 14."""
    return None if entity is None else 10 + int(entity.removeprefix("e"))


def named(who: Who) -> Named:
    return Named(number(who.entity), who.name, who.confidence)


def context(text: str, made: Statement) -> Span:
    """The sentences that hold all of it, as the archive has them."""
    found = made.attribution
    spans = [span for part in (found.source, found.cue, found.content) if part for span in part.spans]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    inside = [span for span in sentences(text) if span.start < end and start < span.end]
    return Span(min([start, *(s.start for s in inside)]), max([end, *(s.end for s in inside)]))


def hit_of(article: Article, made: Statement, id: int, where: Head, **changes) -> Hit:
    found, speaker = made.attribution, made.speaker
    around = context(article.text, made)
    given = {
        "id": id,
        "key": found.id,
        "article": where,
        "source": found.source,
        "cue": found.cue,
        "content": found.content,
        "context": around,
        "words": article.text[around.start : around.end],
        "directness": found.directness,
        "depth": found.depth,
        "parent": None,
        "kind": speaker.kind,
        "speaker": Named(number(speaker.entity), speaker.name, speaker.confidence) if speaker.name else None,
        "also": tuple(map(named, speaker.also)),
        "maybe": tuple(map(named, speaker.maybe)),
        "about": tuple(map(named, made.about)),
        "role": speaker.role.passage.text if speaker.role else None,
        "organisation": speaker.organisation.passage.text if speaker.organisation else None,
        "via": made.via.passage.text if made.via else None,
        "said": made.said.edtf,
        "said_from": made.said.from_,
        "day": (made.said.edtf or "")[-10:] or where.published_day,
        "act": made.act.value,
        "negated": made.act.negated,
        "stance": made.stance.value,
        "confidence": found.confidence,
        "speaker_confidence": speaker.confidence,
        "state": "unreviewed",
        "current": True,
    }
    return Hit(**{**given, **changes})


def stored(article: Article | None = None, id: int = 7, **changes) -> StoredArticle:
    """An article of the archive, its statements numbered from 100 times its own number on."""
    article = article or strike()
    where = head(article, id, **changes)
    hits = tuple(hit_of(article, made, id * 100 + at, where) for at, made in enumerate(article.statements))
    entities = {entity.id: number(entity.id) for entity in article.entities}
    return StoredArticle(where, article, hits, entities, Share(500, 300, 80))


def hits() -> tuple[Hit, ...]:
    return stored().hits


def hit(**changes) -> Hit:
    """A statement of the article, changed where asked."""
    return replace(hits()[1], **changes)


def hostile_hit() -> Hit:
    """A statement all of whose words are an attack on some format."""
    words = f"{HOSTILE} said {HOSTILE}"
    end = len(HOSTILE)
    where = replace(
        hits()[0].article,
        own_id=HOSTILE,
        url="javascript:alert(1)",
        outlet=Outlet(3, HOSTILE),
        title=HOSTILE,
        byline=HOSTILE,
    )
    return hit(
        article=where,
        source=Passage.of(words, [(0, end)]),
        cue=Passage.of(words, [(end + 1, end + 5)]),
        content=Passage.of(words, [(end + 6, len(words))]),
        context=Span(0, len(words)),
        words=words,
        speaker=Named(11, HOSTILE, 0.9),
        about=(Named(12, HOSTILE, 0.9),),
        role=HOSTILE,
    )


def entity(id: int, type: str = "person", name: str = "Mara Lindqvist", **changes) -> StoredEntity:
    given = {
        "names": (Name(name, 4), Name("Lindqvist", 3)),
        "offices": (Office("deputy minister for trade", "Ostmere", "2031-03-04", "2031-03-06", 2),),
        "labels": (
            LabelUse(
                "council of thieves", "description", "quoted", Named(11, "Mara Lindqvist", 1), None, 2, 701, 7
            ),
            LabelUse("HWU", "acronym", "", None, Outlet(3, "The Sarv Tide"), 5, None, 7),
        ),
        "identifiers": (Identifier("wikidata", "Q4242", "Mara Lindqvist", "https://data.example/Q4242"),),
        "articles": 4,
    }
    return StoredEntity(head=EntityHead(id, type, name, "active", None, 9), **{**given, **changes})


class Shelf:
    """An archive of one article as exports see it."""

    def __init__(
        self, *articles: StoredArticle, hidden: tuple[int, ...] = (), reviews: tuple[Review, ...] = ()
    ):
        self.articles = {one.head.id: one for one in articles or (stored(),)}
        self.hidden = hidden
        self.log = reviews
        self.asked: list[str] = []

    def every(self, query: str = "") -> Iterator[Hit]:
        self.asked.append(query)
        for one in self.articles.values():
            yield from one.hits

    def article_ids(self, query: str = "") -> Iterator[int]:
        self.asked.append(query)
        yield from self.articles

    def article(self, id: int) -> StoredArticle:
        return self.articles[id]

    def statement(self, id: int) -> Hit:
        for found in self.every():
            if found.id == id:
                return found
        raise NotInArchive(f"there is no statement {id}")

    def entity(self, id: int) -> StoredEntity:
        if id in self.hidden:
            raise NotInArchive(f"there is no entity {id}")
        for one in self.articles.values():
            for local in one.article.entities:
                if number(local.id) == id:
                    return entity(id, local.type, local.name, names=(Name(local.name, 1),), identifiers=())
        raise NotInArchive(f"there is no entity {id}")

    def entities(self, name: str = "", *, limit: int = 50, offset: int = 0) -> tuple[EntityHead, ...]:
        every = sorted({number(local.id) for one in self.articles.values() for local in one.article.entities})
        shown = [id for id in every if id not in self.hidden]
        return tuple(self.entity(id).head for id in shown[offset : offset + limit])

    def every_utterance(self, query: str = "") -> Iterator[Utterance]:
        from export.traced import utterance  # which is made of what stands above

        return map(utterance, self.every(query))

    def reviews(self, *, article: int | None = None, limit: int | None = 100) -> tuple[Review, ...]:
        return tuple(one for one in self.log if one.article == article)
