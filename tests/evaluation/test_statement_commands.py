from __future__ import annotations

import gzip
import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from invented_corpus import OUTERMOST
from invented_gum import FERRY
from invented_statements import Answers

from evaluation import about, acts, cli, corpus, floors, gum, measured, mentions, options, said
from evaluation.about import Label
from evaluation.corpus import article
from evaluation.speakers import Answer
from quotidian.types import Article, Entity, Mention, Passage

MARA = Answer("person", "Mara Lindqvist")
FERRY_NEWS = gum.document("GUM_news_ferry", FERRY)


def linked() -> Article:
    """The first two people that the invented document of GUM mentions, as one."""
    people = [one for one in FERRY_NEWS.mentions if one.type == "person"][:2]
    mentions = tuple(
        Mention(Passage.of(FERRY_NEWS.text, [one.span]), "person", "name", 1.0, "e1") for one in people
    )
    entities = (Entity("e1", "person", "Mara Lindqvist"),)
    return Article(id="ferry", text=FERRY_NEWS.text, mentions=mentions, entities=entities)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of corpora, and a reader that knows who says what there."""
    documents = [OUTERMOST, replace(OUTERMOST, doc="unlabelled")]
    corpus.write(documents, tmp_path / "polnear/dev.jsonl.gz", "polnear")
    (tmp_path / "speakers").mkdir()
    rows = [
        {"doc": "ferry", "ar": number, "kind": kind, "name": name, "role": "", "org": "", "via": ""}
        for number, kind, name in [(0, "person", "Mara Lindqvist"), (1, "organisation", "Harbour Office")]
    ]
    (tmp_path / "speakers/dev.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "gum").mkdir()
    (tmp_path / "gum/splits.md").write_text("## dev\n\n  * GUM_news_ferry\n")
    with tarfile.open(tmp_path / "gum/gum_tsv.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("tsv/GUM_news_ferry.tsv")
        member.size = len(FERRY.encode())
        archive.addfile(member, io.BytesIO(FERRY.encode()))
    monkeypatch.setenv("QUOTIDIAN_DATA", str(tmp_path))
    told = Answers(
        article(OUTERMOST), linked(), speakers={"“The ferry": MARA}, about={"it had": ["Ostmere Ferries"]}
    )
    monkeypatch.setattr(options, "reader", lambda model=None, threads=None: told)
    (tmp_path / "timex").mkdir()
    day = {"start": 0, "end": 12, "type": "DATE", "value": "2031-03-07"}
    dated = {"doc": "pier", "published": "2031-03-09", "text": "7 March 2031", "timex": [day]}
    with gzip.open(tmp_path / "timex/tbaq.jsonl.gz", "wt") as lines:
        lines.writelines(json.dumps({**dated, "doc": f"pier-{number}"}) + "\n" for number in range(20))
    for labels in (said, acts):
        monkeypatch.setattr(labels, "labels", list)
    monkeypatch.setattr(mentions, "FILE", tmp_path / "names.jsonl")
    named = {"doc": "ferry", "names": [[32, 46, "person"]], "second": []}
    (tmp_path / "names.jsonl").write_text(json.dumps(named))
    monkeypatch.setattr(about, "labels", lambda: [Label("ferry", 1, ("Ostmere Ferries", "Jon Vale"))])


def test_speakers_are_scored_given_and_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    assert cli.main(["speakers", "--json", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "The attributions given: 2 labelled" in printed
    assert "End to end: 2 labelled, 3 found, 2 contents paired" in printed
    written = json.loads(out.read_text())
    assert written["given"]["names"]["person"]["percent"] == 100
    assert written["given"]["names_given"]["of"] == 1
    assert written["end_to_end"]["statements"] == {"p": 33.33, "r": 50.0, "f1": 40.0}


def test_whom_statements_are_about_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    assert cli.main(["about", "--json", str(out)]) == 0
    assert "whom they are about" in capsys.readouterr().out
    assert json.loads(out.read_text()) == {"statements": 1, "names": {"p": 100.0, "r": 50.0, "f1": 66.67}}


def test_who_is_who_is_scored_in_both_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    assert cli.main(["coreference", "--json", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "mentions by head" in printed and "mentions by exact" in printed
    written = json.loads(out.read_text())
    assert written["head"]["measures"]["muc"] == {"p": 100.0, "r": 33.33, "f1": 50.0}
    assert written["head"]["genres"].keys() == {"news"}


def test_names_are_scored_and_so_is_their_second_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.json"
    assert cli.main(["mentions", "--json", str(out)]) == 0
    assert "two readings" in capsys.readouterr().out
    written = json.loads(out.read_text())
    assert written["all"] == written["person"] == {"p": 0, "r": 0, "f1": 0, "wanted": 1}
    assert written["place"]["wanted"] == 0


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("mentions", "ferry 32: missed person 'Mara Lindqvist'"),
        ("speakers", "ferry 1: kind 'organisation', ours 'none'; name 'Harbour Office', ours ''"),
        ("about", "ferry 1: missed ['jon vale'], wrong []"),
    ],
)
def test_what_is_wrong_is_listed_only_if_asked_for(
    command: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([command]) == 0
    assert shown not in capsys.readouterr().out
    assert cli.main([command, "--errors"]) == 0
    assert shown in capsys.readouterr().out


def test_every_floor_of_statements_is_of_something_that_is_measured(tmp_path: Path) -> None:
    reading = options.reader()
    found = measured.of_statements(measured.read_dev(tmp_path, reading), tmp_path, reading)
    assert floors.load()["statements"].keys() <= found.keys()
    assert (found["speakers_name"], found["speakers_f1"], found["about"]) == (100, 40, 66.67)
    assert found["dates"] == 100


@pytest.mark.parametrize("command", ["speakers", "about", "mentions", "coreference"])
def test_without_data_the_fault_is_said_in_one_line(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QUOTIDIAN_DATA")
    assert cli.main([command]) == 2
    assert capsys.readouterr().err.startswith("evaluation: QUOTIDIAN_DATA is not set")
