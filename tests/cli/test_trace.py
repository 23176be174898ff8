"""quotidian trace and utterances: what is shown of one act of saying, and of many."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cli import rumours
from quotidian import cli, store
from quotidian.store.values import Review

TIMES = "the times overlap, and nothing here tells which was earlier"


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command shows, on one line, as lines break where the terminal ends."""
    assert cli.main(list(words)) == 0
    return " ".join(capsys.readouterr().out.split())


def statement(news: str, outlet: str) -> str:
    with store.opened(news) as archive:
        return str(next(hit.id for hit in archive.every() if hit.article.outlet.name == outlet))


def report(capsys: pytest.CaptureFixture[str], news: str, number: int) -> str:
    """What the trace of the first statement tells of one report."""
    assert cli.main(["trace", news, "1"]) == 0
    apart = re.split(r"^(?=\d+  \S|Contradicts it)", capsys.readouterr().out, flags=re.MULTILINE)
    return next(" ".join(one.split()) for one in apart if one.startswith(f"{number}  "))


def test_a_trace_tells_the_speaker_the_words_and_how_many_have_them(rumour, capsys):
    told = shown(capsys, "trace", rumour, "1")
    assert told.startswith("Ada Voss · said by 6 March 2031 · 3 reports in 3 outlets · utterance ")
    assert "⟦the flood gates at Port Calder had not been opened for eleven days before the storm⟧" in told


def test_the_first_is_the_first_of_this_archive_with_its_time_and_why(rumour, capsys):
    told = shown(capsys, "trace", rumour, "1")
    assert (
        "First in this archive: Harbour Post (1), at 5 March 2031, 09:00 UTC: the page states this time of "
        "publication. No other report here can have been earlier. The first of what this archive has read, "
        "not the first there was."
    ) in told


def test_one_whose_time_overlaps_may_be_the_first_too(tmp_path, capsys):
    path = str(tmp_path / "day.db")
    with store.opened(path) as archive:
        archive.add(rumours.HEARD)
        archive.add(replace(rumours.SHORTER, published="2031-03-05"))
        archive.join()
    told = shown(capsys, "trace", path, "1")
    assert TIMES in told
    assert "It may also have been " in told and "perhaps the first" in told


def test_published_modified_and_read_are_three_times(rumour, capsys):
    told = report(capsys, rumour, 2)
    assert "published: 6 March 2031, no time of day; modified: not stated; read here: " in told
    assert "may be any hour of it in any part of the world" in told


