from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from evaluation import dates
from evaluation.dates import Count, Dated, Marked
from quotidian.errors import BadRecord, NotFound
from quotidian.types import Date, Passage, Span

TEXT = "The ferry sank on Tuesday. It sails again in May, for two weeks."
PUBLISHED = date(2024, 3, 7)


def marked(words: str, value: str, type: str = "DATE") -> Marked:
    start = TEXT.index(words)
    return Marked(Span(start, start + len(words)), type, value)


def ours(words: str, value: str, type: str = "DATE") -> Date:
    start = TEXT.index(words)
    return Date(Passage.of(TEXT, [(start, start + len(words))]), type, value, None)  # type: ignore[arg-type]


GOLD = (marked("Tuesday", "2024-03-05"), marked("May", "2024-05"), marked("two weeks", "P2W", "DURATION"))


def test_a_date_is_found_where_any_character_is_shared_and_right_with_the_same_value() -> None:
    found = [ours("on Tuesday", "2024-03-05"), ours("in May", "2023-05")]
    assert dates.compare(GOLD, found) == Count(wanted=2, given=2, found=2, right=1)


def test_other_types_count_neither_way() -> None:
    assert dates.compare(GOLD, [ours("two weeks", "P2W", "DURATION")]) == Count(2, 0, 0, 0)


def test_each_of_ours_answers_for_one() -> None:
    gold = (marked("Tues", "2024-03-05"), marked("day", "2024-03-05"))
    assert dates.compare(gold, [ours("Tuesday", "2024-03-05")]) == Count(2, 1, 1, 1)


def test_the_figure_is_f1_of_the_right_ones_over_all_texts() -> None:
    def find(text: str, published: date | None) -> Sequence[Date]:
        assert published == PUBLISHED
        return [ours("Tuesday", "2024-03-05"), ours("sails", "2024-03-05"), ours("again", "2024")]

    count = dates.score([Dated("a", PUBLISHED, TEXT, GOLD)] * 2, find)
    assert count == Count(wanted=4, given=6, found=2, right=2)
    assert dates.as_dict(count)["f1"] == 40.0


def test_nothing_marked_and_nothing_given_is_no_division_by_nothing() -> None:
    assert dates.score([], lambda text, published: []).f1 == 0


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "dates.jsonl.gz"
    timex = [{"start": 18, "end": 25, "type": "DATE", "value": "2024-03-05"}]
    rows = [
        {"doc": f"ferry-{number}", "published": published, "text": TEXT, "timex": timex}
        for number, published in enumerate(["2024-03-07T10:20", None] * 10)
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def test_every_article_is_of_one_part_by_its_name_alone(corpus: Path) -> None:
    dev, train, both = (dates.read(corpus, part) for part in ("dev", "train", "all"))
    assert sorted(one.doc for one in dev + train) == sorted(one.doc for one in both)
    assert dev
    assert all(dates.is_dev(one.doc) for one in dev)
    assert not any(dates.is_dev(one.doc) for one in train)


def test_a_corpus_is_read_with_its_days_and_marks(corpus: Path) -> None:
    first, second, *_ = dates.read(corpus, "all")
    assert first == Dated("ferry-0", PUBLISHED, TEXT, GOLD[:1])
    assert second.published is None


def test_a_broken_line_and_a_missing_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "dates.jsonl"
    path.write_text('{"doc": "ferry"}\n')
    with pytest.raises(BadRecord, match="line 1"):
        dates.read(path)
    with pytest.raises(NotFound, match="no such file"):
        dates.read(tmp_path / "none.jsonl")
