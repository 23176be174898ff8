"""What is sent to us and what goes out, where it is not one of the archive's own values."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from quotidian.serve.rest.parameters import NO_NUL, Line
from quotidian.store.values import Added, Facet, Head, Hit, Role, Slice, StoredArticle

LONGEST_TEXT = 200_000


class Found(BaseModel):
    """A page of what a search finds, the count of all, and what these are made of.

    `notes` says what of the query could not be understood as meant. `next` is the address of the
    following page; null at the end, or where offsets would pass 100,000: narrow the query then.
    """

    query: str
    total: int
    items: tuple[Hit, ...]
    next: str | None
    facets: dict[str, tuple[Facet, ...]]
    timeline: tuple[Slice, ...]
    notes: tuple[str, ...]


class Letters(BaseModel):
    """Characters that are no white space: all, inside a content, in one of an unnamed source, in none."""

    letters: int
    attributed: int
    unnamed: int
    own_voice: int


class ArticleRead(BaseModel):
    """An article with its statements as they stand now. `text` is there where it was asked for."""

    head: Head
    language: str | None
    statements: tuple[Hit, ...]
    entities: dict[str, int]
    share: Letters
    text: str | None

    @classmethod
    def of(cls, stored: StoredArticle, text: bool) -> ArticleRead:
        """What goes out of an article of the archive."""
        share = stored.share
        return cls(
            head=stored.head,
            language=stored.article.language,
            statements=stored.hits,
            entities=dict(stored.entities),
            share=Letters(
                letters=share.letters,
                attributed=share.attributed,
                unnamed=share.unnamed,
                own_voice=share.own_voice,
            ),
            text=stored.article.text if text else None,
        )


class Given(BaseModel):
    """A body that has no keys but those named."""

    model_config = ConfigDict(extra="forbid")


class ToRead(Given):
    """A text, or the address of a page to fetch; and what is known about it.

    With `keep` it goes into the archive, which needs the role reviewer.
    """

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=NO_NUL)] | None = None
    address: Annotated[str, Field(max_length=2_000, pattern=r"^https?://[^\x00-\x20]+$")] | None = None
    id: Line | None = None
    url: Annotated[str, Field(max_length=2_000, pattern=r"^https?://[^\x00-\x20]+$")] | None = None
    outlet: Line | None = None
    title: Line | None = None
    published: Annotated[str, Field(max_length=40, pattern=r"^\d{4}-\d\d-\d\d")] | None = None
    keep: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> ToRead:
        if (self.text is None) == (self.address is None):
            raise ValueError("give either a text or an address")
        return self


class Reading(BaseModel):
    """What was read, as in the files that `quotidian read` writes; and what became of it, where kept."""

    article: dict[str, Any] = Field(description="A record of the schema quotidian-article/1.")
    kept: Added | None


class Password(Given):
    """Who logs in."""

    name: Annotated[str, Field(max_length=200)]
    password: Annotated[str, Field(max_length=2_000)]


class Session(BaseModel):
    """Send the token with each request: `Authorization: Bearer TOKEN`. It ends after 14 days."""

    token: str


class Me(BaseModel):
    """Who asks."""

    name: str
    role: Role


class Nothing(Given):
    """An empty object, `{}`."""


class Waiting(BaseModel):
    """How many articles wait."""

    articles: int


class Export(BaseModel):
    """A file to be had: GET `href`, with the same token."""

    what: str
    format: str
    media_type: str
    href: str


class Health(BaseModel):
    """Whether the archive answers."""

    status: Literal["ok", "failing"]


class Wrong(BaseModel):
    """One thing that is wrong with a request, and where."""

    where: str
    what: str


class Problem(BaseModel):
    """An error (RFC 9457): `detail` says in a sentence what is wrong and what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] | None = None
