from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import benchmarks.cli
import benchmarks.crawl.cli
import evaluation.cli

DOCS = Path(__file__).parents[2] / "docs"
PARSERS = {"evaluation": evaluation.cli.parser, "benchmarks": benchmarks.cli.parser}
COMMANDS = [
    found.groups()
    for page in sorted(DOCS.rglob("*.md"))
    for found in re.finditer(
        r"^(?:\w+=\S+ )?(?:\S*/)?python -m (evaluation|benchmarks) (.*)$",
        page.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
]


@pytest.mark.parametrize(("module", "options"), COMMANDS)
def test_a_command_that_the_documentation_gives_is_one(module: str, options: str) -> None:
    parser, words = PARSERS[module](), shlex.split(options, comments=True)
    if words[0] == "crawl":  # a command line of its own
        parser, words = benchmarks.crawl.cli.parser(), words[1:]
    parser.parse_args(words)


def test_every_command_of_the_evaluation_is_documented() -> None:
    page = (DOCS / "how-to" / "evaluate.md").read_text(encoding="utf-8")
    attributions = ["attributions", "convert", "golden", "nested --draw", "nested --score", "floors"]
    statements = ["statements", "speakers", "about", "acts", "said", "dates", "mentions", "coreference"]
    archive = ["entities", "demo", "traces"]
    for command in [*attributions, *statements, *archive]:
        assert f"python -m evaluation {command}" in page


def test_every_measurement_is_documented() -> None:
    page = (DOCS / "reference" / "benchmarks.md").read_text(encoding="utf-8")
    for name in (*benchmarks.cli.MEASUREMENTS, *benchmarks.cli.OTHERS):
        assert f"python -m benchmarks {name}" in page
