"""An article that is not in the archive, as programs get it: the record of `quotidian read`."""

from __future__ import annotations

import json
from typing import Any

from quotidian.types import Article
from quotidian.write import jsonl


def record(article: Article) -> dict[str, Any]:
    """A record of the schema quotidian-article/1, as docs/reference/json.md describes it."""
    made: dict[str, Any] = json.loads(jsonl.line(article))
    return made
