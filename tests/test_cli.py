import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quotidian import cli
from quotidian.errors import ModelError
from quotidian.types import Failure
from quotidian.write import csv, html, jsonl
from write.invented import story, strike

BROKEN = Failure("stories.jsonl, line 17", "not JSON: Expecting value")


@pytest.fixture
def reads(monkeypatch):
    """Make the command line read these results, whatever its inputs; returns what it was asked."""

    def prepare(*results):
        asked = []

        def reader_of(arguments):
            def read(inputs):
                asked.append((arguments, list(inputs)))
                yield from results

            return read

        monkeypatch.setattr(cli.common, "reader_of", reader_of)
        monkeypatch.setattr(cli.common, "count_of", lambda inputs: len(results))
        return asked

    return prepare


def stop():
    raise KeyboardInterrupt
    yield


def test_by_default_the_article_is_shown_even_in_a_pipe(reads, capsys):
    reads(story())
    assert cli.main(["read", "page.html"]) == 0
    assert "¹⟦The harbour at Port Ellery will stay shut" in capsys.readouterr().out


@pytest.mark.parametrize(
    "form, beginning",
    [
        ("jsonl", '{"schema": "quotidian-article/1"'),
        ("csv", "article_id,outlet,url"),
        ("html", "<!DOCTYPE html>"),
        ("webannotation", '{"@context"'),
    ],
)
def test_each_format_is_written_to_standard_output(reads, capsys, form, beginning):
    reads(story())
    assert cli.main(["read", "page.html", "--format", form]) == 0
    assert capsys.readouterr().out.startswith(beginning)


def test_the_ending_of_the_output_chooses_the_format(reads, tmp_path):
    reads(story())
    assert cli.main(["read", "a", "-o", str(tmp_path / "a.jsonl")]) == 0
    assert jsonl.parse((tmp_path / "a.jsonl").read_text("utf-8").rstrip("\n")).id == "a-1"
    assert cli.main(["read", "a", "-o", str(tmp_path / "a.HTML")]) == 0
    assert (tmp_path / "a.HTML").read_bytes().decode() == html.page(story())
    assert cli.main(["read", "a", "-o", str(tmp_path / "a.csv")]) == 0
    assert (tmp_path / "a.csv").read_bytes().decode() == csv.header() + csv.rows(story())


def test_an_ending_that_says_nothing_is_a_usage_error(reads, tmp_path, capsys):
    reads(story())
    assert cli.main(["read", "a", "-o", str(tmp_path / "a.xyz")]) == 2
    assert "choose one with --format" in capsys.readouterr().err


