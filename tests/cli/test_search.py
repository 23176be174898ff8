"""quotidian search: what is shown of what is found."""

from __future__ import annotations

import io
import re
import sys

import pytest

from cli.invented import GATES
from quotidian import cli, store
from quotidian.store.values import Review


def searched(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(["search", *words]) == 0
    return capsys.readouterr().out


def test_a_hit_is_who_when_where_and_the_sentence_with_its_parts(news, capsys):
    out = searched(capsys, news, "ferry sail", "--limit", "1")
    assert out.splitlines() == [
        "Ada Voss · by 6 March 2031 · state · The Harbour Post · statement 1",
        "  ⟨Ada Voss⟩ ‹said› ⟦the ferry would sail on Monday, whatever the weather⟧.",
        "",
        "1 statement",
    ]


def test_those_whom_it_is_about_and_a_source_without_a_name_are_told(news, capsys):
    assert "  about Ada Voss\n" in searched(capsys, news, "asked")
    assert searched(capsys, news, "looked").startswith("A clerk at the office · ")


def test_one_who_is_known_by_an_office_alone_is_named_once(news, capsys):
    with store.opened(news) as archive:
        clerk = GATES.text.index("A clerk at the office")
        role = [[clerk, clerk + len("A clerk at the office")]]
        archive.review(Review(kind="correct", by="Edda", statement=4, payload={"role": role}))
        assert archive.statement(4).role == "A clerk at the office"
    assert searched(capsys, news, "looked").startswith("A clerk at the office · ")


def test_words_are_one_query_and_no_word_finds_everything(news, capsys):
    assert searched(capsys, news, "flood", "gates", "outlet:tarn").endswith("1 statement\n")
    assert searched(capsys, news).endswith("5 statements\n")
    assert searched(capsys, news, "volcano") == "nothing found\n"


def test_so_many_are_shown_as_asked_for_and_all_are_counted(news, capsys):
    assert searched(capsys, news, "--limit", "2").endswith("2 of 5 statements\n")


def test_hits_are_sorted_as_asked(news, capsys):
    def numbers(*words: str) -> list[str]:
        return re.findall(r"statement\s+(\d+)$", searched(capsys, news, *words), re.MULTILINE)

    assert sorted(numbers(), key=int) == ["1", "2", "3", "4", "5"]
    assert numbers("--sort", "day") == ["1", "2", "3", "4", "5"]
    assert numbers() == numbers("--sort=-day")


def test_facets_say_what_the_hits_are_made_of(news, capsys):
    out = searched(capsys, news, "--facets")
    assert "outlet: Tarn Courier 3, The Harbour Post 2" in out
    assert "kind: person 3, organisation 1, unnamed 1\n" in out
    assert "outlet:" not in searched(capsys, news)


def test_what_is_not_understood_is_said_and_searched_as_words(news, capsys):
    out = searched(capsys, news, "colour:red")
    assert "“colour:” is no field" in out and out.endswith("nothing found\n")


@pytest.mark.parametrize(
    "query", ['"', "((", "-", "a OR", "NEAR(", "*", "\x00", "'; DROP TABLE", "\ud800", "東京"]
)
def test_any_string_is_a_query(news, capsys, query):
    assert cli.main(["search", news, "--", query]) == 0
    assert "Traceback" not in capsys.readouterr().err


def test_a_query_that_begins_with_a_minus_comes_after_two(news, capsys):
    assert searched(capsys, news, "--", "-outlet:tarn").endswith("2 statements\n")


def test_what_people_decided_is_shown(news, capsys):
    with store.opened(news) as archive:
        archive.review(Review(kind="accept", by="Edda", statement=1))
    assert "statement 1 · accepted" in searched(capsys, news, "ferry sail")


def test_it_fits_a_narrow_terminal(news, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    out = searched(capsys, news, "--facets")
    assert max(map(len, out.splitlines())) <= 40


def test_strange_text_cannot_steer_the_terminal(news, capsys):
    out = searched(capsys, news, "buoy")
    assert "␛]0;owned␇� buoy" in out
    assert not set(out) & {"\x1b", "\x07", "\u202e"}


def test_an_ascii_terminal_shows_what_it_can(news, monkeypatch):
    screen = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", screen)
    assert cli.main(["search", news, "buoy"]) == 0
    screen.seek(0)
    out = screen.read()
    assert "{Ada Voss} <said> [[that the " in out and 'buoy "?lise" of ??' in out


@pytest.mark.parametrize("words", ["--limit 0", "--limit many", "--sort speaker", f"--limit {'9' * 19}"])
def test_options_that_make_no_sense_are_a_usage_error(news, capsys, words):
    with pytest.raises(SystemExit) as ended:
        cli.main(["search", news, *words.split()])
    assert ended.value.code == 2
    assert "usage: quotidian search" in capsys.readouterr().err
