"""What an export is asked for besides its format, and the permanent addresses that follow from it."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from urllib.parse import quote

from quotidian.errors import UsageError
from quotidian.store.values import Head, Hit

NAMESPACE = "urn:x-quotidian:"

_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"{}|\\^`]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to write.

    Attributes:
        whole_text: whether articles come with their whole text, and statements with whole sentences.
        base_url: where the archive's reading room is; addresses are left out without it.
        bom: whether CSV begins with a byte order mark, for spreadsheets opened by a double click.
        title: what a feed or a graph is called.
        feed_url: the feed's own address.
    """

    whole_text: bool = False
    base_url: str | None = None
    bom: bool = False
    title: str = "Who said what"
    feed_url: str | None = None

    def __post_init__(self) -> None:
        if self.base_url is not None and web_address(self.base_url) is None:
            raise UsageError(f"{self.base_url!a} is no web address: write one like https://archive.example")

    def statement(self, id: int) -> str | None:
        """The permanent address of a statement."""
        return self._address("statements", id)

    def article(self, id: int) -> str | None:
        """The permanent address of an article."""
        return self._address("articles", id)

    def entity(self, id: int | None) -> str | None:
        """The permanent address of an entity; None for nobody that the archive knows."""
        return None if id is None else self._address("entities", id)

    def outlet(self, id: int) -> str | None:
        """The permanent address of an outlet."""
        return self._address("outlets", id)

    def utterance(self, id: str) -> str | None:
        """The permanent address of an utterance."""
        return f"{self.base_url.rstrip('/')}/utterances/{quote(id)}" if self.base_url else None

    def name_of(self, hit: Hit) -> str:
        """What identifies a statement everywhere: its permanent address, or else a UUID of what it is."""
        return self.statement(hit.id) or uuid_of(hit.article.own_id, hit.article.url, hit.key)

    def name_of_article(self, head: Head) -> str:
        """What identifies an article everywhere: its permanent address, its own, or else a UUID."""
        return self.article(head.id) or web_address(head.url) or uuid_of(head.own_id, head.url)

    def _address(self, kind: str, id: int) -> str | None:
        return f"{self.base_url.rstrip('/')}/{kind}/{id}" if self.base_url else None


def uuid_of(*parts: str | None) -> str:
    """A UUID made from words: the same in every run."""
    return uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE + json.dumps(parts)).urn


def web_address(address: str | None) -> str | None:
    """The address where it is one of the web, so that it may stand in a link.

    >>> web_address("https://tide.example/1"), web_address("javascript:alert(1)")
    ('https://tide.example/1', None)
    """
    return address if address and _WEB_ADDRESS.fullmatch(address) else None
