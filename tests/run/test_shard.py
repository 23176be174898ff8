"""One file → one shard, with the model that ships."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyarrow import parquet

from quotidian import reading
from quotidian.errors import BadRecord, InputError
from quotidian.pipeline import Reader
from quotidian.run import rows, shard
from quotidian.run.dataset import Marker
from quotidian.run.values import Given, Page, Skip
from quotidian.types import Article
from run import invented
from run.doing import made, task_of

Row = dict[str, object]


def table(dataset: Path, marker: Marker, name: str) -> list[Row]:
    """The rows of a shard in one table, in the order in which they were read."""
    found: list[Row] = []
    for file in marker.files:
        if file.path.startswith(f"{name}/"):
            day = Path(file.path).parts[1].removeprefix("day=")
            found += [
                {**row, "day": day} for row in parquet.ParquetFile(dataset / file.path).read().to_pylist()
            ]
    return sorted(found, key=lambda row: int(str(row.get("article", "-0")).rpartition("-")[2] or 0))


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return tmp_path / "d"


@pytest.fixture
def of(tmp_path: Path, dataset: Path, reader: Reader) -> Callable[..., Marker]:
    """Make a shard of records."""

    def shard_of(*records: Row, **given: object) -> Marker:
        return made(invented.lines(tmp_path / "in.jsonl", list(records)), dataset, reader, **given)

    return shard_of


def test_an_article_is_read_as_quotidian_reads_it_alone(
    of: Callable[..., Marker], dataset: Path, reader: Reader, tmp_path: Path
) -> None:
    marker = of(invented.record(1), invented.record(2))
    alone = list(reader.read_many([tmp_path / "in.jsonl"]))
    for row, expected in zip(table(dataset, marker, "articles"), alone, strict=True):
        assert isinstance(expected, Article)
        found = rows.article_of(str(row["reading"]), str(row["text"]))
        assert rows.reading_of(found) == row["reading"]
        assert found.attributions == rows.article_of(rows.reading_of(expected), expected.text).attributions
        assert (found.id, found.outlet, found.published) == (expected.id, expected.outlet, expected.published)


def test_every_span_is_the_words_that_it_stands_for(of: Callable[..., Marker], dataset: Path) -> None:
    marker = of(*(invented.record(i) for i in range(4)))
    texts = {row["article"]: str(row["text"]) for row in table(dataset, marker, "articles")}
    found = table(dataset, marker, "attributions")
    assert len(found) >= 8
    for row in found:
        text = texts[row["article"]]
        for name in ("source", "cue", "content"):
            spans: list[dict[str, int]] = row[f"{name}_spans"]  # type: ignore[assignment]
            assert " ".join(text[span["start"] : span["end"]] for span in spans) == (row[name] or "")


def test_tables_are_joined_by_the_names_of_articles_and_attributions(
    of: Callable[..., Marker], dataset: Path
) -> None:
    marker = of(invented.record(3), invented.record(4))
    articles = {row["article"] for row in table(dataset, marker, "articles")}
    assert articles == {f"{marker.shard}-1", f"{marker.shard}-2"}
    attributions = [(row["article"], row["attribution_id"]) for row in table(dataset, marker, "attributions")]
    statements = [(row["article"], row["attribution_id"]) for row in table(dataset, marker, "statements")]
    assert sorted(attributions) == sorted(statements)
    assert len(set(attributions)) == len(attributions)
    entities = {(row["article"], row["entity"]) for row in table(dataset, marker, "entities")}
    speakers = {(row["article"], row["speaker_entity"]) for row in table(dataset, marker, "statements")}
    assert {speaker for speaker in speakers if speaker[1]} <= entities
    assert {row["article"] for row in table(dataset, marker, "signatures")} == articles


def test_a_row_lies_in_the_partition_of_the_day_of_publication(
    of: Callable[..., Marker], dataset: Path
) -> None:
    marker = of(
        invented.record(0, published="2031-03-05T23:30:00-03:00"),
        invented.record(1, published=None),
        invented.record(2, published="spring"),
    )
    for name in ("articles", "statements"):
        days = {row["article"]: row["day"] for row in table(dataset, marker, name)}
        assert list(days.values()) == ["2031-03-05", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (invented.record(2, url=invented.record(1)["url"]), "duplicate address"),
        (invented.record(1, url="https://herald.example/news/again"), "duplicate text"),
        (invented.record(2, text="   "), "no text"),
        (invented.record(2, text="1936 – 17 : 4"), "no text"),
        (
            invented.record(
                2,
                text="Der Bürgermeister von Ostmere sagte am Dienstag, die Fähre werde bald wieder fahren, "
                "und niemand auf den Inseln habe das gewollt. Der Hafen war am Abend noch geschlossen.",
            ),
            "language",
        ),
        ({"title": "no text at all"}, "broken record"),
        (invented.record(2, text="half a \ud800 pair"), "broken record"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_not_taken_is_told_with_its_place_and_reason(
    of: Callable[..., Marker], dataset: Path, second: Row, reason: str
) -> None:
    marker = of(invented.record(1), second, invented.record(3))
    (skipped,) = table(dataset, marker, "skipped")
    assert (skipped["place"], skipped["reason"], skipped["shard"]) == ("line 2", reason, marker.shard)
    assert marker.skipped == {reason: 1}
    assert [row["place"] for row in table(dataset, marker, "articles")] == ["line 1", "line 3"]


def test_the_same_words_in_two_outlets_are_two_articles(of: Callable[..., Marker], dataset: Path) -> None:
    text = invented.record(1)["text"]
    marker = of(invented.record(1), invented.record(2, text=text))
    assert len(table(dataset, marker, "articles")) == 2


def test_a_text_too_long_for_an_article_is_skipped_unread(
    of: Callable[..., Marker], dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shard, "MOST_LETTERS", 1_000)
    marker = of(invented.record(1, text="The ferry sailed. " * 100))
    assert [row["reason"] for row in table(dataset, marker, "skipped")] == ["too large"]


def test_a_record_that_a_worker_did_not_survive_is_passed_over(
    of: Callable[..., Marker], dataset: Path
) -> None:
    skip = Skip("line 2", None, "too slow", "more than 5 seconds")
    marker = of(*(invented.record(i) for i in range(3)), skip=(skip,))
    (skipped,) = table(dataset, marker, "skipped")
    assert (skipped["reason"], skipped["detail"]) == ("too slow", "more than 5 seconds")
    assert skipped["url"] == invented.record(1)["url"]
    assert len(table(dataset, marker, "articles")) == 2


def test_a_fault_in_reading_costs_one_article(
    dataset: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    attributed = reader.attributed

    def faulty(article: Article) -> Article:
        if "news/1" in str(article.url):
            raise IndexError("out of range")
        return attributed(article)

    monkeypatch.setattr(reader, "attributed", faulty)
    path = invented.lines(tmp_path / "in.jsonl", [invented.record(i) for i in range(3)])
    marker = made(path, dataset, reader)
    (skipped,) = table(dataset, marker, "skipped")
    assert (skipped["reason"], skipped["detail"]) == ("could not be read", "IndexError: out of range")
    assert len(table(dataset, marker, "articles")) == 2


def test_pages_are_extracted_and_know_when_they_were_fetched(
    dataset: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraphs = "".join(f"<p>{invented.record(i)['text']}</p>" for i in range(4))
    body = (
        "<html><head><title>Boats</title><meta property='article:published_time' content='2031-03-04'></head>"
        f"<body><article><h1>Boats in the bay</h1>{paragraphs}</article></body></html>"
    )
    page = Page("offset 0", "https://courier.example/boats", "2031-06-01T00:00:00Z", body.encode())
    again = replace(page, place="offset 9")
    monkeypatch.setattr(shard.inputs, "records", lambda file, limits: iter([page, again]))
    marker = made(invented.lines(tmp_path / "in.jsonl", []), dataset, reader)
    (row,) = table(dataset, marker, "articles")
    assert (row["fetched"], row["published"], row["day"]) == (
        "2031-06-01T00:00:00Z",
        "2031-03-04",
        "2031-03-04",
    )
    assert [row["reason"] for row in table(dataset, marker, "skipped")] == ["duplicate address"]


def test_a_file_that_breaks_off_makes_no_shard(
    dataset: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(file: object, limits: object) -> object:
        yield Given("line 1", reading.Record(text="The ferry sailed, said Mara Quill."))
        raise InputError("the disk is gone")

    monkeypatch.setattr(shard.inputs, "records", broken)
    path = invented.lines(tmp_path / "in.jsonl", [])
    with pytest.raises(InputError):
        made(path, dataset, reader)
    assert not list(dataset.rglob("*.parquet"))


def test_each_record_is_noted_before_it_is_read_and_after(
    dataset: Path, tmp_path: Path, reader: Reader
) -> None:
    path = invented.lines(tmp_path / "in.jsonl", [invented.record(1), invented.record(2)])
    noted: list[str | None] = []
    shard.write_shard(task_of(path, dataset), reader, noted.append)
    assert noted == ["line 1", None, "line 2", None]


def test_vectors_are_made_where_they_are_asked_for(of: Callable[..., Marker], dataset: Path) -> None:
    bare = table(dataset, of(invented.record(1)), "reports")
    full = table(dataset, of(invented.record(1), vectors=True), "reports")
    assert bare and all(row["vector"] is None for row in bare)
    assert full and all(row["vector"] for row in full)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path, reader: Reader) -> None:
    path = invented.lines(tmp_path / "in.jsonl", [invented.record(i) for i in range(6)])
    for name in ("one", "two"):
        made(path, tmp_path / name, reader)
    assert invented.content(tmp_path / "one") == invented.content(tmp_path / "two")


def test_a_reading_of_another_text_is_refused(of: Callable[..., Marker], dataset: Path) -> None:
    (row,) = table(dataset, of(invented.record(1)), "articles")
    with pytest.raises(BadRecord):
        rows.article_of(str(row["reading"]), str(row["text"]) + " ")
    with pytest.raises(BadRecord):
        rows.article_of("[]", str(row["text"]))
    with pytest.raises(BadRecord):
        rows.article_of("{", str(row["text"]))


def test_pages_without_an_address_are_no_doubles_of_each_other(
    dataset: Path, tmp_path: Path, reader: Reader
) -> None:
    for i in range(3):
        paragraphs = "".join(f"<p>{invented.record(4 * i + n)['text']}</p>" for n in range(4))
        body = f"<html><body><article><h1>Boats {i}</h1>{paragraphs}</article></body></html>"
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / f"{i}.html").write_text(body, encoding="utf-8")
    marker = made(tmp_path / "pages", dataset, reader)
    assert [row["place"] for row in table(dataset, marker, "articles")] == ["0.html", "1.html", "2.html"]
