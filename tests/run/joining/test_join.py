"""A join of a data set: what an archive finds, whatever the order, however often it is stopped."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from quotidian import filling, store
from quotidian.errors import DatasetError, UsageError
from quotidian.run.dataset import Dataset
from quotidian.run.joining.join import join
from quotidian.run.selecting import articles
from quotidian.types import Article, Failure
from run.joining import making

GB = 1024**3


@pytest.fixture(scope="module")
def joined(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dataset = tmp_path_factory.mktemp("joined") / "dataset"
    shutil.copytree(read_once, dataset)
    join(str(dataset), memory=GB, processes=1)
    return dataset


def unread(article: Article) -> Article:
    raise AssertionError(f"{article.title} was read again")


def test_utterances_are_those_that_an_archive_has(joined: Path, tmp_path: Path) -> None:
    with store.opened(str(tmp_path / "news.db"), create=True) as archive:
        found = ((one, None) for one in articles(Dataset(joined)))
        assert not any(isinstance(kept, Failure) for kept in filling.fill(archive, found, unread))
        archive.join()
        # An utterance is named after the least of its reports that is in no other one.
        there = {one.head.id: len(one.reports) for one in archive.every_utterance() if len(one.reports) > 1}
    assert there
    assert {row["utterance"]: row["statements"] for row in making.table(joined, "utterances")} == there


def test_the_order_of_shards_makes_no_difference(joined: Path, tmp_path: Path) -> None:
    rows = [
        {name: value for name, value in row.items() if name != "day"}
        for row in making.table(joined, "reports")
    ]
    hands: list[list[making.Row]] = [[], [], [], []]
    dealer = random.Random(7)
    dealer.shuffle(rows)
    for row in rows:
        dealer.choice(hands).append(row)
    # The articles that are there twice are known by the table of articles alone.
    again = {row["article"] for row in making.table(joined, "duplicates")}
    dealt = making.dealt(
        tmp_path / "dealt", [[r for r in hand if r["article"] not in again] for hand in hands]
    )
    join(str(dealt), memory=GB, processes=1)
    assert making.members(dealt) == making.members(joined)


class Stopped(Exception):
    pass


@pytest.mark.parametrize("step", ["pairs", "candidates", "records", "links", "utterances", "copies"])
def test_a_join_that_was_stopped_goes_on(step: str, joined: Path, read_once: Path, tmp_path: Path) -> None:
    dataset = tmp_path / "dataset"
    shutil.copytree(read_once, dataset)

    def stop(at: str, done: int, _: int) -> None:
        if at == step and done:
            raise Stopped

    with pytest.raises(Stopped):
        join(str(dataset), memory=GB, processes=1, progress=stop)
    assert not (dataset / "join.json").exists()
    seen: list[tuple[str, int]] = []
    join(str(dataset), memory=GB, processes=1, progress=lambda at, done, _: seen.append((at, done)))
    assert next(done for at, done in seen if at == step) > 0, "what was done is done again"
    for name in ("links", "members", "utterances", "copies", "duplicates"):
        assert making.table(dataset, name) == making.table(joined, name)
    assert not (dataset / ".joining").exists()


def test_a_data_set_that_has_grown_is_joined_anew(joined: Path, tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "day"} for row in making.table(joined, "reports")]
    dataset = making.dealt(tmp_path / "dataset", [rows[:200]])

    def stop(at: str, done: int, _: int) -> None:
        if at == "links" and done:
            raise Stopped

    with pytest.raises(Stopped):
        join(str(dataset), memory=GB, processes=1, progress=stop)
    shutil.rmtree(dataset / "shards")
    shutil.rmtree(dataset / "reports")
    making.dealt(dataset, [rows])
    assert join(str(dataset), memory=GB, processes=1).reports == len(rows)


def test_two_processes_find_the_same(joined: Path, read_once: Path, tmp_path: Path) -> None:
    dataset = tmp_path / "dataset"
    shutil.copytree(read_once, dataset)
    join(str(dataset), memory=GB, processes=2)
    assert making.members(dataset) == making.members(joined)


def test_of_one_address_the_last_version_stands_for_the_others(joined: Path) -> None:
    again = {row["article"] for row in making.table(joined, "duplicates")}
    assert again
    assert again.isdisjoint(row["article"] for row in making.table(joined, "members"))


def test_a_copy_is_found_with_how_much_of_it_is_the_same(joined: Path) -> None:
    kinds = {row["kind"]: row["share_a"] for row in making.table(joined, "copies")}
    assert kinds["exact"] == 1.0
    assert 0.5 < kinds["near"] < 1.0


def test_nothing_to_join_and_too_little_memory_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="quotidian run"):
        join(str(tmp_path), memory=GB)
    with pytest.raises(UsageError, match="--memory"):
        join(str(tmp_path), memory=1000)
