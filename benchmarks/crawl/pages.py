"""Pages of invented news sites: an article of the grammar, and around it all that such pages have.

Five layouts of our own writing (``layouts/``) stand for what is out there: a broadsheet with schema.org,
a tabloid with advertisements between the paragraphs, a page that scripts put together, a weblog, and
tables of the nineties. Each is filled to the size and the number of tags that pages as served have: on
average 160 KB and 750 tags around 800 words.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from benchmarks import corpus

HERE = Path(__file__).parent
LANGUAGES = {"en": corpus.GRAMMAR, "de": HERE / "grammar-de.txt", "es": HERE / "grammar-es.txt"}
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
OUTLETS = [
    f"{place} {kind}"
    for place in ("Ostmere", "Kellhaven", "Brackwater", "Marrowgate", "Lissey", "Velden", "Tarn", "Sarvenia")
    for kind in ("Gazette", "Post", "Herald", "Courier", "Observer")
]
_TOKENS = (
    "function",
    "return",
    "var",
    "this",
    "window",
    "document",
    "push",
    "call",
    "length",
    *"etnrioasculdfphm",
)
_SIGNS = "(){}[];,.=+!&|?:"


@dataclass(frozen=True, slots=True)
class Story:
    """What a page tells: its words, who printed them where, and when."""

    number: int
    language: str
    outlet: str
    url: str
    title: str
    byline: str
    published: datetime
    text: str


def story(number: int, *, words: int, language: str = "en") -> Story:
    """The story of a number, the same for the same; of about so many words, half of them or twice as many."""
    chance = random.Random(number)
    length = min(6 * words, max(words // 8, round(words * chance.lognormvariate(-0.12, 0.55))))
    outlet = OUTLETS[int(chance.random() ** 2 * len(OUTLETS))]
    published = FIRST + timedelta(days=chance.randrange(14), minutes=chance.randrange(24 * 60))
    grammar = LANGUAGES[language]
    text = corpus.article(length, seed=number, grammar=grammar)
    title = corpus.sentence(number, "sentence" if language != "en" else "clause", grammar)[:90]
    host = outlet.lower().replace(" ", "-")
    return Story(
        number,
        language,
        outlet,
        f"https://www.{host}.example/{published:%Y/%m/%d}/{number}.html",
        title[:1].upper() + title[1:],
        corpus.sentence(number, "name" if language != "en" else "last"),
        published,
        text,
    )


def page(told: Story, *, furniture: float = 1.0) -> bytes:
    """The page that tells a story, in the layout of its outlet.

    Args:
        told: what it tells.
        furniture: how much of all that stands around it there is; 0 for the story alone.
    """
    chance = random.Random(told.number)
    name = sorted(_layouts())[OUTLETS.index(told.outlet) % len(_layouts())]
    paragraphs = [escape(p, quote=False) for p in told.text.split("\n\n")]

    def several(count: int, one: Callable[[], str]) -> str:
        return "\n".join(one() for _ in range(round(count * furniture)))

    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": told.title,
        "datePublished": told.published.isoformat(),
        "author": {"@type": "Person", "name": told.byline},
        "publisher": {"@type": "Organization", "name": told.outlet},
    }
    fields = {
        "language": told.language,
        "title": escape(told.title),
        "outlet": told.outlet,
        "url": told.url,
        "byline": told.byline,
        "published": told.published.isoformat(),
        "day": f"{told.published:%-d %B %Y}",
        "json_ld": json.dumps(data),
        "state": json.dumps({"story": data, "also": several(90, lambda: _headline(chance)).split("\n")}),
        "body": "\n".join(_with_advertisements(paragraphs, name, chance)),
        "nav": several(110, lambda: f'<li><a href="/{_word(chance)}">{_word(chance).title()}</a></li>'),
        "teasers": several(40, lambda: _teaser(chance)),
        "most_read": several(24, lambda: f'<li><a href="/{_word(chance)}/1">{_headline(chance)}</a></li>'),
        "tags": several(8, lambda: f'<li><a rel="tag" href="/t/{_word(chance)}">{_word(chance)}</a></li>'),
        "comments": several(24, lambda: _comment(chance)),
        "style": _filling(chance, round(28 * furniture), "style"),
        "script": _filling(chance, round(68 * furniture), "script"),
        "script_below": _filling(chance, round(30 * furniture), "script"),
    }
    return _layouts()[name].substitute(fields).encode()


@cache
def _layouts() -> dict[str, Template]:
    return {
        path.stem: Template(path.read_text(encoding="utf-8")) for path in (HERE / "layouts").glob("*.html")
    }


def _with_advertisements(paragraphs: list[str], layout: str, chance: random.Random) -> list[str]:
    written = []
    for number, paragraph in enumerate(paragraphs):
        if layout == "tables":
            written.append(f"{paragraph}<br><br>")
            continue
        written.append(f"<p>{_linked(paragraph, chance)}</p>")
        if layout == "tabloid" and number % 4 == 3:
            written.append('<div class="ad-slot"><span>Advertisement</span><div id="ad"></div></div>')
        if layout == "broadsheet" and number % 7 == 6:
            written.append(f'<aside class="more"><a href="/1">{_headline(chance)}</a></aside>')
    return written


def _linked(paragraph: str, chance: random.Random) -> str:
    """Now and then a word is a link, or stressed."""
    words = paragraph.split(" ")
    at = chance.randrange(len(words))
    if chance.random() < 0.5 and words[at].isalpha():
        words[at] = f'<a href="/topic/{words[at].lower()}">{words[at]}</a>'
    return " ".join(words)


def _teaser(chance: random.Random) -> str:
    return (
        f'<div class="teaser"><a href="/{_word(chance)}"><img src="/p/{chance.randrange(10**4)}.jpg">'
        f"<h3>{_headline(chance)}</h3></a><span>{chance.randrange(1, 24)} hours ago</span></div>"
    )


def _comment(chance: random.Random) -> str:
    return (
        f'<div class="comment"><b>{_word(chance)}{chance.randrange(99)}</b><p>{_headline(chance)}</p></div>'
    )


@cache
def _sayings() -> tuple[list[str], list[str]]:
    """Headlines, and words of them: made once, drawn from for every page."""
    lines = [corpus.sentence(seed, "clause").capitalize() for seed in range(5_000)]
    return lines, sorted({word for line in lines for word in line.lower().split() if word.isalpha()})


def _headline(chance: random.Random) -> str:
    return chance.choice(_sayings()[0])


def _word(chance: random.Random) -> str:
    return chance.choice(_sayings()[1])


@cache
def _fillings(kind: str) -> list[str]:
    """Kilobytes of what looks like a style sheet or a script, made once."""
    chance = random.Random(kind)
    words = [*_TOKENS, *(f"{kind[0]}{chance.randrange(1_000)}" for _ in range(300))]
    return ["".join(_piece(words, kind, chance) for _ in range(400))[:1_024] for _ in range(40)]


def _piece(words: list[str], kind: str, chance: random.Random) -> str:
    if kind == "style":
        return (
            f".{chance.choice(words)}{{margin:{chance.randrange(40)}px;color:#{chance.randrange(4096):03x}}}"
        )
    return f"{chance.choice(words)}{chance.choice(_SIGNS)}"


def _filling(chance: random.Random, kilobytes: int, kind: str) -> str:
    return "".join(chance.choice(_fillings(kind)) for _ in range(kilobytes))
