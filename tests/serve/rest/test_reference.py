"""The reference names every operation, and its examples can be typed."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.serve.rest.test_conformance import PATHS

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line)[1:]
    for block in re.findall(r"^```bash\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.replace("\\\n", " ").splitlines()
]
HERE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("path", PATHS)
def test_the_reference_names_every_operation(path: str) -> None:
    for method in PATHS[path]:
        row = f"| `/api{path}` |" if method == "get" else f"| {method.upper()} | `/api{path}` |"
        assert row in PAGE


def test_the_reference_names_no_operation_that_there_is_not() -> None:
    named = re.findall(r"^\|(?: \w+ \|)? `/api(/[^`]*)` \|", PAGE, re.MULTILINE)
    assert sorted(named) == sorted(path for path, methods in PATHS.items() for _ in methods)


def test_the_examples_of_the_reference_do_what_they_say(client: TestClient) -> None:
    done = [outcome(client, command) for command in COMMANDS if any(HERE in word for word in command)]
    assert len(done) >= 7
    assert set(done) <= {200, 201}


def outcome(client: TestClient, command: list[str]) -> int:
    """The status of what curl would be answered."""
    address = next(word for word in command if HERE in word).removeprefix(HERE)
    if command[0] == "--json":
        return client.post(address, json=json.loads(command[1])).status_code
    return client.get(address).status_code


def test_every_kind_of_review_is_in_the_reference() -> None:
    body: dict[str, Any] = PATHS["/reviews"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    for kind in body["discriminator"]["mapping"]:
        assert re.search(rf"^\|.*`{kind}`.*\|", PAGE, re.MULTILINE)
