"""One self-contained page to keep or mail: each article with its statements marked and listed.

Nothing in the page runs or loads: no script, no outside address, and a content security policy
that forbids both. An article's text is in the page character for character; numbers and brackets
are drawn by the style sheet, so what is copied from the page is the text alone. Only what no
page can hold (NUL and other controls, overrides of direction) shows as another character.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import TextIO, cast
from urllib.parse import urlsplit

from quotidian._version import __version__
from quotidian.types import Article
from quotidian.write.about import changed, day, summary
from quotidian.write.html import people, statements
from quotidian.write.html.markup import Places, escaped
from quotidian.write.html.text import paragraphs

SPOOLED_IN_MEMORY = 4 * 2**20

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LEGEND = (
    '<ul class="legend" aria-label="How the text is marked">'
    '<li><span class="source">source</span> who said it</li>'
    '<li><span class="cue">cue</span> words that say so</li>'
    '<li><span class="content"><span class="n" data-n="1"></span>content<span class="end"></span></span> '
    "what was said</li>"
    "{names}</ul>"
)
_NAMES = '<li><span class="name">name</span> pointed at, tells whom it stands for</li>'


def write(articles: Iterable[Article], file: TextIO) -> None:
    """Write one page with all the articles, and a list of them first where there are several.

    Memory stays flat: what has to wait for the list waits in temporary files.
    """
    following = iter(articles)
    first = list(islice(following, 2))
    if len(first) < 2:
        title = first[0].title or first[0].id if first else "No article"
        file.write(_head(f"{title}: who said what"))
        file.writelines(_article(article, 1) for article in first)
        file.write(_foot({article.model for article in first}))
        return
    with _spool() as listed, _spool() as bodies:
        models: set[str | None] = set()
        for place, article in enumerate(chain(first, following), start=1):
            listed.write(_listed(article, place))
            bodies.write(_article(article, place, heading="h2"))
            models.add(article.model)
        file.write(_head(f"{place:,} articles: who said what"))
        file.write(f'<nav class="index" aria-label="Articles"><h1>{place:,} articles</h1>\n<ol>\n')
        _pour(listed, file)
        file.write("</ol></nav>\n")
        _pour(bodies, file)
        file.write(_foot(models))


def page(article: Article) -> str:
    """The page for one article."""
    title = f"{article.title or article.id}: who said what"
    return _head(title) + _article(article, 1) + _foot({article.model})


def _spool() -> SpooledTemporaryFile[str]:
    return SpooledTemporaryFile(SPOOLED_IN_MEMORY, "w+", encoding="utf-8", newline="")


def _pour(spool: SpooledTemporaryFile[str], file: TextIO) -> None:
    spool.seek(0)
    shutil.copyfileobj(cast(TextIO, spool), file)


@cache
def _style() -> str:
    return files("quotidian.write.html").joinpath("page.css").read_text("utf-8")


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _head(title: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="quotidian {__version__}">\n'
        f"<title>{escaped(title)}</title>\n<style>{_style()}</style>\n</head>\n<body>\n"
        '<header class="masthead"><p><b>Quotidian</b> '
        "<span>Who said what, as the article reports it</span></p></header>\n<main>\n"
    )


def _foot(models: set[str | None]) -> str:
    names = ", ".join(sorted(f"model {model}" for model in models if model)) or "no model"
    return (
        f'</main>\n<footer class="foot"><p>Read by quotidian {__version__} ({escaped(names)}), a machine. '
        "It can err: it may miss a statement, cut one short or name the wrong source. Check the article "
        "before you rely on a line of this page. “Sure” is the machine's own estimate of how "
        "often a person would mark the same words for the same source. “By” a day means on that day or "
        "before; “vouched for”, that the article's words present what was said as so; “distanced”, that "
        "they keep it at arm's length.</p></footer>\n</body>\n</html>\n"
    )


def _listed(article: Article, place: int) -> str:
    about = [article.outlet, day(article), summary(article)]
    return (
        f'<li><a href="#a{place}" dir="auto">{escaped(article.title or article.id)}</a>'
        f"<small>{' · '.join(f'<bdi>{escaped(part)}</bdi>' for part in about if part)}</small></li>\n"
    )


def _article(article: Article, place: int, heading: str = "h1") -> str:
    places = Places(article, place)
    language = article.language if article.language and _LANGUAGE.fullmatch(article.language) else None
    lang = f' lang="{language}"' if language else ""
    head = (
        f'<article id="a{place}"><header class="head">'
        + (f'<p class="outlet" dir="auto">{escaped(article.outlet)}</p>' if article.outlet else "")
        + f'<{heading} dir="auto"{lang}>{escaped(article.title or article.id)}</{heading}>'
        + f'<p class="meta">{"".join(_about(article))}</p></header>\n'
    )
    reason = f'<p class="notice">Not searched for statements: {escaped(article.reason or "")}</p>\n'
    legend = _LEGEND.format(names=_NAMES if article.mentions else "")
    bar = f'<div class="bar"><p>{summary(article)}</p>{legend}</div>\n'
    return "".join(
        (
            head,
            reason if article.reason is not None else bar,
            f'<div class="sheet"><div class="text"{lang}>',
            *paragraphs(article, places, place),
            "</div>\n",
            *(statements.listing(article, places, place, lang) if article.attributions else ()),
            "</div>\n",
            *people.listing(article, places, place),
            _evidence(article),
            "</article>\n",
        )
    )


def _about(article: Article) -> Iterator[str]:
    if article.byline:
        yield f'<span dir="auto">{escaped(article.byline)}</span>'
    if article.published:
        found = (
            f' title="Date taken from: {escaped(article.published_from)}"' if article.published_from else ""
        )
        yield f"<span{found}>{escaped(day(article))}</span>"
    if article.modified and (told := changed(article)):
        yield f'<span title="{escaped(article.modified)}">{escaped(told)}</span>'
    if article.url:
        yield _address(article.url)


def _address(url: str) -> str:
    shown = escaped(url)
    if re.search(r"[\s\x00-\x1f\x7f]", url) or not url.lower().startswith(("http://", "https://")):
        return f'<span dir="ltr">{shown}</span>'
    try:
        host = urlsplit(url).hostname or url
    except ValueError:
        return f'<span dir="ltr">{shown}</span>'
    return (
        f'<a href="{shown}" rel="noopener noreferrer nofollow" dir="ltr" title="{shown}">{escaped(host)}</a>'
    )


def _evidence(article: Article) -> str:
    origin = f"Read from <code>{escaped(article.origin)}</code>. " if article.origin else ""
    return (
        f"<details><summary>Where this text comes from</summary><p>{origin}Its SHA-256 is "
        f"<code>{article.text_sha256}</code>.</p></details>\n"
    )
