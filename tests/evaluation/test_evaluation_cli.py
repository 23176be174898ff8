from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from invented_corpus import NESTED, OUTERMOST, Repeats

from evaluation import cli, corpus, nested, options
from evaluation.corpus import article

PERFECT = Repeats(article(NESTED))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    corpus.write([OUTERMOST], path, "polnear")
    return path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "reader", lambda model, threads: PERFECT)


def test_a_file_of_predictions_is_scored(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.json"
    status = cli.main(["attributions", str(gold), str(gold), "--by", "directness,outlet", "--json", str(out)])
    printed = capsys.readouterr().out
    assert status == 0
    assert "1 documents, 3 attributions marked, 3 found" in printed
    assert "whole attributions (ar)" in printed
    assert "The Ostmere Ledger" in printed
    written = json.loads(out.read_text())
    assert written["figures"]["ar"] == {"p": 100.0, "r": 100.0, "f1": 100.0}
    assert set(written["by"]) == {"directness", "outlet"}


def test_predictions_are_made_now_and_can_be_saved(
    gold: Path, tmp_path: Path, reads: None, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "found.jsonl"
    assert cli.main(["attributions", str(gold), "--model", "--save", str(saved)]) == 0
    printed = capsys.readouterr().out
    assert "1 nested ones left out" in printed
    assert "expected calibration error" in printed
    (found,) = corpus.documents(saved)
    assert len(found.attributions) == 4


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "either a file of predictions or --model"),
        (["absent.jsonl"], "no such file"),
        (["--model", "--by", "colour"], "give directness, length, outlet"),
    ],
)
def test_faults_are_one_line_and_status_two(
    gold: Path, arguments: list[str], why: str, reads: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["attributions", str(gold), *arguments]) == 2
    error = capsys.readouterr().err
    assert why in error
    assert error.count("\n") == 1


def test_a_corpus_is_converted(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["convert", str(gold), str(tmp_path / "brat"), "--to", "brat"]) == 0
    assert cli.main(["convert", str(tmp_path / "brat"), str(tmp_path / "back.jsonl.gz")]) == 0
    (back,) = corpus.documents(tmp_path / "back.jsonl.gz")
    assert back.attributions == OUTERMOST.attributions


def test_a_sheet_is_drawn_shown_and_counted(
    gold: Path, tmp_path: Path, reads: None, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.jsonl"
    same = ["--sheet", str(sheet), "--gold", str(gold)]
    assert cli.main(["nested", "--draw", "1", *same]) == 0
    assert cli.main(["nested", "--show", *same]) == 0
    assert "[C: had heard]" in capsys.readouterr().out
    drawn = nested.load(sheet)
    nested.save(replace(drawn, rows=(replace(drawn.rows[0], verdict="right"),)), sheet)
    assert cli.main(["nested", "--score", *same]) == 0
    assert "1 of 1: 100.0% (95% interval 20.7%–100.0%)" in capsys.readouterr().out


def test_a_sheet_needs_the_data(
    tmp_path: Path, reads: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QUOTIDIAN_DATA", raising=False)
    assert cli.main(["nested", "--draw", "1", "--sheet", str(tmp_path / "sheet.jsonl")]) == 2
    assert "QUOTIDIAN_DATA is not set" in capsys.readouterr().err


def test_fallen_floors_are_status_one_and_absent_data_are_said_to_be_skipped(
    reads: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QUOTIDIAN_DATA", raising=False)
    monkeypatch.setattr(
        cli.floors, "load", lambda: {"dev": {"ar": 70.0}, "golden": {"ar": 70.0}, "pages": {}}
    )
    assert cli.main(["floors"]) == 1
    printed = capsys.readouterr().out
    assert "dev, pages: skipped: QUOTIDIAN_DATA is not set" in printed
    assert "golden: ar is 0.0, its floor 70.0" in printed
