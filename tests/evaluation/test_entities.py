"""The invented pairs, and the figures that must not fall."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import pytest

from evaluation import entities

GOLD = entities.pairs()


def test_the_pairs_are_many_marked_as_fiction_and_most_of_them_misleading() -> None:
    rows = [json.loads(line) for line in entities.FILE.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 150
    assert all(row["fiction"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
    wanted = Counter(pair.want for pair in GOLD)
    assert wanted["different"] + wanted["open"] > wanted["same"] > 50


def test_same_is_hardly_ever_wrong_and_most_of_the_same_are_found() -> None:
    found = entities.shares(entities.judged(GOLD))
    assert found["precision of same"].percent >= 99
    assert found["recall of same"].percent >= 90
    assert found["all, left to a person"].percent <= 25


def test_what_is_not_as_wanted_is_listed_with_its_reasons() -> None:
    judged = entities.judged(GOLD)
    (line,) = [line for line in entities.wrong(judged) if line.startswith("076 ")]
    assert line.startswith("076 same name, another field: want different, judged unsure")
    assert "same full name" in line


def test_the_command_prints_the_figures_and_writes_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    entities.add(parser.add_subparsers())
    arguments = parser.parse_args(["entities", "--errors", "--json", str(tmp_path / "report.json")])
    assert arguments.command(arguments) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("precision of same")
    assert "076 same name, another field" in printed
    written = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert written["recall of same"]["of"] == sum(pair.want == "same" for pair in GOLD)


@pytest.mark.parametrize("pair", GOLD, ids=lambda pair: pair.id)
def test_two_that_are_not_one_are_never_joined(pair: entities.Pair) -> None:
    (judged,) = entities.judged([pair])
    assert pair.want == "same" or judged.judgement.verdict != "same"
