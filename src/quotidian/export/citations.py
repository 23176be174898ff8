"""Citations of statements and articles: BibTeX, CSL-JSON and RIS, and words for copying.

What is cited is the article; a statement's citation has the quotation in its note, with its
permanent address. "Accessed" is the day on which the archive read the article: the clock of whoever
exports has no part in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from quotidian.export import telling
from quotidian.export.excerpt import shown
from quotidian.export.options import Options, web_address
from quotidian.export.safe import json_text, one_line
from quotidian.store.values import Head, Hit, StoredArticle
from quotidian.write.days import in_words

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PART_OF_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # As words, so that braces stay in pairs, which BibTeX counts even after a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "%": r"\%",
        "#": r"\#",
        "&": r"\&",
        "$": r"\$",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in every format, and the quotation with context and address for copying."""

    bibtex: str
    csl_json: str
    ris: str
    text: str


@dataclass(frozen=True, slots=True)
class _Item:
    """What a citation says, before it is written in a format."""

    key: str
    title: str | None
    byline: str | None
    outlet: str | None
    published: str | None
    accessed: str | None
    url: str | None
    archived: str | None
    language: str | None
    note: str | None


def one(hit: Hit, base_url: str | None = None) -> Citation:
    """The citation of a statement."""
    item = _of_statement(hit, Options(base_url=base_url))
    return Citation(
        _bibtex(item), json_text([_csl(item)], indent=2) + "\n", _ris(item), copied(hit, base_url)
    )


def one_article(stored: StoredArticle, base_url: str | None = None) -> Citation:
    """The citation of an article."""
    item = _of_article(stored, Options(base_url=base_url))
    text = "\n".join(part for part in (_where(stored.head), item.url, item.archived) if part)
    return Citation(_bibtex(item), json_text([_csl(item)], indent=2) + "\n", _ris(item), text)


def copied(hit: Hit, base_url: str | None = None) -> str:
    """The quotation with its speaker, its sentences and its addresses, to paste anywhere."""
    options = Options(base_url=base_url)
    parts = (
        telling.attributed(hit),
        shown(hit),
        _where(hit.article),
        web_address(hit.article.url),
        options.statement(hit.id),
    )
    return "\n".join(one_line(part) for part in parts if part)


def bibtex_of_statements(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """An entry for each statement."""
    return _each(_bibtex, (_of_statement(hit, options) for hit in hits))


def bibtex_of_articles(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    """An entry for each article."""
    return _each(_bibtex, (_of_article(stored, options) for stored in articles))


def ris_of_statements(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """A record for each statement."""
    return _each(_ris, (_of_statement(hit, options) for hit in hits))


def ris_of_articles(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    """A record for each article."""
    return _each(_ris, (_of_article(stored, options) for stored in articles))


def csl_of_statements(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """One array with an item for each statement."""
    return _array(_of_statement(hit, options) for hit in hits)


def csl_of_articles(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    """One array with an item for each article."""
    return _array(_of_article(stored, options) for stored in articles)


def _each(write: Callable[[_Item], str], items: Iterable[_Item]) -> Iterator[str]:
    return (write(item) for item in items)


def _array(items: Iterable[_Item]) -> Iterator[str]:
    before = "[\n"
    for item in items:
        yield before + json_text(_csl(item))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _of_statement(hit: Hit, options: Options) -> _Item:
    archived = options.statement(hit.id)
    note = telling.attributed(hit) + (f". {archived}" if archived else "")
    return _item(f"quotidian-statement-{hit.id}", hit.article, archived, None, note)


def _of_article(stored: StoredArticle, options: Options) -> _Item:
    archived = options.article(stored.head.id)
    note = f"In the archive: {archived}" if archived else None
    return _item(f"quotidian-article-{stored.head.id}", stored.head, archived, stored.article.language, note)


def _item(key: str, head: Head, archived: str | None, language: str | None, note: str | None) -> _Item:
    return _Item(
        key,
        _line(head.title),
        _line(head.byline),
        _line(telling.outlet(head)),
        head.published_day,
        head.read_at[:10],
        web_address(head.url),
        archived,
        _line(language),
        _line(note),
    )


def _line(text: str | None) -> str | None:
    return (one_line(text) or None) if text else None


def _where(head: Head) -> str:
    """Title, outlet and day, as a list of sources has them."""
    parts = (head.title, telling.outlet(head), in_words(head.published_day or ""))
    return one_line(". ".join(part for part in parts if part))


def _bibtex(item: _Item) -> str:
    year, month, day = _parts(item.published)
    fields = [
        ("title", _braced(item.title, twice=True)),
        ("author", _braced(item.byline, twice=True)),
        ("journal", _braced(item.outlet)),
        ("entrysubtype", "{newspaper}"),
        ("year", f"{{{year}}}" if year else None),
        ("month", _MONTHS[month - 1] if month else None),
        ("day", f"{{{day}}}" if day else None),
        ("url", f"{{{item.url or item.archived}}}" if item.url or item.archived else None),
        ("urldate", f"{{{item.accessed}}}" if item.accessed else None),
        ("langid", _braced(item.language)),
        ("note", _braced(item.note)),
    ]
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields if value)
    return f"@article{{{item.key},\n{lines}\n}}\n\n"


def _braced(text: str | None, twice: bool = False) -> str | None:
    """``text`` as a field's value; ``twice`` keeps capitals, and a name in one piece."""
    if text is None:
        return None
    value = f"{{{text.translate(_TEX)}}}"
    return f"{{{value}}}" if twice else value


def _ris(item: _Item) -> str:
    year, month, day = _parts(item.published)
    stamp = f"{year:04}/{month:02}/{day:02}/" if year and month and day else None
    accessed = item.accessed.replace("-", "/") + "/" if item.accessed else None
    fields = [
        ("TY", "NEWS"),
        ("ID", item.key),
        ("TI", item.title),
        ("AU", item.byline),
        ("T2", item.outlet),
        ("PY", f"{year:04}" if year else None),
        ("DA", stamp),
        ("Y2", accessed),
        ("UR", item.url or item.archived),
        ("LA", item.language),
        ("N1", item.note),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value is not None) + "\r\n"


def _csl(item: _Item) -> dict[str, Any]:
    fields = {
        "id": item.key,
        "type": "article-newspaper",
        "title": item.title,
        "author": [{"literal": item.byline}] if item.byline else None,
        "container-title": item.outlet,
        "issued": _date_parts(item.published),
        "accessed": _date_parts(item.accessed),
        "URL": item.url or item.archived,
        "archive_location": item.archived,
        "language": item.language,
        "note": item.note,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _date_parts(day: str | None) -> dict[str, Any] | None:
    parts = [part for part in _parts(day) if part]
    return {"date-parts": [parts]} if parts else None


def _parts(day: str | None) -> tuple[int, int, int]:
    """Year, month and day, 0 from the first that is not known on; all 0 where it is no day."""
    found = _PART_OF_DAY.fullmatch(day or "")
    if found is None:
        return 0, 0, 0
    year, month, number = (int(part or 0) for part in found.groups())
    try:
        date(year, month or 1, number or 1)
    except ValueError:
        return 0, 0, 0
    return year, month, number
