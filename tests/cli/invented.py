"""Three invented articles, as files and as a model would read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from quotidian.types import Article
from store.building import told

Read = Callable[[Article], Article]

FERRY = told(
    "{s:Ada Voss} {c:said} {q:the ferry would sail on Monday, whatever the weather}. "
    "{s2:Tam Orrin} {c2:denied} {q2:that Ada Voss had ever asked him}.",
    people=[("Ada Voss",), ("Tam Orrin",)],
    id="ferry-1",
    url="https://harbour-post.example/ferry",
    title="The ferry will sail",
)
GATES = told(
    "{s:The Ministry of Tides} {c:said} {q:the flood gates had been mended in the spring}. "
    "{s2:A clerk at the office} {c2:claimed} {q2:that nobody had looked at them}.",
    bodies=[("The Ministry of Tides",)],
    id="gates-7",
    url="https://tarn-courier.example/gates",
    outlet="Tarn Courier",
    title="Who looked at the gates?",
    published="2031-03-08",
)
HOSTILE = told(
    "{s:Ada Voss} {c:said} {q:that the \x1b]0;owned\x07\u202e buoy “Élise” of 東京 was not hers to find}.",
    people=[("Ada Voss",)],
    id="\x1b[31mbuoy",
    title="\x1b[2JLost buoy",
    outlet="Tarn Courier",
    published="2031-03-09",
)
ALL = (FERRY, GATES, HOSTILE)


def record(article: Article) -> str:
    """An article before it was read, as the line of a file that somebody keeps."""
    names = ("id", "url", "outlet", "title", "published", "text")
    return json.dumps({name: value for name in names if (value := getattr(article, name)) is not None})


def records(path: Path, articles: Iterable[Article] = ALL) -> str:
    """A file of such lines; its path."""
    path.write_text("".join(f"{record(one)}\n" for one in articles), encoding="utf-8")
    return str(path)


class Reader:
    """What a command reads with, without a model."""

    def __init__(self, read: Read):
        self._read = read

    def __call__(self, article: Article) -> Article:
        return self._read(article)

    def vectors(self) -> None:
        """None: likeness in sense counts for nothing."""


def read(article: Article) -> Article:
    """What a model would find, by the text; nothing in a text that is none of these."""
    return with_reading_of(next((one for one in ALL if one.text == article.text), None), article)


def with_reading_of(known: Article | None, article: Article) -> Article:
    """An article with what was found in another of its text; with nothing found for None."""
    if known is None:
        return replace(article, model="made by hand 1")
    names = ("model", "attributions", "statements", "mentions", "entities")
    return replace(article, **{name: getattr(known, name) for name in names})