def test_reports_stand_over_time_by_outlet(rumour, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.main(["trace", rumour, "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    lanes = {
        name: line
        for line in lines
        for name in ("Harbour Post", "Marlow Herald", "Tarn Courier")
        if line.startswith("  ") and line.endswith(f"  {name}")
    }
    assert lanes["Harbour Post"].index("1") < lanes["Marlow Herald"].index("2")
    assert "──" in lanes["Marlow Herald"] and "─" not in lanes["Harbour Post"]


def test_words_are_set_beside_the_first_word_by_word(rumour, capsys):
    shorter = report(capsys, rumour, 2)
    assert "beside the first: the same words, cut shorter the flood gates" in shorter
    assert "had not been opened for eleven days [-before the storm-]" in shorter
    assert "beside the first: the same words credits:" in report(capsys, rumour, 3)


def test_whom_each_credits_and_through_how_many_hands_is_told(rumour, capsys):
    assert "credits: nobody (the text does not say how it came by the words)" in report(capsys, rumour, 1)
    credited = report(capsys, rumour, 3)
    assert "credits: another outlet: Harbour Post, as “the Harbour Post”" in credited
    assert "hands between: 1 hand" in credited
    assert "report 1, Harbour Post" in credited


def test_why_two_are_taken_for_the_same_is_told_with_how_sure(rumour, capsys):
    told = shown(capsys, "trace", rumour, "1")
    assert re.search(r"taken for the same as report 1: The same words, \d+% sure: \d+ words in a row", told)
    assert "2 links" not in told
    assert re.search(
        r"\d links? 1 and 2: The same words, \d+% sure: ", shown(capsys, "trace", rumour, "1", "--links")
    )


def test_what_contradicts_it_stands_apart_with_what_differs_marked_without_colour(rumour, capsys):
    told = shown(capsys, "trace", rumour, "1").partition("Contradicts it, and is kept apart")[2]
    assert "(!) a negation differs" in told
    assert "had [-not-](!) been opened" in told
    assert "statement 4 · Estrin Gazette · Ada Voss" in told
    assert "\x1b" not in told


def test_a_report_of_another_meaning_that_a_person_joined_says_so(rumour, capsys):
    with store.opened(rumour) as archive:
        archive.review(Review(kind="same_utterance", by="Edda", statement=1, payload={"other": 4}))
    told = shown(capsys, "trace", rumour, "1", "--links")
    assert "(!) changes what a reader is told: a negation differs" in told
    assert "[-not-](! a negation differs)" in told
    assert "Edda says so" in told


def test_an_utterance_is_found_by_any_of_its_statements_and_by_its_id(rumour, capsys):
    told = shown(capsys, "trace", rumour, "1")
    id = re.search(r"utterance ([0-9a-f]{16})", told)[1]
    assert shown(capsys, "trace", rumour, id) == told
    assert shown(capsys, "trace", rumour, statement(rumour, "Tarn Courier")) == told


def test_a_statement_that_nobody_else_has_is_an_utterance_of_one_report(rumour, capsys):
    told = shown(capsys, "trace", rumour, "5")
    assert "1 report in 1 outlet" in told and "First in this archive" not in told and "Beside" not in told


def test_the_sentences_of_a_statement_are_traced_apart(tmp_path, capsys):
    path = str(tmp_path / "two.db")
    speech = "“The gates stayed shut for eleven days before the storm. Nobody asked the harbour master why.”"
    halves = (
        "“The gates stayed shut for eleven days before the storm.”",
        "“Nobody asked the harbour master why.”",
    )
    with store.opened(path) as archive:
        for number, said in enumerate((speech, *halves)):
            archive.add(
                rumours.article(
                    f"{{s:Ada Voss}} {{c:said}}: {{q:{said}}} It was late.",
                    10 + number,
                    f"Quay {number} Echo",
                    f"2031-03-0{number + 1}T08:00:00+00:00",
                )
            )
        archive.join()
    told = shown(capsys, "trace", path, "1")
    assert told.startswith("2 utterances: the sentences of this statement are reported apart")
    assert told.count("First in this archive") == 2


def test_programs_get_what_the_export_has(rumour, capsys, tmp_path):
    assert cli.main(["export", rumour, "utterances", "--where", "gates"]) == 0
    exported = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert cli.main(["trace", rumour, "1", "--format", "jsonl"]) == 0
    traced = json.loads(capsys.readouterr().out)
    assert traced in exported
    assert [one["outlet"] for one in traced["reports"]] == ["Harbour Post", "Marlow Herald", "Tarn Courier"]
    for form, begins in (("gexf", b"<?xml"), ("prov", b"{"), ("csv", b"utterance")):
        path = tmp_path / f"trace.{form}"
        assert cli.main(["trace", rumour, "1", "--format", form, "-o", str(path)]) == 0
        assert path.read_bytes().lstrip(b"\xef\xbb\xbf").startswith(begins)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("99", "there is no statement 99"),
        ("0123456789abcdef", "there is no utterance 0123456789abcdef"),
        ("1234567890123456", "there is no statement"),
        ("the gates", "is neither a statement's number nor an utterance's id"),
    ],
)
def test_what_is_not_there_is_told(rumour, capsys, given, told):
    assert cli.main(["trace", rumour, given]) == 2
    assert told in capsys.readouterr().err


def test_a_statement_that_waits_says_what_to_do(news, capsys):
    assert cli.main(["trace", news, "1"]) == 2
    assert f"waits to be joined: `quotidian join {news}` does it" in " ".join(capsys.readouterr().err.split())


def test_a_rejected_statement_reports_nothing(rumour, capsys):
    with store.opened(rumour) as archive:
        archive.review(Review(kind="reject", by="Edda", statement=5))
    assert cli.main(["trace", rumour, "5"]) == 2
    assert "it reports nothing now" in capsys.readouterr().err


