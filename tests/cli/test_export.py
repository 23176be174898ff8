"""quotidian export and import: what leaves an archive, and what comes back."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from cli.invented import ALL
from quotidian import cli, store
from quotidian.export import FORMATS
from quotidian.store.values import Review

EACH = [(what, form) for what, forms in FORMATS.items() for form in forms]


@pytest.fixture
def reviewed(news: str) -> str:
    with store.opened(news) as archive:
        archive.review(Review(kind="accept", by="Edda", statement=1))
        archive.join()
    return news


def written(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(["export", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("what, form", EACH)
def test_everything_can_be_written_in_each_of_its_formats(reviewed, tmp_path, capsys, what, form):
    output = tmp_path / "written"
    words = [reviewed, what, "--format", form, "-o", str(output), "--whole-text"]
    assert cli.main(["export", *words]) == 0
    assert output.stat().st_size
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "name, beginning",
    [
        ("a.jsonl", b"{"),
        ("a.CSV", b"statement,address"),
        ("a.parquet", b"PAR1"),
        ("a.gexf", b"<?xml"),
        ("a.bib", b"@"),
        ("a.ris", b"TY  - "),
        ("a.atom", b"<?xml"),
    ],
)
def test_the_ending_of_the_output_chooses_the_format(news, tmp_path, name, beginning):
    assert cli.main(["export", news, "statements", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(beginning)


@pytest.mark.parametrize(
    "words, told",
    [
        ("statements -o a.xyz", "could hold any format: choose one with --format: jsonl, csv"),
        ("statements --format docx", "no format 'docx' of statements; there are jsonl"),
        ("articles --format gexf", "no format 'gexf' of articles"),
        ("utterances -o a.xyz", "choose one with --format: jsonl, csv, parquet, gexf, prov"),
        ("utterances --format bibtex", "no format 'bibtex' of utterances"),
        ("reviews", "add --whole-text"),
    ],
)
def test_what_cannot_be_written_is_said_with_what_can(news, capsys, words, told):
    assert cli.main(["export", news, *words.split()]) == 2
    assert told in capsys.readouterr().err


def test_only_what_a_query_finds_is_written(news, capsys):
    rows = list(csv.DictReader(io.StringIO(written(capsys, news, "statements", "--format", "csv"))))
    assert len(rows) == 5
    found = written(capsys, news, "statements", "--where", "speaker:voss outlet:tarn")
    assert [json.loads(line)["article"]["id"] for line in found.splitlines()] == [ALL[2].id]


def test_quotations_go_out_with_a_short_context_and_whole_texts_if_asked(news, capsys):
    short = [json.loads(line) for line in written(capsys, news, "articles").splitlines()]
    whole = [json.loads(line) for line in written(capsys, news, "articles", "--whole-text").splitlines()]
    assert all("text" not in one for one in short)
    assert [one["text"] for one in whole] == [one.text for one in ALL]


def test_addresses_are_those_of_the_reading_room_that_is_named(news, capsys):
    out = written(capsys, news, "statements", "--base-url", "https://archive.example", "--format", "csv")
    assert "https://archive.example/" in out
    assert written(capsys, news, "statements", "--format", "csv", "--bom").startswith("\ufeff")


def test_an_export_that_fails_leaves_what_was_there(news, tmp_path, monkeypatch, capsys):
    def broken(self: store.Archive, query: str = "") -> object:
        yield self.statement(1)
        raise OSError(28, "No space left on device", "news.db")

    monkeypatch.setattr(store.Archive, "every", broken)
    output = tmp_path / "a.jsonl"
    output.write_text("before")
    assert cli.main(["export", news, "statements", "-o", str(output)]) == 2
    assert "No space left" in capsys.readouterr().err
    assert output.read_text() == "before"
    assert not list(tmp_path.glob("*.part"))


def test_parquet_is_not_written_to_a_terminal(news, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.main(["export", news, "statements", "--format", "parquet"]) == 2
    assert "name a file with --output" in capsys.readouterr().err


def test_a_closed_pipe_ends_quietly(news, start):
    with start("export", news, "statements", "--format", "csv") as running:
        running.stdout.close()
        assert running.wait(60) == 141
        assert running.stderr.read() == ""


# --- import -------------------------------------------------------------------------------------


@pytest.fixture
def annotations(news: str, tmp_path: Path) -> Path:
    path = tmp_path / "annotations.jsonld"
    assert cli.main(["export", news, "statements", "--format", "webannotation", "-o", str(path)]) == 0
    return path


def test_annotations_that_nobody_changed_change_nothing(news, annotations, capsys):
    assert cli.main(["import", news, str(annotations), "--by", "Edda"]) == 0
    assert capsys.readouterr().out == "0 reviews kept\n"


def test_an_annotation_that_was_changed_is_a_correction(news, annotations, capsys):
    collection = json.loads(annotations.read_text("utf-8"))
    changed = next(
        one
        for one in collection["first"]["items"]
        if one["role"] == "content" and "ferry would sail" in json.dumps(one)
    )
    changed["act"] = "promise"
    annotations.write_text(json.dumps(collection), encoding="utf-8")
    assert cli.main(["import", news, str(annotations), "--by", "Edda"]) == 0
    assert capsys.readouterr().out == "1 review kept\n"
    cli.main(["search", news, "act:promise"])
    assert "Ada Voss · by 6 March 2031 · promise" in capsys.readouterr().out
    with store.opened(news) as archive:
        assert [(one.kind, one.by) for one in archive.reviews()] == [("correct", "Edda")]


def test_annotations_of_no_article_here_are_told(news, tmp_path, capsys):
    other = {
        "type": "Annotation",
        "id": "urn:x",
        "body": {"value": "source"},
        "target": {"source": "https://elsewhere.example/page"},
    }
    (tmp_path / "other.json").write_text(json.dumps(other), encoding="utf-8")
    assert cli.main(["import", news, str(tmp_path / "other.json"), "--by", "Edda"]) == 2
    err = capsys.readouterr().err
    assert "no annotation in it is of an article in the archive" in err


@pytest.mark.parametrize("text, told", [("{", "not JSON"), ("{}", "no annotation in it")])
def test_a_file_that_holds_none_is_named(news, tmp_path, capsys, text, told):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert cli.main(["import", news, str(tmp_path / "a.json"), "--by", "Edda"]) == 2
    assert f"a.json: {told}" in capsys.readouterr().err
    assert cli.main(["import", news, str(tmp_path / "nowhere.json"), "--by", "Edda"]) == 2
    assert "nowhere.json: cannot be read" in capsys.readouterr().err
