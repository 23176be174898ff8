"""What people read about an article, in words, whatever the format."""

from __future__ import annotations

from collections import Counter
from datetime import date

from quotidian.types import Article


def day(article: Article) -> str:
    """The day as people write it, or what was found where that is no ISO 8601 day."""
    return _in_words(article.published)


def changed(article: Article) -> str:
    """When it was modified, as people write it; nothing where that is when it was published.

    >>> changed(Article(id="a", text="", published="2031-03-06T07:30", modified="2031-03-08T10:00"))
    'modified 8 March 2031'
    """
    if not article.modified or article.modified == article.published:
        return ""
    told = _in_words(article.modified)
    return "modified that day" if told == day(article) else f"modified {told}"


def _in_words(when: str | None) -> str:
    try:
        found = date.fromisoformat((when or "")[:10])
    except ValueError:
        return when or ""
    return f"{found.day} {found:%B} {found.year}"


def summary(article: Article) -> str:
    """How many statements were found, by kind."""
    count = len(article.attributions)
    if not count:
        return "No statement found"
    kinds = Counter(found.directness for found in article.attributions)
    parts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("direct", "indirect", "mixed") if kinds[kind])
    return f"{count:,} statement{'s' if count != 1 else ''}: {parts}"
