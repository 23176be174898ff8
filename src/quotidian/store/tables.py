"""The tables of an archive, the same in SQLite and PostgreSQL (docs/reference/archive.md).

Three layers, so that everything below the first can be made again:

- what was read: ``articles``, ``versions`` (with ``record``, the whole reading as JSON), ``pages``;
- what people decided: ``reviews``, append-only; ``users``;
- what follows from both: ``statements`` and the rest, which :mod:`quotidian.store.rows` derives.

Days are ISO 8601 text, times are ISO 8601 text in UTC, spans are JSON lists of ``[start, end]`` in
code points of ``versions.text``; truths are 0 and 1. So plain SQL and Datasette can read all of it.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: Column[object] | Index | UniqueConstraint) -> Table:
    # An id once given is never given again, so that addresses stay permanent after a deletion.
    return Table(name, metadata, *parts, sqlite_autoincrement=True)


def _hashed(column: str) -> Index:
    # PostgreSQL's ordinary index takes no value of more than some 2,700 bytes.
    return Index(None, column, postgresql_using="hash")


# What the archive is: "schema" (the number of its last migration), "made_by", "created".
meta = _table("meta", Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

outlets = _table(
    "outlets",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    _hashed("name"),
)

# --- what was read ---------------------------------------------------------------------------

articles = _table(
    "articles",
    Column("id", Integer, primary_key=True),
    Column("owner_id", Text),  # the id that the owner's data gave it; NULL where they gave none
    Column("own_id", Text, nullable=False),  # Article.id: the owner's, or a hash of address or text
    Column("url", Text),
    Column("outlet_id", Integer, ForeignKey("outlets.id")),
    Column("added_at", Text, nullable=False),
    _hashed("own_id"),
    _hashed("url"),
    Index(None, "outlet_id"),
)

versions = _table(
    "versions",
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2 … within the article
    Column("current", SmallInteger, nullable=False),
    Column("text", Text, nullable=False),  # U+0000, which PostgreSQL cannot hold, as U+FFFD
    Column("text_sha256", Text, nullable=False),
    Column("title", Text),
    Column("byline", Text),
    Column("language", Text),
    Column("published", Text),  # as found
    Column("published_from", Text),
    Column("published_day", Text),  # the day of it, in its own offset
    Column("published_at", Text),  # the moment in UTC, where the time of day is known
    Column("modified", Text),  # as the page states it
    Column("origin", Text),
    Column("reason", Text),  # why it was not searched for statements; NULL where it was
    Column("model", Text),
    Column("read_at", Text, nullable=False),
    Column("letters", Integer, nullable=False),  # characters that are no white space …
    Column("letters_attributed", Integer, nullable=False),  # … inside a content,
    Column("letters_unnamed", Integer, nullable=False),  # … of a source without a name
    Column("record", LargeBinary, nullable=False),  # the reading: zlib of a line of quotidian-article/1
    # 1 once tracing has seen the version as it stands now; see tracing/
    Column("joined", SmallInteger, nullable=False, server_default=text("0")),
    UniqueConstraint("article_id", "number"),
    Index(None, "text_sha256"),
    Index(None, "published_day"),
    Index("ix_versions_unjoined", "joined", "current"),
)

# The page as it came, where keeping it was asked for (zlib). It is never shown as a page again.
pages = _table(
    "pages",
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True),
    Column("media_type", Text),
    Column("body", LargeBinary, nullable=False),
)

# --- what people decided ---------------------------------------------------------------------

reviews = _table(
    "reviews",
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("kind", Text, nullable=False),  # quotidian.store.values.ReviewKind
    Column("article_id", Integer),  # no foreign keys: a review outlives what it is of
    Column("statement_id", Integer),
    Column("entity_id", Integer),
    Column("undoes", Integer),  # the review that this one takes back
    Column("payload", JSON, nullable=False),
    Index(None, "article_id"),
    Index(None, "statement_id"),
    Index(None, "entity_id"),
    Index(None, "undoes"),
)

users = _table(
    "users",
    Column("name", Text, primary_key=True),
    Column("password", Text, nullable=False),  # scrypt, with its parameters and salt
    Column("role", Text, nullable=False),  # reader, reviewer, owner
    Column("active", SmallInteger, nullable=False),
    Column("created_at", Text, nullable=False),
)

sessions = _table(
    "sessions",
    Column("token_sha256", Text, primary_key=True),
    Column("user_name", Text, ForeignKey("users.name"), nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
)

# --- what follows: statements ----------------------------------------------------------------

statements = _table(
    "statements",
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),  # Attribution.id
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),
    Column("outlet_id", Integer),
    Column("ordinal", Integer, nullable=False),  # its place among the statements of the version
    Column("parent_id", Integer),  # the statement whose content holds it
    # 1: of the article's current version, found by the last reading or kept by a person, not rejected
    Column("current", SmallInteger, nullable=False),
    Column("state", Text, nullable=False),  # unreviewed, accepted, corrected, added, rejected
    Column("source", Text),
    Column("cue", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("source_spans", JSON(none_as_null=True)),
    Column("cue_spans", JSON, nullable=False),
    Column("content_spans", JSON, nullable=False),
    Column("context_start", Integer, nullable=False),  # the sentences that hold all of it
    Column("context_end", Integer, nullable=False),
    Column("directness", Text, nullable=False),
    Column("depth", SmallInteger, nullable=False),
    Column("speaker_kind", Text, nullable=False),
    Column("speaker_name", Text),
    Column("speaker_id", Integer, ForeignKey("entities.id")),
    Column("role", Text),
    Column("organisation", Text),
    Column("via", Text),
    Column("said", Text),  # EDTF
    Column("said_from", Text, nullable=False),
    Column("said_first", Text),  # the first and the last day that it may have been
    Column("said_last", Text),
    Column("day", Text),  # for sorting and counting: said_last, or else the day of publication
    Column("act", Text, nullable=False),
    Column("negated", SmallInteger, nullable=False),
    Column("stance", Text, nullable=False),
    Column("confidence", Float, nullable=False),  # that source and content are right
    Column("speaker_confidence", Float, nullable=False),
    UniqueConstraint("version_id", "key"),
    Index(None, "article_id"),
    Index(None, "parent_id"),
    Index(None, "speaker_id"),
)

# Those whom a statement is by or about. Part: speaker, also (speaks too), maybe (may be the
# speaker), about. Without an entity where the name is nobody's that the archive knows. ``base_id`` is
# the entity that it was given, ``entity_id`` the one that this is now, after merges.
parts = _table(
    "parts",
    Column("statement_id", Integer, ForeignKey("statements.id"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("ordinal", SmallInteger, primary_key=True),
    Column("base_id", Integer, ForeignKey("entities.id")),
    Column("entity_id", Integer, ForeignKey("entities.id")),
    Column("name", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Index(None, "entity_id", "part"),
    Index(None, "base_id"),
)

# --- what follows: entities ------------------------------------------------------------------

entities = _table(
    "entities",
    Column("id", Integer, primary_key=True),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),  # active, merged, suppressed
    Column("merged_into", Integer),
    Column("known", JSON, nullable=False),  # the summary that the joining decides by
    Column("statements", Integer, nullable=False, server_default=text("0")),  # current ones, as speaker
    Index(None, "state"),
)

entity_names = _table(
    "entity_names",
    Column("entity_id", Integer, ForeignKey("entities.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False),
    Column("articles", Integer, nullable=False),  # in how many
    Index(None, "folded"),
    Index(None, "articles"),
)

entity_keys = _table(
    "entity_keys",
    Column("key", Text, primary_key=True),
    Column("entity_id", Integer, ForeignKey("entities.id"), primary_key=True),
    Index(None, "entity_id"),
)

# The same one elsewhere: Wikidata, OpenSanctions. Only what a person confirmed.
identifiers = _table(
    "identifiers",
    Column("entity_id", Integer, ForeignKey("entities.id"), primary_key=True),
    Column("service", Text, primary_key=True),
    Column("identifier", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text),
)

# An entity of one article (``local`` is its id there), and the entity of the archive that it is.
appearances = _table(
    "appearances",
    Column("id", Integer, primary_key=True),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),
    Column("local", Text, nullable=False),
    Column("base_id", Integer, ForeignKey("entities.id"), nullable=False),
    Column("entity_id", Integer, ForeignKey("entities.id"), nullable=False),
    Column("by", Text, nullable=False),  # who gave it base_id: machine, person
    Column("current", SmallInteger, nullable=False),
    Column("day", Text),
    Column("name", Text, nullable=False),
    Column("role", Text),
    Column("organisation", Text),
    Column("score", Float, nullable=False),
    Column("because", JSON, nullable=False),
    UniqueConstraint("version_id", "local"),
    Index(None, "entity_id"),
    Index(None, "base_id"),
)

# Two entities that may be one. ``a`` is the smaller id.
pairs = _table(
    "pairs",
    Column("a", Integer, ForeignKey("entities.id"), primary_key=True),
    Column("b", Integer, ForeignKey("entities.id"), primary_key=True),
    Column("state", Text, nullable=False),  # unsure, same, different
    Column("score", Float, nullable=False),
    Column("because", JSON, nullable=False),
    Index(None, "b"),
    Index(None, "state", "score"),
)

# What somebody is called, where, and by whom: by the speaker of a statement, or else the outlet.
labels = _table(
    "labels",
    Column("id", Integer, primary_key=True),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),
    Column("base_id", Integer, ForeignKey("entities.id"), nullable=False),
    Column("entity_id", Integer, ForeignKey("entities.id"), nullable=False),
    Column("statement_id", Integer),  # NULL: the outlet's own voice
    Column("current", SmallInteger, nullable=False),
    Column("form", Text, nullable=False),
    Column("marks", Text, nullable=False),  # "", "quoted", "so-called", "quoted so-called"
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("spans", JSON, nullable=False),
    Index(None, "version_id"),
    Index(None, "entity_id"),
    Index(None, "base_id"),
    Index(None, "statement_id"),
    _hashed("folded"),
)

# --- what follows: utterances ----------------------------------------------------------------

# What a statement says in one of its sentences: quotidian.trace.values.Report. Its ``key`` is the same
# whatever the order in which articles came.
reports = _table(
    "reports",
    Column("id", Integer, primary_key=True),
    Column("statement_id", Integer, ForeignKey("statements.id"), nullable=False),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),
    Column("number", SmallInteger, nullable=False),  # 0, 1 … within the statement
    Column("key", Text, nullable=False),
    Column("spans", JSON, nullable=False),
    # [stem, count] of words that the article has more than once: those of the event
    Column("often", JSON, nullable=False, server_default="[]"),
    Index(None, "statement_id"),
    Index(None, "version_id"),
    Index(None, "key"),
)

# What tracing looks for candidates by, packed (quotidian.trace.sketches): of the reports of a version in
# the order of their ids, and of its whole text. ``day`` is that of publication, else of reading (ordinal).
sketches = Table(
    "sketches",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    Column("reports", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("features", LargeBinary, nullable=False),
    Index(None, "day"),
)

# Why two reports are taken for one utterance, or kept apart. ``a`` and ``b`` are reports.
links = Table(
    "links",
    metadata,
    Column("a", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("b", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("change", Text, nullable=False),
    Column("conflict", Text),  # negation, number, speaker: what keeps them apart
    Column("because", JSON, nullable=False),
    Index(None, "b"),
)

# Utterances that more than one statement reports. A statement alone is one too, without a row.
utterances = Table(
    "utterances",
    metadata,
    Column("id", Text, primary_key=True),  # a key of its reports
    Column("statement_id", Integer, ForeignKey("statements.id"), nullable=False),  # the first report
    Column("first_day", Text),
    Column("last_day", Text),
    Column("reports", Integer, nullable=False),  # statements
    Column("outlets", Integer, nullable=False),
    Column("changed", Integer, nullable=False),  # reports edited, put otherwise or of another meaning
    Column("unsourced", Integer, nullable=False),
    Column("changes", JSON, nullable=False),
    Index(None, "outlets", "reports"),
    Index(None, "changed"),
    Index(None, "unsourced"),
)

members = Table(
    "members",
    metadata,
    Column("utterance_id", Text, ForeignKey("utterances.id"), primary_key=True),
    Column("report_id", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Index(None, "report_id"),
)

# Articles (versions) that have text in common; ``a`` is the smaller number. Runs are [a, a, b, b] …
copies = Table(
    "copies",
    metadata,
    Column("a", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("b", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("share_a", Float, nullable=False),
    Column("share_b", Float, nullable=False),
    Column("runs", JSON, nullable=False),
    Index(None, "b"),
)

# From whom an article says it has something: of one statement, or of the whole article.
credits = _table(
    "credits",
    Column("id", Integer, primary_key=True),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),
    Column("statement_id", Integer),
    Column("kind", Text, nullable=False),
    Column("name", Text),
    Column("spans", JSON(none_as_null=True)),
    Column("why", Text, nullable=False),
    Index(None, "version_id"),
    Index(None, "statement_id"),
)

# Articles (versions) that are alike enough to be of one event, and the stories that follow.
story_links = Table(
    "story_links",
    metadata,
    Column("a", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("b", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("score", Float, nullable=False),
    Index(None, "b"),
)

stories = _table(
    "stories",
    Column("id", Integer, primary_key=True),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),  # the most like the others
    Column("first_day", Text),
    Column("last_day", Text),
    Column("articles", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Index(None, "last_day"),
)

story_articles = Table(
    "story_articles",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("story_id", Integer, ForeignKey("stories.id"), nullable=False),
    Index(None, "story_id"),
)

# --- what follows: search --------------------------------------------------------------------

# What search filters and counts by, for each statement that it shows, packed: see store/facts.py.
# The words themselves are in ``words`` (and SQLite's ``entity_words``): see store/fulltext.py.
facts = _table(
    "facts",
    Column("block", Integer, primary_key=True, autoincrement=False),  # statement number // 512
    Column("changed", Integer, nullable=False),  # how often: tells a process to read it again
    Column("rows", LargeBinary, nullable=False),
    Column("about", LargeBinary, nullable=False),
    Column("also", LargeBinary, nullable=False),
    Index(None, "changed"),
)

# --- what watching keeps ---------------------------------------------------------------------

feeds = _table(
    "feeds",
    Column("url", Text, primary_key=True),
    Column("state", JSON, nullable=False),
)

seen = _table(
    "seen",
    Column("url", Text, primary_key=True),
    Column("updated", Text),
    Column("outcome", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# What tracing keeps, those that others refer to first.
TRACING = (
    reports,
    sketches,
    links,
    utterances,
    members,
    copies,
    credits,
    stories,
    story_links,
    story_articles,
)
