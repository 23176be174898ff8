"""A web page → the article on it: its text, paragraph by paragraph, and what it says of itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from quotidian.errors import LimitExceeded, NotAnArticle
from quotidian.reading import body
from quotidian.reading.encoding import page_text
from quotidian.reading.limits import Limits, exceeded
from quotidian.reading.metadata import host_of, metadata
from quotidian.reading.record import Record
from quotidian.reading.tidy import tidied

# A page up to this size takes a few seconds at the very worst, whatever it holds;
# larger ones, rare among news pages, are read in a process of their own, which can be stopped.
SMALL_TAGS = 6_000
SMALL_LETTERS = 400_000

# What has less than this share of the story's letters is not the story.
TEASER = 1 / 3

_TAG = re.compile(r"<[a-zA-Z]")
# Optional in HTML, and some pages have them too early; the parser drops what comes after them.
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_NO_TEXT = frozenset({"script", "style", "template", "svg"})


def page_record(
    data: bytes, limits: Limits, address: str | None = None, charset: str | None = None
) -> Record:
    """The article on a page.

    Args:
        data: the page as served.
        limits: what it may cost.
        address: where it was read, if on the web.
        charset: what the server said of its encoding.

    Raises:
        LimitExceeded: for a page too large, too deep, or too slow to read.
        NotAnArticle: for what no parser can read as a page.
    """
    if len(data) > limits.bytes_per_page:
        raise exceeded(limits, "bytes_per_page", "page too large")
    source = page_text(data, charset)
    del data
    tree = parsed(source, limits)
    return described(tree, address) if _is_small(tree) else _in_own_process(source, limits, address)


def described(tree: HtmlElement, address: str | None) -> Record:
    """The article that a page's tree holds."""
    about = metadata(tree, address)
    told = tidied(body.paragraphs(tree), about.headlines)
    return Record(
        text="\n\n".join(told if _is_whole(told, about.story) else tidied(about.story, about.headlines)),
        url=about.url,
        outlet=about.outlet or host_of(address),
        title=about.title,
        byline=about.byline,
        language=about.language,
        published=about.published.when,
        published_from=about.published.evidence,
        modified=about.modified,
    )


def _is_whole(told: list[str], story: tuple[str, ...]) -> bool:
    """Whether what was found is not just a teaser of what the page says its story is.

    Pages that scripts put together hold their story in their JSON-LD alone; the extractor finds
    it there too, but runs its paragraphs together.
    """
    found, stated = sum(map(len, told)), sum(map(len, story))
    run_together = len(told) == 1 < len(story) and 0.9 * found <= stated
    return found >= TEASER * stated and not run_together


def parsed(source: str, limits: Limits) -> HtmlElement:
    """A page's tree.

    Raises:
        LimitExceeded: for too many tags, or tags nested too deep.
        NotAnArticle: where there is no page.
    """
    if next(islice(_TAG.finditer(source), limits.tags_per_page, None), None) is not None:
        raise exceeded(limits, "tags_per_page", "page with too many tags")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        source = _ENDS.sub("", source)
        tree = document_fromstring(source.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError):
        return document_fromstring("<html><head></head><body></body></html>")
    for fault in parser.error_log.filter_from_errors():
        if fault.type_name == "ERR_RESOURCE_LIMIT" and "depth" in fault.message:
            raise exceeded(limits, "depth", "page with tags nested too deep")
        if fault.type_name == "ERR_RESOURCE_LIMIT":
            raise LimitExceeded(
                "page with one stretch of text too large: the parser's limit is 10,000,000 bytes"
            )
    if limits.depth < 256 and _depth(tree) > limits.depth:
        raise exceeded(limits, "depth", "page with tags nested too deep")
    return tree


def _depth(tree: HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _is_small(tree: HtmlElement) -> bool:
    letters = 0
    for tags, element in enumerate(tree.iter("*")):
        letters += len(element.tail or "") + (len(element.text or "") if element.tag not in _NO_TEXT else 0)
        if tags > SMALL_TAGS or letters > SMALL_LETTERS:
            return False
    return True


def _in_own_process(source: str, limits: Limits, address: str | None) -> Record:
    """The article on a page, from a process that is stopped when its time is up."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "quotidian.reading.worker", *([address] if address else [])],
            input=source.encode("utf-8", "replace"),
            capture_output=True,
            timeout=limits.seconds_to_extract,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )
        return Record(**json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        raise exceeded(limits, "seconds_to_extract", "page too slow to read") from None
    except (subprocess.CalledProcessError, ValueError, TypeError, OSError) as error:
        raise NotAnArticle("not an article we can read: page that no extractor can take apart") from error