def test_a_terminal_without_the_signs_gets_ascii_ones(rumour, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert cli.main(["trace", rumour, "1"]) == 0
    sys.stdout.flush()
    told = " ".join(raw.getvalue().decode("ascii").split())
    assert "{Ada Voss} <said> [[the flood gates" in told and "[-before the storm-]" in told


def test_strange_titles_cannot_steer_the_terminal(tmp_path, capsys):
    path = str(tmp_path / "hostile.db")
    with store.opened(path) as archive:
        archive.add(replace(rumours.HEARD, title="\x1b[2JGates", outlet="Post\x1b]0;owned\x07"))
        archive.add(replace(rumours.SHORTER, outlet="\u202eHerald"))
        archive.join()
    told = shown(capsys, "trace", path, "1")
    assert "\x1b" not in told and "\u202e" not in told and "\x07" not in told
    assert "\x1b" not in shown(capsys, "utterances", path)


# --- lists --------------------------------------------------------------------------------------


def test_utterances_are_listed_most_repeated_first_with_how_they_changed(rumour, capsys):
    told = shown(capsys, "utterances", rumour)
    assert told.startswith("Ada Voss · 5–6 March 2031 · 3 reports in 3 outlets · utterance ")
    assert "beside the first: 1 with the same words, 1 with a part of them" in told
    assert told.endswith("1 utterance")


def test_what_one_outlet_alone_has_is_listed(rumour, capsys):
    told = shown(capsys, "utterances", rumour, "speaker:voss", "lamp", "--list", "only")
    assert "the lamp on the mole would be lit at dusk" in told and "flood gates" not in told


def test_a_query_finds_utterances_by_their_reports(rumour, capsys):
    assert shown(capsys, "utterances", rumour, "outlet:tarn").endswith("1 utterance")
    assert shown(capsys, "utterances", rumour, "volcano") == "nothing found"


def test_so_many_are_listed_as_asked_for(rumour, capsys):
    assert shown(capsys, "utterances", rumour, "--list", "only", "--limit", "1").endswith(
        "the first 1 utterance"
    )


def test_what_is_not_joined_yet_is_told_in_the_list(news, capsys):
    assert "3 articles not joined yet: see `quotidian join`" in shown(capsys, "utterances", news)


def test_the_model_brings_indirect_speech_together(tmp_path: Path, capsys):
    """Added by the command, two outlets' words of one act are traced at once."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, text in enumerate(
        (
            "Ada Voss, the harbour warden, said that the gates had not been opened for eleven days.",
            "The gates had not been opened for eleven days, Ada Voss, the harbour warden, said.",
        )
    ):
        line = {
            "text": f"{text} Rain fell on the quay, and the ferries lay still until the evening.",
            "outlet": f"Echo {number}",
            "url": f"https://echo-{number}.example/a",
            "published": f"2031-03-0{number + 3}",
        }
        (folder / f"{number}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    path = str(tmp_path / "real.db")
    assert cli.main(["add", path, str(folder), "--threads", "1", "--quiet"]) == 0
    told = shown(capsys, "utterances", path)
    assert "2 reports in 2 outlets" in told


def test_what_an_article_says_twice_is_no_rival_to_itself(tmp_path, capsys):
    path = str(tmp_path / "twice.db")
    gates = "the flood gates at Port Calder had not been opened for eleven days before the storm"
    twice = f"{{s1:Ada Voss}} {{c1:said}} {{q1:{gates}}}. "
    twice += f"Later {{s2:Ada Voss}} {{c2:repeated}} {{q2:that {gates}}}."
    with store.opened(path) as archive:
        archive.add(rumours.article(twice, 1, "Harbour Post", "2031-03-05"))
        archive.add(
            rumours.article(f"{{s:Ada Voss}} {{c:said}} {{q:{gates}}}.", 2, "Tarn Courier", "2031-03-09")
        )
        archive.join()
    told = shown(capsys, "trace", path, "1")
    assert "3 reports in 2 outlets" in told
    assert "No other report here can have been earlier." in told
    assert "In the same article as report 1." in told
