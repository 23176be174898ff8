"""Whatever is typed into the search is answered: 10,000 generated strings, never an error of ours.

A tenth of them runs by default; ``QUOTIDIAN_SEARCH_STRINGS=10000`` runs all.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

from starlette.testclient import TestClient

from quotidian.serve.access.settings import Settings
from quotidian.serve.app import application
from quotidian.store import Archive

MANY = int(os.environ.get("QUOTIDIAN_SEARCH_STRINGS", "1000"))

# Every twentieth of them goes to each of these, the others to the API's search.
PLACES = {0: "/search", 1: "/utterances", 2: "/api/utterances"}

# What queries are made of, what breaks parsers, SQL, full-text queries and encodings.
PIECES = (
    *(
        "speaker:",
        "about:",
        "act:",
        "since:",
        "until:",
        "sure:",
        "depth:",
        "label:",
        "id:",
        "article:",
        "day:",
    ),
    *("deny", "state", "2031-03", "9999-99-99", "-1", "#1", "#99999999999999999999", "1e999", "0x7f", "NaN"),
    *('"', "'", "“", "”", "*", "-", "--", "OR", "AND", "NOT", "NEAR", "(", ")", "^", "{", "}", "+", "~", "|"),
    *(
        ":",
        "::",
        "：",
        ",",
        ";",
        ";--",
        "/*",
        "*/",
        "\\",
        "%",
        "_",
        "?",
        "$1",
        ":a",
        "@",
        "&",
        "!",
        "<->",
        "''",
    ),
    *(
        "ferry",
        "Lindqvist",
        "minister",
        "İstanbul",
        "ß",
        "ﬁ",
        "大臣",
        "水不会说谎",
        "النهر",
        "ก็",
        "é",
        "é",
        "ſ",
    ),
    *(
        "\u200b",
        "\u202e",
        "\ufeff",
        "\ufffd",
        "\U0001f30a",
        "\u0301",
        "\x1b[31m",
        "\x7f",
        "\x01",
        "\t",
        "\n",
        "\r",
    ),
    *(
        "<script>",
        "{{7*7}}",
        "../../etc/passwd",
        "DROP TABLE statements",
        "' OR 1=1 --",
        "words MATCH",
        "x" * 300,
    ),
)


def strings(seed: int) -> Iterator[str]:
    """Queries put together by chance, the same in every run."""
    chance = random.Random(seed)
    while True:
        joint = chance.choice(("", " ", " ", "  "))
        yield joint.join(chance.choice(PIECES) for _ in range(chance.randint(1, 12)))


def test_any_string_is_answered(unchanged: Archive) -> None:
    settings = Settings.checked(port=8123)
    whole = TestClient(application(unchanged, settings), base_url=settings.base_url)
    for number, query in zip(range(MANY), strings(7), strict=False):
        place = PLACES.get(number % 20, "/api/statements")
        sort = "relevance" if number % 2 else "-day"
        list_ = "only" if number % 40 > 20 else "repeated"
        answer = whole.get(place, params={"q": query, "sort": sort, "list": list_})
        # What the API refuses (U+0000, too long) it refuses in a sentence.
        assert answer.status_code in (200, 422), (query, answer.text[:300])
        assert answer.status_code == 200 or place.startswith("/api")
