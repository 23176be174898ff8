"""The commands run and query, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotidian import cli
from quotidian.cli import answers, runs
from quotidian.run.querying import Answer
from quotidian.run.running import Report
from run import invented

SQL = (
    "SELECT speaker, about, negated, day FROM statements WHERE outlet = 'herald.example' ORDER BY ALL LIMIT 2"
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    invented.crawl(folder / "crawl", files=2, records=3)
    assert cli.main(["run", str(folder / "crawl"), "--out", str(folder / "dataset"), "--workers", "1"]) == 0
    return folder / "dataset"


def test_the_report_says_what_was_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = [invented.record(1), invented.record(2), {"title": "no text"}]
    invented.lines(tmp_path / "in.jsonl", records)
    given = ["run", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "d"), "--workers", "1"]
    assert cli.main(given) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "1 shard made"
    assert told[1].startswith("2 articles, 4 statements in ")
    assert told[2] == "skipped: 1 broken record"
    assert json.loads((tmp_path / "d" / "manifest.json").read_text())["rows"]["statements"] == 4
    assert cli.main(given) == 0
    assert capsys.readouterr().out == "0 shards made, 1 there before\n"


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.crawl(tmp_path / "crawl", files=1)
    (tmp_path / "crawl" / "broken.parquet").write_bytes(b"PAR1 that is all")
    assert cli.main(["run", str(tmp_path / "crawl"), "--out", str(tmp_path / "d"), "--workers", "1"]) == 1
    told = capsys.readouterr()
    assert "broken.parquet" in told.err
    assert told.out.startswith("1 shard made, 1 could not be read\n")


def test_nothing_to_read_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", str(tmp_path / "nowhere"), "--out", str(tmp_path / "d")]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_too_little_memory_for_any_page_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.crawl(tmp_path / "crawl", files=1)
    given = ["run", str(tmp_path / "crawl"), "--out", str(tmp_path / "d"), "--memory-per-worker", "100"]
    assert cli.main(given) == 2
    assert "300 or more" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_a_page_that_takes_too_long_is_skipped_by_name_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    endless = " ".join(str(invented.record(i)["text"]) for i in range(4_000))
    records = [invented.record(1), invented.record(2, text=endless), invented.record(3)]
    invented.lines(tmp_path / "in.jsonl", records)
    given = ["run", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "d"), "--workers", "1"]
    assert cli.main([*given, "--seconds-per-page", "8"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1].startswith("2 articles, ")
    assert told[2] == "skipped: 1 too slow"
    assert told[-1] == "1 worker died and was replaced"


def test_an_answer_is_a_table(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["query", str(dataset), SQL]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["speaker", "about", "negated", "day"]
    assert set(lines[1]) == {"-", " "}
    assert len(lines) == 4
    assert "2031-03-0" in lines[2]


def test_an_answer_is_csv_or_json_lines_as_the_ending_says(dataset: Path, tmp_path: Path) -> None:
    assert cli.main(["query", str(dataset), SQL, "-o", str(tmp_path / "a.csv")]) == 0
    assert (tmp_path / "a.csv").read_text().splitlines()[0] == "speaker,about,negated,day"
    assert cli.main(["query", str(dataset), SQL, "-o", str(tmp_path / "a.jsonl")]) == 0
    first = json.loads((tmp_path / "a.jsonl").read_text().splitlines()[0])
    assert first["negated"] is False
    assert first["about"] == []
    assert first["day"].startswith("2031-03-")


def test_an_ending_that_says_nothing_is_asked_about(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["query", str(dataset), SQL, "-o", str(tmp_path / "a.xyz")]) == 2
    assert "--format" in capsys.readouterr().err


def test_a_wrong_query_fails_with_its_reason(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["query", str(dataset), "SELECT nobody FROM statements"]) == 2
    assert "nobody" in capsys.readouterr().err


def test_no_words_of_strangers_steer_the_terminal_or_run_in_a_spreadsheet(tmp_path: Path) -> None:
    row = ("=HYPERLINK(1)\x1b[2J", None, ["a", "b"])
    for form, good, bad in (("table", "HYPERLINK", "\x1b"), ("csv", "'=HYPERLINK", '"=')):
        path = tmp_path / form
        with path.open("w", encoding="utf-8") as file:
            answers.write(Answer(("what", "nothing", "several"), iter([row])), form, file)
        assert good in path.read_text(encoding="utf-8")
        assert bad not in path.read_text(encoding="utf-8")
        assert "a; b" in path.read_text(encoding="utf-8")


def test_an_answer_without_rows_has_its_columns(tmp_path: Path) -> None:
    with (tmp_path / "table").open("w", encoding="utf-8") as file:
        answers.write(Answer(("speaker", "day"), iter([])), "table", file)
    assert (tmp_path / "table").read_text() == "speaker  day\n"


def test_what_is_missing_is_named_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "fastwarc" else there(name))
    assert cli.main(["run", str(tmp_path), "--out", str(tmp_path / "d")]) == 2
    assert 'fastwarc: pip install "quotidian[run]"' in capsys.readouterr().err


def test_the_report_tells_of_deaths() -> None:
    told = runs._told(Report(files=2, made=2, articles=1, statements=0, records=3, deaths=2), 90.0)
    assert told[-1] == "2 workers died and were replaced"
    assert "in 1 min 30 s" in told[1]
