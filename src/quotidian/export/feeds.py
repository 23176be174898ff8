"""Statements and articles as feeds: Atom (RFC 4287) and JSON Feed 1.1.

An entry's ``updated`` is when the archive read the article. The author of an entry is the outlet:
it published the words, whoever it says spoke them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quotidian._version import __version__
from quotidian.export import telling
from quotidian.export.excerpt import shown
from quotidian.export.options import Options, uuid_of, web_address
from quotidian.export.safe import json_text, one_line, xml_attribute, xml_text
from quotidian.store.values import Hit, StoredArticle

_LONGEST_TITLE = 120
_NOTHING_YET = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    title: str
    updated: str
    published: str | None  # a moment, where the time of day is known
    outlet: str
    link: str | None
    original: str | None
    text: str
    tags: tuple[str, ...]


def atom_of_statements(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """An Atom feed of statements."""
    return _atom((_of_statement(hit, options) for hit in hits), options)


def atom_of_articles(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    """An Atom feed of articles."""
    return _atom((_of_article(stored, options) for stored in articles), options)


def json_of_statements(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """A JSON Feed of statements."""
    return _json((_of_statement(hit, options) for hit in hits), options)


def json_of_articles(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    """A JSON Feed of articles."""
    return _json((_of_article(stored, options) for stored in articles), options)


def _of_statement(hit: Hit, options: Options) -> _Entry:
    quotation = telling.short(one_line(telling.quotation(hit)), _LONGEST_TITLE)
    return _Entry(
        options.name_of(hit),
        f"{one_line(telling.said_by(hit))}: {quotation}",
        _moment(hit.article.read_at),
        _known_moment(hit.article.published),
        telling.outlet(hit.article) or "unknown outlet",
        options.statement(hit.id) or web_address(hit.article.url),
        web_address(hit.article.url),
        f"{telling.attributed(hit)}\n\n{shown(hit, options.whole_text)}",
        (telling.act(hit), *(who.name for who in hit.about)),
    )


def _of_article(stored: StoredArticle, options: Options) -> _Entry:
    head = stored.head
    said = "\n".join(telling.attributed(hit) for hit in stored.hits) or "No statement found"
    return _Entry(
        options.name_of_article(head),
        one_line(head.title or "Untitled"),
        _moment(head.read_at),
        _known_moment(head.published),
        telling.outlet(head) or "unknown outlet",
        options.article(head.id) or web_address(head.url),
        web_address(head.url),
        stored.article.text if options.whole_text else said,
        (),
    )


def _atom(entries: Iterable[_Entry], options: Options) -> Iterator[str]:
    address = options.feed_url or options.base_url
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{xml_text(address or uuid_of('feed', options.title))}</id>\n"
        f"<title>{xml_text(options.title)}</title>\n"
        "<author><name>Quotidian</name></author>\n"
        f'<generator version="{__version__}">Quotidian</generator>\n'
    )
    if options.feed_url:
        yield f'<link rel="self" type="application/atom+xml" href={xml_attribute(options.feed_url)}/>\n'
    if options.base_url:
        yield f'<link rel="alternate" type="text/html" href={xml_attribute(options.base_url)}/>\n'
    last = _NOTHING_YET
    for entry in entries:
        last = max(last, entry.updated)
        yield _atom_entry(entry)
    # Known only now; the order of a feed's elements has no meaning in Atom.
    yield f"<updated>{xml_text(last)}</updated>\n</feed>\n"


def _atom_entry(entry: _Entry) -> str:
    lines = [
        "<entry>",
        f"<id>{xml_text(entry.id)}</id>",
        f"<title>{xml_text(entry.title)}</title>",
        f"<updated>{xml_text(entry.updated)}</updated>",
    ]
    if entry.published:
        lines.append(f"<published>{xml_text(entry.published)}</published>")
    lines.append(f"<author><name>{xml_text(one_line(entry.outlet))}</name></author>")
    if entry.link:
        lines.append(f'<link rel="alternate" type="text/html" href={xml_attribute(entry.link)}/>')
    if entry.original and entry.original != entry.link:
        lines.append(f'<link rel="via" type="text/html" href={xml_attribute(entry.original)}/>')
    lines += [f"<category term={xml_attribute(one_line(tag))}/>" for tag in entry.tags if one_line(tag)]
    lines += [f'<content type="text">{xml_text(entry.text)}</content>', "</entry>\n"]
    return "\n".join(lines)


def _json(entries: Iterable[_Entry], options: Options) -> Iterator[str]:
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": options.title,
        **({"home_page_url": options.base_url} if options.base_url else {}),
        **({"feed_url": options.feed_url} if options.feed_url else {}),
    }
    yield json_text(head)[:-1] + ', "items": ['
    before = "\n"
    for entry in entries:
        yield before + json_text(_json_item(entry))
        before = ",\n"
    yield "\n]}\n"


def _json_item(entry: _Entry) -> dict[str, Any]:
    fields = {
        "id": entry.id,
        "url": entry.link,
        "external_url": entry.original,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": entry.outlet}],
        "tags": list(entry.tags) or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _moment(at: str) -> str:
    """A time in UTC as RFC 3339."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return _NOTHING_YET
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _known_moment(published: str | None) -> str | None:
    """The moment of publication, where the time of day and its offset are known."""
    try:
        found = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if found.tzinfo else None
