"""The command join over a data set, and a part of a data set into an archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotidian import cli, store
from quotidian.cli.joins import is_dataset, size
from run import invented


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    invented.crawl(folder / "crawl", files=2, records=3)
    assert cli.main(["run", str(folder / "crawl"), "--out", str(folder / "dataset"), "--workers", "1"]) == 0
    return folder / "dataset"


def test_a_join_says_what_it_found_and_its_tables_can_be_asked(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["join", str(dataset), "--memory", "1GB", "--workers", "1"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("14 reports, ")
    assert "of several articles" in second
    found = json.loads((dataset / "join.json").read_text(encoding="utf-8"))
    assert cli.main(["query", str(dataset), "SELECT count(*) AS n FROM links", "--format", "csv"]) == 0
    assert capsys.readouterr().out.split() == ["n", str(found["links"])]


def test_a_folder_of_something_else_is_not_joined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["join", str(tmp_path)]) == 2
    assert "quotidian run" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["lots", "4", "-1GB", "4 GB of it"])
def test_a_size_that_is_none_is_refused(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["join", "dataset", f"--memory={given}"])
    assert "4GB" in capsys.readouterr().err


def test_sizes_are_powers_of_1024() -> None:
    assert (size("800MB"), size("1.5gb"), size("2GiB")) == (800 * 1024**2, 3 * 1024**3 // 2, 2 * 1024**3)


def test_all_of_a_data_set_goes_into_an_archive_once(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["add", str(tmp_path / "news.db"), str(dataset), "--quiet"]
    assert cli.main(given) == 0
    assert capsys.readouterr().out == "7 added, 0 new versions, 0 unchanged\n"
    assert cli.main(given) == 0
    assert capsys.readouterr().out == "0 added, 0 new versions, 7 unchanged\n"


def test_nothing_is_read_again(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an article was read again")

    monkeypatch.setattr("quotidian.pipeline.Reader.attributed", refuse)
    assert cli.main(["add", str(tmp_path / "news.db"), str(dataset), "--quiet"]) == 0
    with store.opened(str(tmp_path / "news.db")) as archive:
        assert archive.counts().statements == 14


def test_a_condition_and_days_choose_articles(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = str(tmp_path / "news.db")
    quill = "article IN (SELECT article FROM statements WHERE speaker = 'Mara Quill') -- hers"
    assert cli.main(["add", db, str(dataset), "--quiet", "--where", quill]) == 0
    assert capsys.readouterr().out.startswith("1 added")
    assert cli.main(["add", db, str(dataset), "--quiet", "--day", "2031-03-02..2031-03-03"]) == 0
    assert capsys.readouterr().out.startswith("4 added")
    both = ["--where", "outlet = 'courier.example'", "--day", "2031-03-01"]
    assert cli.main(["add", db, str(dataset), "--quiet", *both]) == 0
    assert capsys.readouterr().out.startswith("1 added, 0 new versions, 1 unchanged")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--where", "nonsense = 1"], "nonsense"),
        (["--where", "1 = 1); DROP TABLE articles; --"], "syntax"),
        (["--day", "last Tuesday"], "last Tuesday"),
        (["--day", "2031-03-03..2031-03-01"], "ends before"),
    ],
)
def test_a_choice_that_is_none_is_refused(
    options: list[str], why: str, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["add", str(tmp_path / "news.db"), str(dataset), *options]) == 2
    assert why in capsys.readouterr().err


def test_a_condition_chooses_among_the_articles_of_data_sets_alone(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("“The ferry sails,” said Mara Quill.", encoding="utf-8")
    assert cli.main(["add", str(tmp_path / "news.db"), str(dataset), str(page), "--where", "true"]) == 2
    assert "page.txt is no data set" in capsys.readouterr().err
    assert not is_dataset(str(tmp_path))
    assert not is_dataset("https://news.example/a")
    assert is_dataset("s3://bucket/dataset")
