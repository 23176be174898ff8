"""What was read, as it was found, and the article that it makes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from quotidian.errors import BadText
from quotidian.reading import language
from quotidian.reading.metadata import host_of
from quotidian.types import Article, PublishedFrom

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article as an input gave it; ``language`` is what was declared, ``page`` the page as it came."""

    text: str
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    modified: str | None = None
    page: bytes | None = field(default=None, compare=False, repr=False)


def article_of(record: Record, origin: str | None = None, *, any_language: bool = False) -> Article:
    """The article that a record makes; ``reason`` is set where it is not to be searched.

    Its ``id`` is the owner's, or else the first 16 hexadecimal digits of the SHA-256 of its
    address, or of its text where it has none.

    Raises:
        BadText: for lone surrogates, which no text file can hold.
    """
    for name in ("text", "id", "url", "outlet", "title", "byline", "published", "modified"):
        refuse_surrogates(getattr(record, name), name)
    verdict = language.language_of(record.text, record.language)
    return Article(
        id=record.id if record.id is not None else stable_id(record.url or record.text),
        text=record.text,
        origin=origin,
        url=record.url,
        outlet=record.outlet or host_of(record.url),
        title=record.title,
        byline=record.byline,
        language=verdict.tag,
        published=record.published,
        published_from=record.published_from if record.published else None,
        modified=record.modified,
        reason=_reason(record.text, verdict, any_language),
    )


def stable_id(content: str) -> str:
    """16 hexadecimal digits that stand for a text or an address."""
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def refuse_surrogates(text: str | None, name: str) -> None:
    """Refuse a string that is not Unicode text.

    Raises:
        BadText: naming the field and the place of the first lone surrogate.
    """
    found = _SURROGATE.search(text) if text and not text.isascii() else None
    if found is not None:
        raise BadText(
            f"{name} has a lone surrogate (U+{ord(found[0]):04X}) at character {found.start()}: "
            "it is not Unicode text; repair its encoding"
        )


def _reason(text: str, verdict: language.Verdict, any_language: bool) -> str | None:
    if not text.strip("\ufeff \t\r\n"):
        return "no text"
    if not language.has_letters(text):
        return "no letters"
    if verdict.foreign and not any_language:
        return language.why_not_english(verdict)
    return None