def test_failures_are_a_line_each_and_the_others_are_read(reads, capsys):
    reads(BROKEN, story(), Failure("b\n.pdf", "not an article we can read: PDF"))
    assert cli.main(["read", "a", "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.splitlines() == [
        "quotidian: stories.jsonl, line 17: not JSON: Expecting value",
        "quotidian: b .pdf: not an article we can read: PDF",
        "quotidian: 1 read, 2 could not be read",
    ]


def test_a_failure_cannot_steer_the_terminal(reads, capsys):
    reads(Failure("\x1b[31m", "bad"))
    cli.main(["read", "a"])
    assert capsys.readouterr().err == "quotidian: ␛[31m: bad\n"


def test_where_nothing_was_read_the_status_is_2(reads, capsys):
    reads(BROKEN)
    assert cli.main(["read", "a"]) == 2
    reads()
    assert cli.main(["read", "a"]) == 2
    assert "no article there" in capsys.readouterr().err


def test_an_article_with_a_reason_counts_as_read(reads):
    reads(story(reason="not English", attributions=()))
    assert cli.main(["read", "a"]) == 0


@pytest.mark.parametrize("results, status", [([BROKEN], 2), ([story(), stop], 130)])
def test_a_run_that_fails_leaves_what_was_there(monkeypatch, tmp_path, results, status):
    def read(inputs):
        for result in results:
            yield next(stop()) if result is stop else result

    monkeypatch.setattr(cli.common, "reader_of", lambda arguments: read)
    output = tmp_path / "a.jsonl"
    output.write_text("before")
    assert cli.main(["read", "a", "-o", str(output)]) == status
    assert output.read_text() == "before"
    assert list(tmp_path.iterdir()) == [output]


def test_an_output_that_cannot_be_written_is_named(reads, tmp_path, capsys):
    reads(story())
    assert cli.main(["read", "a", "-o", str(tmp_path / "no" / "a.csv")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_an_error_of_the_model_is_one_line(monkeypatch, capsys):
    def read(inputs):
        raise ModelError("the model is damaged: install again")
        yield

    monkeypatch.setattr(cli.common, "reader_of", lambda arguments: read)
    assert cli.main(["read", "a"]) == 2
    assert capsys.readouterr().err == "quotidian: the model is damaged: install again\n"


def test_statements_less_sure_than_asked_are_left_out_with_those_inside_them(reads, capsys):
    reads(story())
    cli.main(["read", "a", "--format", "jsonl", "--min-confidence", "0.92"])
    cues = [found["cue"]["text"] for found in json.loads(capsys.readouterr().out)["attributions"]]
    assert cues == ["said on Tuesday", "said"]


def test_why_shows_what_each_answer_rests_on(reads, capsys):
    reads(strike())
    assert cli.main(["read", "a", "--why"]) == 0
    assert "who spoke in the sentence before: “Mara Lindqvist” at 37" in capsys.readouterr().out


@pytest.mark.parametrize("words", ["--why --format csv", "--why -o a.jsonl", "--why --attributions-only"])
def test_why_fits_the_terminal_and_statements_alone(reads, capsys, words):
    reads(strike())
    assert cli.main(["read", "a", *words.split()]) == 2
    assert capsys.readouterr().err.startswith("quotidian: --why")


@pytest.mark.parametrize(
    "words, statements", [("read a", True), ("read a --attributions-only", False), ("who a", True)]
)
def test_the_reader_resolves_statements_unless_attributions_alone_are_asked_for(
    monkeypatch, words, statements
):
    asked = []

    class Reader:
        def __init__(self, model, **options):
            asked.append(options["statements"])

        def read_many(self, inputs, options):
            return iter([strike()])

    monkeypatch.setattr("quotidian.pipeline.Reader", Reader)
    assert cli.main(words.split()) == 0
    assert asked == [statements]


@pytest.mark.parametrize(
    "form, beginning",
    [("text", "The Sarv Tide"), ("jsonl", '{"schema": "quotidian-who/1"'), ("csv", "article_id,outlet")],
)
def test_who_lists_people_and_bodies_in_each_format(reads, capsys, form, beginning):
    reads(strike())
    assert cli.main(["who", "page.html", "--format", form]) == 0
    out = capsys.readouterr().out
    assert out.startswith(beginning) and "council of thieves" in out


def test_who_writes_what_the_ending_says_with_the_sentences_that_are_asked_for(reads, tmp_path, capsys):
    reads(strike())
    assert cli.main(["who", "a", "-o", str(tmp_path / "who.csv"), "--context"]) == 0
    assert "Brandt denied that the so-called council had taken money." in (tmp_path / "who.csv").read_text()
    assert cli.main(["who", "a", "-o", str(tmp_path / "who.html")]) == 2
    assert "choose one with --format text|jsonl|csv" in capsys.readouterr().err


def test_who_takes_lines_of_ours_without_reading_the_articles_again(monkeypatch, tmp_path, capsys):
    written = tmp_path / "read.jsonl"
    written.write_text(f"{jsonl.line(strike())}\n{jsonl.line(story())}\n", encoding="utf-8")
    monkeypatch.setattr(cli.common, "reader_of", lambda arguments: None)
    assert cli.main(["who", str(written)]) == 1
    out, err = capsys.readouterr()
    assert "Harbour Workers' Union" in out
    assert "stories/harbour.html: read by version 0.1 or with --attributions-only" in err


def test_options_reach_the_reader(reads):
    asked = reads(story())
    cli.main(
        [
            "read",
            "a",
            "b",
            "--columns",
            "text=body,url=link",
            "--any-language",
            "--no-nested",
            "--threads",
            "2",
        ]
    )
    arguments, inputs = asked[0]
    assert inputs == ["a", "b"]
    assert arguments.columns == {"text": "body", "url": "link"}
    assert (arguments.any_language, arguments.no_nested, arguments.threads) == (True, True, 2)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "read",
        "read a --format pdf",
        "read a --columns text",
        "read a --columns =x",
        "read a --min-confidence 1.5",
        "read a --min-confidence nan",
        "read a --threads 0",
        "who",
        "who a --format html",
        "who a --attributions-only",
        "sample a --n 0",
        "sample a --n x",
    ],
)
def test_words_that_make_no_sense_are_a_usage_error(words, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(words.split())
    assert ended.value.code == 2
    assert "usage: quotidian" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["sample", "sample a --score b"])
def test_a_sample_is_drawn_or_scored(words, capsys):
    assert cli.main(words.split()) == 2
    assert capsys.readouterr().err.startswith("quotidian: ")


@pytest.mark.parametrize("words", ["--help", "read --help", "who --help", "sample --help"])
def test_help_has_examples_and_fits_80_columns(words, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        cli.main(words.split())
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert re.search("quotidian (read|who|sample)", text)
    assert max(map(len, text.splitlines())) <= 80


def test_the_version_names_software_and_model(monkeypatch, capsys):
    monkeypatch.setattr(cli, "model_name", lambda: "example-1")
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert re.fullmatch(r"quotidian \d+\.\d+\.\d+ \(model example-1\)\n", capsys.readouterr().out)


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom quotidian import cli\n"
        "try: cli.main(['read', '--help'])\nexcept SystemExit: pass\n"
        "print({'numpy', 'onnxruntime', 'rich', 'trafilatura', 'lxml'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_a_sample_of_what_was_written_before_is_drawn_without_reading(monkeypatch, tmp_path, capsys):
    written = tmp_path / "read.jsonl"
    written.write_text(f"{jsonl.line(story())}\n\nbroken\n{jsonl.line(story(id='b'))}\n", encoding="utf-8")
    monkeypatch.setattr(cli.common, "reader_of", lambda arguments: None)
    assert cli.main(["sample", str(written), "--n", "4", "-o", str(tmp_path / "sheet.csv")]) == 1
    sheet = (tmp_path / "sheet.csv").read_text("utf-8-sig")
    assert len(list(csv.read(io.StringIO(sheet, newline="")))) == 4
    err = capsys.readouterr().err
    assert "read.jsonl, line 3: not JSON" in err
    assert "4 of 10 statements of 2 articles drawn" in err


def test_a_sheet_without_statements_is_said_to_be_empty(reads, capsys):
    reads(story(attributions=()))
    assert cli.main(["sample", "a"]) == 0
    assert "no statement in 1 articles: the sheet is empty" in capsys.readouterr().err


def test_a_file_name_that_is_not_unicode_does_no_harm(reads, capsys):
    reads(story(origin="caf\udce9.txt"))
    assert cli.main(["read", "a", "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["origin"] == "caf\\udce9.txt"


def test_a_sample_reads_what_was_not_read_before(reads, tmp_path):
    asked = reads(story())
    ours = tmp_path / "read.jsonl"
    ours.write_text(jsonl.line(story()), encoding="utf-8")
    assert cli.main(["sample", "a", "b", str(ours), "c", "-o", str(tmp_path / "sheet.csv")]) == 0
    assert [inputs for _, inputs in asked] == [["a", "b"], ["c"]]


def test_a_filled_sheet_gives_its_precision(reads, tmp_path, capsys):
    reads(story())
    sheet = tmp_path / "sheet.csv"
    cli.main(["sample", "a", "-o", str(sheet)])
    rows = sheet.read_text("utf-8-sig").replace(",,,,", ",y,y,y,")
    sheet.write_text(rows, encoding="utf-8")
    assert cli.main(["sample", "--score", str(sheet)]) == 0
    assert "100.0% (56.6-100.0)    5/5" in capsys.readouterr().out
    sheet.write_text(rows.replace(",y,y,y,", ",y,perhaps,y,", 1), encoding="utf-8")
    assert cli.main(["sample", "--score", str(sheet)]) == 1
    assert "row 2, content_right: 'perhaps' is none of y, n and ?" in capsys.readouterr().err


def test_an_empty_sheet_is_refused(reads, tmp_path, capsys):
    reads(story())
    sheet = tmp_path / "sheet.csv"
    cli.main(["sample", "a", "-o", str(sheet)])
    assert cli.main(["sample", "--score", str(sheet)]) == 2
    assert "no row has a y or an n yet" in capsys.readouterr().err


MANY = """
import sys, time
from quotidian import cli
from quotidian.types import Article
def read(inputs):
    for number in range(1_000_000):
        yield Article(id=str(number), text="Words, and more words. " * 50)
        if "slow" in inputs:
            print("reading", file=sys.stderr, flush=True)
            time.sleep(60)
cli.common.reader_of = lambda arguments: read
sys.exit(cli.main(sys.argv[1:]))
"""


def command(*words, **options):
    source = str(Path(cli.__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", MANY, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": source, **options},
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("form", ["terminal", "jsonl"])
def test_a_closed_pipe_ends_quietly(form):
    with command("read", "a", "--format", form) as running:
        running.stdout.readline()
        running.stdout.close()
        assert running.wait(60) == 141
        assert running.stderr.read() == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_an_interrupt_ends_with_130_and_no_traceback():
    with command("read", "slow") as running:
        running.stderr.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b""


def test_an_ascii_terminal_without_colours_does_not_stop_it(tmp_path):
    environment = {"PYTHONIOENCODING": "ascii", "TERM": "dumb", "NO_COLOR": "1"}
    code = MANY.replace("range(1_000_000)", "range(1)").replace("Words,", "“Wörter” 😀,")
    done = subprocess.run(
        [sys.executable, "-c", code, "read", "a"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2]), **environment},
        check=True,
    )
    assert b'"W?rter" ?, and more words.' in done.stdout
