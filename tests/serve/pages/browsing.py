"""A browser without scripts: pages as trees, forms sent with all that they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import httpx
import lxml.html
import numpy as np
from numpy.typing import NDArray
from starlette.testclient import TestClient

from quotidian.types import Article


@dataclass
class Page:
    """An answer, and its page as a tree."""

    response: httpx.Response

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.text

    @cached_property
    def tree(self) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring(self.html)

    @property
    def words(self) -> str:
        """What can be read on it, in one line."""
        return " ".join(self.tree.find("body").text_content().split())

    @property
    def path(self) -> str:
        return self.response.url.path

    @property
    def heading(self) -> str:
        (heading,) = self.tree.iter("h1")
        return " ".join(heading.text_content().split())

    def links(self) -> list[str]:
        """The addresses of this reading room that it leads to."""
        found = (urljoin(str(self.response.url), link.get("href")) for link in self.tree.iter("a", "{*}a"))
        here = urlsplit(str(self.response.url)).netloc
        return [url.partition("#")[0] for url in found if urlsplit(url).netloc == here]

    def form(self, action: str) -> lxml.html.FormElement:
        """The first form that is sent to this path."""
        return next(form for form in self.tree.forms if form.action == action)


class Browser:
    """Somebody who looks at pages and sends the forms that stand on them."""

    def __init__(self, client: TestClient):
        self.client = client

    def see(self, path: str) -> Page:
        return Page(self.client.get(path))

    def send(self, page: Page, action: str, **changes: str) -> Page:
        """A form of a page, with all its fields as they are but for the changes."""
        fields = {name: value for name, value in page.form(action).form_values() if name not in changes}
        return Page(self.client.post(action, data={**fields, **changes}))

    def post(self, path: str, **fields: str) -> Page:
        """What no form of a page sends, with a token all the same."""
        token = re.search(r'name="csrf" value="(\w+)"', self.see("/read").html)
        return Page(self.client.post(path, data={"csrf": token[1] if token else "", **fields}))


class Reader:
    """Reads nothing: it has the article already."""

    def __init__(self, article: Article):
        self._article = article

    def read_text(self, text: str, **about: str | None) -> Article:
        return self._article

    def attributed(self, article: Article) -> Article:
        return article

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """All texts mean the same to it."""
        return np.ones((len(texts), 1), np.float32)


def assert_inert(page: Page) -> None:
    """No script but the package's own, no style in the page, nothing loaded from another host."""
    tree = page.tree
    for script in tree.iter("script"):
        assert re.fullmatch(r"/static/\w+\.js\?v=[\w.]+", script.get("src") or "")
        assert not script.text
    assert not list(tree.iter("style", "img", "iframe", "object", "embed", "base"))
    assert not tree.xpath("//@style")
    attributes = {name.lower() for element in tree.iter("*") for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")}
    assert "'unsafe-inline'" not in page.response.headers["content-security-policy"]
    for link in tree.xpath("//link/@href"):
        assert link.startswith("/")
    for link in tree.xpath("//a[starts-with(@href, 'http')]"):
        assert link.get("rel") == "noopener noreferrer nofollow"
