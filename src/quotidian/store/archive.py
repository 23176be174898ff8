"""An archive, opened: everything that can be asked of it or done to it, one method each.

The methods hold no logic: each opens a connection and calls the module that does the work. So there
is one door for the command line, the reading room, the API and Python, and one test suite for both
databases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlalchemy import Connection

from quotidian.store import (
    adding,
    deleting,
    entities,
    index,
    keeping,
    log,
    looking,
    outlets,
    people,
    reviewing,
    same,
    search,
    tracing,
)
from quotidian.store.database import Database
from quotidian.store.tracing import checking, copied, lists
from quotidian.store.tracing import looking as traces
from quotidian.store.tracing.window import Vectors
from quotidian.store.values import (
    Added,
    Appearance,
    CopyOf,
    Counts,
    Edge,
    EntityHead,
    Head,
    Hit,
    Joined,
    Outlet,
    OutletPage,
    Pair,
    PairState,
    Results,
    Review,
    Role,
    StoredArticle,
    StoredEntity,
    Story,
    StoryHead,
    User,
    Utterance,
    UtteranceHead,
    UtteranceList,
)
from quotidian.types import Article, MentionType

Sort = Literal["day", "-day", "relevance", "sure", "-sure"]


class Archive:
    """An archive of read articles. Use it as a context manager, or call :meth:`close`.

    One archive may be used by many threads, and by many processes at once; writers wait for each
    other.
    """

    def __init__(self, database: Database):
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections. Nothing has to be saved: what was kept is kept."""
        self._database.close()

    @property
    def location(self) -> str:
        """The file or the address of the database, without a password."""
        return self._database.location

    @property
    def writable(self) -> bool:
        """Whether it can be written from here."""
        return self._database.writable

    # --- adding ------------------------------------------------------------------------------

    def knows(self, article: Article) -> bool:
        """Whether adding this article would change nothing, so that it need not be read by the model."""
        return self.added(article) is not None

    def added(self, article: Article) -> Added | None:
        """The article in the archive, where adding this one would change nothing; else None."""
        with self._database.reading() as connection:
            return same.known(connection, article)

    def add(self, article: Article, *, page: bytes | None = None, at: datetime | None = None) -> Added:
        """Keep a read article. When this returns, it is kept for good.

        Args:
            article: with its statements, as a Reader makes it.
            page: the page as it came, if it is to be kept too.
            at: when it was read; now by default.

        Raises:
            StoreError: the archive cannot be written; nothing of the article is in it.
        """
        with self._database.writing() as connection:
            return adding.add(connection, article, at or datetime.now(UTC), page)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Several articles kept at once or not at all: quicker than one by one."""
        with self._database.writing() as connection:
            yield Batch(connection)

    def reread(self, article: Article, id: int) -> int:
        """Put a newer reading of the current version's text in the place of the old one.

        Reviews stay and win: what people corrected stays corrected, what they rejected rejected.

        Returns:
            How many statements there are now.

        Raises:
            StoreError: the article is not there, or its text is another.
        """
        with self._database.writing() as connection:
            return adding.reread(connection, article, id, datetime.now(UTC))

    def delete(self, *ids: int) -> None:
        """Take articles out, with all their versions, statements and the words in their reviews.

        All of them or none. The words are gone from the file too, but for backups: see
        docs/reference/archive.md.

        Raises:
            NotInArchive: there is none of this number.
        """
        with self._database.writing() as connection:
            deleting.delete_articles(connection, ids)
        self._database.purge()

    # --- looking -----------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How much there is."""
        with self._database.reading() as connection:
            return looking.counts(connection)

    def article(self, id: int, version: int | None = None) -> StoredArticle:
        """An article, in its current version or another.

        Raises:
            NotInArchive: there is none of this number.
        """
        with self._database.reading() as connection:
            return looking.article(connection, id, version)

    def reading(self, id: int) -> Article:
        """The last reading of the current version as the model left it, without reviews.

        Raises:
            NotInArchive: there is none of this number.
        """
        with self._database.reading() as connection:
            return looking.reading(connection, id)

    def page(self, id: int, version: int | None = None) -> bytes | None:
        """The page as it came, where it was kept."""
        with self._database.reading() as connection:
            return looking.page(connection, id, version)

    def heads(self, *, outlet: int | None = None, limit: int = 50, offset: int = 0) -> tuple[Head, ...]:
        """Articles, the last published first."""
        with self._database.reading() as connection:
            return looking.heads(connection, outlet=outlet, limit=limit, offset=offset)

    def find(self, own_id: str) -> tuple[Head, ...]:
        """The articles whose own id (the owner's, or a hash) this is."""
        with self._database.reading() as connection:
            return looking.find(connection, own_id)

    def statement(self, id: int) -> Hit:
        """One statement.

        Raises:
            NotInArchive: there is none of this number.
        """
        with self._database.reading() as connection:
            return looking.statement(connection, id)

    def outlets(self) -> tuple[OutletPage, ...]:
        """All outlets with their figures, without lists."""
        with self._database.reading() as connection:
            return outlets.outlets(connection)

    def outlet(self, id: int) -> OutletPage:
        """An outlet: whom it quotes, how much is attributed, unnamed, in its own voice.

        Raises:
            NotInArchive: there is none of this number.
        """
        with self._database.reading() as connection:
            return outlets.outlet(connection, id)

    # --- searching ---------------------------------------------------------------------------

    def search(self, query: str, *, sort: Sort = "-day", limit: int = 20, offset: int = 0) -> Results:
        """A page of what a query finds, with facets and a timeline. Any string is a query."""
        with self._database.reading() as connection:
            return search.results(connection, query, sort=sort, limit=limit, offset=offset)

    def every(self, query: str = "", *, sort: Sort = "day") -> Iterator[Hit]:
        """All statements that a query finds, in order, however many: for exports."""
        with self._database.reading() as connection:
            yield from search.every(connection, query, sort=sort)

    def article_ids(self, query: str = "") -> Iterator[int]:
        """The articles with a statement that a query finds; all articles for an empty query."""
        with self._database.reading() as connection:
            yield from search.article_ids(connection, query)

    def queue(self, *, query: str = "", limit: int = 20, offset: int = 0) -> tuple[Hit, ...]:
        """Statements nobody has reviewed, the least sure first."""
        with self._database.reading() as connection:
            return search.queue(connection, query, limit=limit, offset=offset)

    # --- entities ----------------------------------------------------------------------------

    def entity(self, id: int) -> StoredEntity:
        """A person, organisation, group or place, with names, offices and labels.

        One that was merged comes back as itself, with ``merged_into`` in its head.

        Raises:
            NotInArchive: there is none of this number, or it is suppressed.
        """
        with self._database.reading() as connection:
            return entities.entity(connection, id)

    def entities(
        self, name: str = "", *, type: MentionType | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[EntityHead, ...]:
        """Active entities, those with most statements first; those whose name has the words given."""
        with self._database.reading() as connection:
            return entities.entities(connection, name, type=type, limit=limit, offset=offset)

    def appearances(
        self, entity: int, *, limit: int | None = None, offset: int = 0
    ) -> tuple[Appearance, ...]:
        """The articles in which an entity appears, the last first, and why each is taken to be it."""
        with self._database.reading() as connection:
            return entities.appearances(connection, entity, limit=limit, offset=offset)

    def pairs(
        self, state: PairState = "unsure", *, entity: int | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[Pair, ...]:
        """Pairs that may be one entity, the likeliest first."""
        with self._database.reading() as connection:
            return entities.pairs(connection, state, entity=entity, limit=limit, offset=offset)

    def edges(self, query: str = "", *, entity: int | None = None, limit: int = 200) -> tuple[Edge, ...]:
        """Who speaks about whom, how often: of all, or of those around one entity."""
        with self._database.reading() as connection:
            return search.edges(connection, query, entity=entity, limit=limit)

    # --- traces ------------------------------------------------------------------------------

    def join(
        self, vectors: Vectors | None = None, *, progress: Callable[[int, int], None] | None = None
    ) -> Joined:
        """Join what was added since the last time to the rest: links, utterances, copies, stories.

        A batch of articles at a time, each kept when it is done; after a kill the next call goes on.

        Args:
            vectors: makes of texts their vectors, ``[texts, dimensions]`` of unit length
                (:meth:`quotidian.pipeline.Reader.vectors`); without it likeness in sense counts for nothing.
            progress: told how many articles are done, and of how many.

        Raises:
            StoreError: the archive cannot be written; the batches before are kept.
        """
        return tracing.join(self._database.writing, vectors, progress, self.unjoined())

    def unjoined(self) -> int:
        """How many articles wait to be joined."""
        with self._database.reading() as connection:
            return tracing.unjoined(connection)

    def join_again(self) -> None:
        """Forget all that joining found: :meth:`join` does it anew. What people said stays."""
        with self._database.writing() as connection:
            tracing.rebuild(connection)

    def utterance(self, id: str) -> Utterance:
        """An act of saying with all its reports, by its id or the key of any of its reports.

        Raises:
            NotInArchive: there is none of this id, or its article waits to be joined.
        """
        with self._database.reading() as connection:
            return traces.utterance(connection, id)

    def utterances_of(self, statement: int) -> tuple[str, ...]:
        """The ids of the utterances that a statement reports; none while its article waits to be joined.

        Raises:
            NotInArchive: there is no such statement.
        """
        with self._database.reading() as connection:
            return traces.utterances_of(connection, statement)

    def reported(self, statements: Sequence[int]) -> dict[int, tuple[str, int, int]]:
        """For those of these statements that others report too: utterance, its reports and outlets."""
        with self._database.reading() as connection:
            return traces.counted(connection, statements)

    def utterances(
        self, list: UtteranceList = "repeated", *, query: str = "", limit: int = 50, offset: int = 0
    ) -> tuple[UtteranceHead, ...]:
        """A list of utterances, of those with a report that a query finds.

        Args:
            list: "repeated", most outlets first; "changed", most changed reports first; "only", what
                one outlet alone has, the latest first; "unsourced", whose later reports do not name
                the speaker whom the first one names.
            query: as for :meth:`search`.
            limit: at most so many.
            offset: after so many.
        """
        with self._database.reading() as connection:
            return lists.heads(connection, list, query, limit, offset)

    def every_utterance(self, query: str = "") -> Iterator[Utterance]:
        """All utterances with a report that a query finds, those of one report too, however many."""
        with self._database.reading() as connection:
            yield from traces.every(connection, search.every(connection, query, sort="day"))

    def copies(self, article: int) -> tuple[CopyOf, ...]:
        """The articles that have text in common with this one."""
        with self._database.reading() as connection:
            return copied.copies_of(connection, article)

    def stories(self, *, limit: int = 50, offset: int = 0) -> tuple[StoryHead, ...]:
        """Articles of one event, grouped; the latest first."""
        with self._database.reading() as connection:
            return lists.stories_of(connection, limit, offset)

    def story(self, id: int) -> Story:
        """The articles of one event.

        Raises:
            NotInArchive: there is none of this number now.
        """
        with self._database.reading() as connection:
            return lists.story(connection, id)

    def story_of(self, article: int) -> int | None:
        """The story that an article is of, if others are of it too."""
        with self._database.reading() as connection:
            return lists.story_of(connection, article)

    # --- reviews -----------------------------------------------------------------------------

    def review(self, review: Review) -> Review:
        """Keep a decision and do what it says; the review comes back with ``id`` and ``at``.

        Raises:
            ReviewRefused: it does not fit the text, or what was decided before; nothing changed.
            NotInArchive: what it is of is not there.
        """
        with self._database.writing() as connection:
            kept = reviewing.review(connection, review, datetime.now(UTC))
            tracing.rejoin(connection)
            return kept

    def reviews(
        self,
        *,
        statement: int | None = None,
        entity: int | None = None,
        article: int | None = None,
        limit: int | None = 100,
        offset: int = 0,
    ) -> tuple[Review, ...]:
        """Decisions, the last first: the log."""
        with self._database.reading() as connection:
            return log.reviews(
                connection, statement=statement, entity=entity, article=article, limit=limit, offset=offset
            )

    # --- users -------------------------------------------------------------------------------

    def users(self) -> tuple[User, ...]:
        """Who may use the reading room."""
        with self._database.reading() as connection:
            return people.users(connection)

    def set_user(self, name: str, password: str, role: Role) -> None:
        """Let somebody in, or give them another password or role; their sessions end."""
        with self._database.writing() as connection:
            people.set_user(connection, name, password, role, datetime.now(UTC))

    def remove_user(self, name: str) -> None:
        """Let somebody in no longer; their reviews stay.

        Raises:
            NotInArchive: there is nobody of this name.
        """
        with self._database.writing() as connection:
            people.remove_user(connection, name)

    def log_in(self, name: str, password: str) -> str | None:
        """A new session's token, or None where name and password are not right."""
        # Checking a password takes its time, in which others may write.
        with self._database.reading() as connection:
            kept = people.right(connection, name, password)
        if kept is None:
            return None
        with self._database.writing() as connection:
            return people.begin(connection, name, password, kept, datetime.now(UTC))

    def user_of(self, token: str) -> User | None:
        """Whose session this is, if it is one and not over."""
        with self._database.reading() as connection:
            return people.user_of(connection, token, datetime.now(UTC))

    def log_out(self, token: str) -> None:
        """End a session."""
        with self._database.writing() as connection:
            people.log_out(connection, token)

    # --- feeds -------------------------------------------------------------------------------

    def feed_state(self, url: str) -> dict[str, Any] | None:
        """What watching kept of a feed, as JSON values."""
        with self._database.reading() as connection:
            return keeping.feed_state(connection, url)

    def keep_feed_state(self, url: str, state: Mapping[str, Any]) -> None:
        """Keep what watching knows of a feed."""
        with self._database.writing() as connection:
            keeping.keep_feed_state(connection, url, state)

    def seen(self, url: str) -> tuple[str | None, str] | None:
        """When an address was last updated by its feed, and what became of it; None if never seen."""
        with self._database.reading() as connection:
            return keeping.seen(connection, url)

    def see(self, url: str, updated: str | None, outcome: str) -> None:
        """Keep that an address was gone to."""
        with self._database.writing() as connection:
            keeping.see(connection, url, updated, outcome, datetime.now(UTC))

    # --- care --------------------------------------------------------------------------------

    def backup(self, path: Path) -> None:
        """A copy, whole and consistent, while others go on reading and writing.

        Raises:
            StoreError: there is something at the path already, or no room.
        """
        self._database.backup(path)

    def check(self) -> tuple[str, ...]:
        """Everything that is not as it should be, a sentence each; nothing is changed."""
        with self._database.reading() as connection:
            return (
                *self._database.check(connection),
                *index.check(connection),
                *looking.check(connection),
                *checking.check(connection),
            )

    def rebuild(self) -> None:
        """Derive statements, entities' counts and the search index again from readings and reviews."""
        with self._database.writing() as connection:
            adding.rebuild(connection)


class Batch:
    """Articles kept together; see :meth:`Archive.batch`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def knows(self, article: Article) -> bool:
        """As :meth:`Archive.knows`, with what the batch has added so far."""
        return same.known(self._connection, article) is not None

    def add(self, article: Article, *, page: bytes | None = None, at: datetime | None = None) -> Added:
        """As :meth:`Archive.add`, kept when the batch ends."""
        return adding.add(self._connection, article, at or datetime.now(UTC), page)

    def add_all(self, articles: Sequence[Article]) -> tuple[Added, ...]:
        """Several."""
        return tuple(self.add(article) for article in articles)


__all__ = ["Archive", "Batch", "Outlet", "Sort"]
