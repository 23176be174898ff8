"""Each kind of file: what is in it comes out, and damage costs what it hits."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.crawl.warcs import compressed
from quotidian.errors import InputError, NotAnArticle
from quotidian.reading import Record
from quotidian.reading.limits import Limits
from quotidian.run import inputs
from quotidian.run.values import Found, Given, InputFile, Page, Skip
from run.inputs.found import page, response, url

RECORDS = [response(number) for number in range(3)]
PACKED = {".jsonl": bytes, ".jsonl.gz": gzip.compress, ".jsonl.zst": zstandard.compress}


def found_in(path: Path, data: bytes, limits: Limits | None = None) -> list[Found]:
    path.write_bytes(data)
    return list(inputs.records(InputFile(str(path), len(data), "0" * 16), limits or Limits()))


def lines(count: int) -> bytes:
    rows = ({"text": f"“Line {n} is late,” said Mara Lindqvist.", "url": url(n)} for n in range(count))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.mark.parametrize("suffix", PACKED)
def test_json_lines_come_with_the_fields_that_reading_takes(tmp_path: Path, suffix: str) -> None:
    data = lines(2) + b'not json\n{"url": "x"}\n'
    found = found_in(tmp_path / f"a{suffix}", PACKED[suffix](data))
    assert found[0] == Given("line 1", Record(text="“Line 0 is late,” said Mara Lindqvist.", url=url(0)))
    assert [(type(one), one.place) for one in found[1:]] == [
        (Given, "line 2"),
        (Skip, "line 3"),
        (Skip, "line 4"),
    ]
    assert [one.reason for one in found if isinstance(one, Skip)] == ["broken record"] * 2


@pytest.mark.parametrize("suffix", PACKED)
def test_json_lines_are_known_by_their_first_bytes_too(tmp_path: Path, suffix: str) -> None:
    assert len(found_in(tmp_path / "no-name", PACKED[suffix](lines(3)))) == 3


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
def test_what_comes_before_the_damage_is_read_and_the_damage_told(tmp_path: Path, suffix: str) -> None:
    data = PACKED[suffix](lines(200)) + PACKED[suffix](lines(200))[:-20]
    found = found_in(tmp_path / f"a{suffix}", data)
    assert len([one for one in found if isinstance(one, Given)]) >= 200
    (last,) = [one for one in found if isinstance(one, Skip) and one.reason == "damaged"]
    assert last.detail.startswith("the rest is lost: ")


def test_a_line_that_is_too_long_is_skipped(tmp_path: Path) -> None:
    long = json.dumps({"text": "x" * 5_000}).encode() + b"\n"
    found = found_in(tmp_path / "a.jsonl", long + lines(1), Limits(bytes_per_record=1_000))
    assert [getattr(one, "reason", "given") for one in found] == ["too large", "given"]


def parquet(tmp_path: Path, **columns: list[object]) -> bytes:
    pq.write_table(pa.table(columns), tmp_path / "made.parquet", row_group_size=2)
    return (tmp_path / "made.parquet").read_bytes()


def test_parquet_has_the_fields_as_columns(tmp_path: Path) -> None:
    data = parquet(
        tmp_path,
        text=["Rain fell.", None, "Rain stopped."],
        published=[date(2026, 3, 6), None, None],
        other=[1, 2, 3],
    )
    first, second, third = found_in(tmp_path / "a.parquet", data)
    assert first == Given("row 1", Record(text="Rain fell.", published="2026-03-06", published_from="given"))
    assert (second.place, getattr(second, "reason", None)) == ("row 2", "broken record")
    assert isinstance(third, Given)


def test_a_damaged_part_of_a_parquet_file_costs_its_rows(tmp_path: Path) -> None:
    data = bytearray(parquet(tmp_path, text=[f"“{n},” said Mara. " * 50 for n in range(6)]))
    second = pq.ParquetFile(tmp_path / "made.parquet").metadata.row_group(1).column(0)
    at = second.dictionary_page_offset or second.data_page_offset
    data[at : at + 60] = b"\xff" * 60
    found = found_in(tmp_path / "a.parquet", bytes(data))
    assert [one.place for one in found] == ["row 1", "row 2", "rows 3 to 4", "row 5", "row 6"]


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_what_is_no_whole_parquet_file_says_so(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError, match="not a whole Parquet file"):
        found_in(tmp_path / "a.parquet", data)


def test_parquet_without_text_says_which_columns_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column 'text'; there are 'body'"):
        found_in(tmp_path / "a.parquet", parquet(tmp_path, body=["Rain fell."]))


def wacz(tmp_path: Path, method: int = zipfile.ZIP_STORED) -> bytes:
    with zipfile.ZipFile(tmp_path / "made.wacz", "w", method) as made:
        made.writestr("archive/one.warc.gz", compressed(RECORDS))
        made.writestr("archive/two.warc", b"".join(RECORDS))
        made.writestr("indexes/index.cdx.gz", gzip.compress(b"{}"))
        listed = [{"path": f"archive/{name}"} for name in ("one.warc.gz", "two.warc", "three.warc.gz")]
        made.writestr("datapackage.json", json.dumps({"resources": listed}))
    return (tmp_path / "made.wacz").read_bytes()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_all_warcs_of_a_wacz_are_read_and_a_missing_one_told(tmp_path: Path, method: int) -> None:
    *found, last = found_in(tmp_path / "a.wacz", wacz(tmp_path, method))
    assert [one.url for one in found if isinstance(one, Page)] == [url(n) for n in range(3)] * 2
    assert found[0].place == "archive/one.warc.gz, offset 0"
    assert len({one.place for one in found}) == 6
    assert (last.place, getattr(last, "reason", None)) == ("archive/three.warc.gz", "damaged")


def test_a_wacz_that_was_cut_off_still_gives_what_is_in_it(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a.wacz", wacz(tmp_path)[:-700])
    assert [one.url for one in found if isinstance(one, Page)] == [url(n) for n in range(3)]
    assert {one.reason for one in found if isinstance(one, Skip)} == {"damaged"}


def test_damage_in_a_wacz_costs_what_it_hits(tmp_path: Path) -> None:
    data = bytearray(wacz(tmp_path))
    at = data.index(b"\x1f\x8b\x08", data.index(b"archive/one"))
    data[at + 60 : at + 90] = b"\xff" * 30
    found = found_in(tmp_path / "a.wacz", bytes(data))
    assert [one.url for one in found if isinstance(one, Page)] == [url(1), url(2), url(0), url(1), url(2)]


def test_one_page_is_a_file_with_one_page(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path / "a.html", page(1))
    assert found == Page("a.html", "", None, page(1), None, "text/html")
    (text,) = found_in(tmp_path / "a.txt", b"Rain fell.")
    assert text == Given("a.txt", Record(text="Rain fell."))


def test_what_we_do_not_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAnArticle, match="PNG image"):
        found_in(tmp_path / "a", b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(NotAnArticle, match="unpack it first"):
        found_in(tmp_path / "a.warc.zst", zstandard.compress(RECORDS[0]))


@given(st.data())
def test_whatever_was_done_to_a_file_it_is_read_to_its_end(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("spoilt")
    made = {
        "a.wacz": lambda: wacz(folder),
        "a.parquet": lambda: parquet(folder, text=["Rain fell."] * 9),
        "a.jsonl.gz": lambda: gzip.compress(lines(9)),
        "a.jsonl.zst": lambda: zstandard.compress(lines(9)),
    }
    name = data.draw(st.sampled_from(sorted(made)))
    spoilt = bytearray(made[name]())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt)))
        spoilt[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    try:
        found = found_in(folder / name, bytes(spoilt))
    except InputError:
        return  # it says that it is not what it was
    assert all(isinstance(one, Page | Given | Skip) for one in found)
