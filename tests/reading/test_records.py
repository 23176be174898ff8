"""JSON lines, JSON and CSV: every record by itself."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from quotidian import reading
from quotidian.errors import UsageError
from quotidian.types import Article, Failure


def read(tmp_path: Path, name: str, content: str | bytes, **options: object) -> list[Article | Failure]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(reading.articles([path], reading.Options(**options)))  # type: ignore[arg-type]


def test_a_json_line_keeps_its_owners_fields(tmp_path: Path) -> None:
    line = {
        "id": "tarn-7",
        "url": "https://www.tarn-courier.example/ferry",
        "outlet": "The Tarn Courier",
        "title": "Ferry line to reopen",
        "published": "2024-03-04",
        "modified": "2024-03-05T10:00:00+01:00",
        "text": "The line will reopen, the harbour master said on Monday.",
    }
    (found,) = read(tmp_path, "a.jsonl", json.dumps(line))
    assert isinstance(found, Article)
    assert {name: getattr(found, name) for name in line} == line
    assert found.published_from == "given"
    assert found.origin == f"{tmp_path / 'a.jsonl'}, line 1"


def test_a_number_may_be_an_id_and_the_host_an_outlet(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.jsonl", '{"id": 7, "url": "https://www.tarn.example/x", "text": "Rain."}')
    assert isinstance(found, Article)
    assert (found.id, found.outlet) == ("7", "tarn.example")


def test_a_date_that_could_be_two_days_is_none(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.jsonl", '{"text": "Rain.", "published": "03/04/2024"}')
    assert isinstance(found, Article)
    assert (found.published, found.published_from) == (None, None)


@pytest.mark.parametrize(
    ("fields", "modified"),
    [
        ('"published": "2024-03-04", "modified": "2024-03-04"', "2024-03-04"),
        ('"published": "2024-03-04", "modified": "2024-03-03"', None),
        ('"modified": 20240304', "2024-03-04"),
        ('"published": "2024-03-04", "modified": "lately"', None),
        ('"published": "2024-03-04"', None),
    ],
)
def test_a_modification_is_a_day_that_is_not_before_the_publication(
    tmp_path: Path, fields: str, modified: str | None
) -> None:
    (found,) = read(tmp_path, "a.jsonl", f'{{"text": "Rain.", {fields}}}')
    assert isinstance(found, Article)
    assert found.modified == modified


def test_a_column_may_hold_when_it_was_modified(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.csv", "text,published,modified\nRain.,2024-03-04,2024-03-05\n")
    assert isinstance(found, Article)
    assert (found.published, found.modified) == ("2024-03-04", "2024-03-05")


BROKEN_LINES = {
    '{"text": broken}': "not JSON: expecting value at character 9",
    '{"text": "cut off': "not JSON: unterminated string starting at character 9",
    "[1]": "not a JSON object with a field 'text'",
    '"text"': "not a JSON object with a field 'text'",
    '{"body": "Rain."}': "no field 'text'",
    '{"text": 5}': "field 'text' is not a string",
    '{"text": "Rain.", "url": ["a"]}': "field 'url' is not a string",
    "[" * 100_000: "JSON nested too deep",
    '{"text": "a \\ud800 b"}': "text has a lone surrogate (U+D800) at character 2: "
    "it is not Unicode text; repair its encoding",
    '{"text": "Rain.", "id": "\\udfff"}': "id has a lone surrogate (U+DFFF) at character 0: "
    "it is not Unicode text; repair its encoding",
}


@pytest.mark.parametrize("line", BROKEN_LINES, ids=[line[:30] for line in BROKEN_LINES])
def test_a_broken_line_is_reported_by_its_number_and_the_rest_is_read(tmp_path: Path, line: str) -> None:
    good = '{"text": "It rained, he said."}\n'
    found = read(tmp_path, "a.jsonl", good * 16 + line + "\n" + good * 3)
    failures = [f for f in found if isinstance(f, Failure)]
    assert failures == [Failure(f"{tmp_path / 'a.jsonl'}, line 17", BROKEN_LINES[line])]
    assert len(found) == 20


def test_bytes_that_are_not_utf8_break_their_line_only(tmp_path: Path) -> None:
    first, second = read(tmp_path, "a.jsonl", b'{"text": "caf\xe9"}\n{"text": "fine"}\n')
    assert first == Failure(
        f"{tmp_path / 'a.jsonl'}, line 1", "not UTF-8 at character 13: convert the file to UTF-8"
    )
    assert isinstance(second, Article)


def test_escaped_surrogate_pairs_are_text(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.jsonl", '{"text": "\\ud83d\\ude00"}')
    assert isinstance(found, Article)
    assert found.text == "😀"


def test_blank_lines_and_windows_line_ends_are_no_records(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jsonl", '\ufeff{"text": "One."}\r\n\r\n  \r\n{"text": "Two."}\r\n')
    assert [f.text for f in found if isinstance(f, Article)] == ["One.", "Two."]
    assert len(found) == 2


def test_a_line_separator_in_a_text_ends_no_line(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.jsonl", '{"text": "One.\u2028Two.\x85"}')
    assert isinstance(found, Article)
    assert found.text == "One.\u2028Two.\x85"


def test_a_record_over_its_limit_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    long, short = json.dumps({"text": "x" * 300}), json.dumps({"text": "Short."})
    limits = reading.Limits(bytes_per_record=100)
    found = read(tmp_path, "a.jsonl", f"{long}\n{short}\n", limits=limits)
    assert found[0] == Failure(
        f"{tmp_path / 'a.jsonl'}, line 1", "record too large: limit bytes_per_record is 100"
    )
    assert isinstance(found[1], Article)


def test_an_endless_line_ends_its_file(tmp_path: Path) -> None:
    bomb = gzip.compress(b'{"text": "' + b" " * 5_000_000)
    found = read(tmp_path, "a.jsonl.gz", bomb, limits=reading.Limits(bytes_per_record=1000))
    assert [f.why for f in found if isinstance(f, Failure)] == [
        "record too large: limit bytes_per_record is 1,000"
    ]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b'{"text": "One."}\n{"text": "Two."}'),
        ("a.ndjson.gz", gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n')),
        ("a.json", b'[{"text": "One."}, {"text": "Two."}]'),
        ("a.json", b'{"text": "One."}\n{"text": "Two."}\n'),
        ("a.jsonl", '\ufeff{"text": "One."}\n{"text": "Two."}\n'.encode("utf-16-le")),
        ("unnamed", b'{"text": "One."}\n{"text": "Two."}\n'),
        ("a.csv", b"text\nOne.\nTwo.\n"),
        ("a.tsv", b"id\ttext\n1\tOne.\n2\tTwo.\n"),
        ("a.csv", b"\xef\xbb\xbfid;text\r\n1;One.\r\n2;Two.\r\n"),
        ("a.csv.gz", gzip.compress(b'"text","id"\n"One.",1\n"Two.",2\n')),
    ],
)
def test_records_are_read_from(tmp_path: Path, name: str, content: bytes) -> None:
    assert [f.text for f in read(tmp_path, name, content) if isinstance(f, Article)] == ["One.", "Two."]


def test_an_object_in_a_json_file_is_an_article(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.json", '{\n  "id": "a",\n  "text": "One."\n}\n')
    assert isinstance(found, Article)
    assert (found.id, found.origin) == ("a", str(tmp_path / "a.json"))


def test_an_items_place_in_a_json_array_is_named(tmp_path: Path) -> None:
    _, second = read(tmp_path, "a.json", '[{"text": "One."}, 2]')
    assert second == Failure(f"{tmp_path / 'a.json'}, item 2", "not a JSON object with a field 'text'")


def test_csv_columns_are_named_by_the_user(tmp_path: Path) -> None:
    rows = 'link,body\nhttps://tarn.example/a,"He said ""no"", twice,\nand left."\n'
    (found,) = read(tmp_path, "a.csv", rows, columns={"text": "body", "url": "link"})
    assert isinstance(found, Article)
    assert (found.text, found.url) == ('He said "no", twice,\nand left.', "https://tarn.example/a")


def test_a_row_of_another_width_is_reported_by_its_line(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", 'id,text\n1,"two\nlines"\n2\n3,c,d\n4,Fine.\n')
    assert [f.origin.rsplit(", ")[1] for f in found if isinstance(f, Failure)] == ["line 4", "line 5"]
    assert [f.text for f in found if isinstance(f, Article)] == ["two\nlines", "Fine."]


def test_a_missing_column_says_which_there_are(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.csv", "id,body\n1,Rain.\n")
    assert isinstance(found, Failure)
    assert found.why == "no column 'text'; name it with --columns text=COLUMN; there are 'id', 'body'"


def test_an_unclosed_quote_cannot_swallow_an_archive(tmp_path: Path) -> None:
    rows = 'id,text\n1,"never closed\n' + "2,Rain.\n" * 1000
    (found,) = read(tmp_path, "a.csv", rows, limits=reading.Limits(bytes_per_record=500))
    assert isinstance(found, Failure)
    assert found.why == "row too large, or a quote not closed: limit bytes_per_record is 500"


def test_columns_are_only_for_fields_that_there_are() -> None:
    with pytest.raises(UsageError, match="no field 'headline': columns can be given for text, id, url"):
        reading.Options(columns={"headline": "h1"})
