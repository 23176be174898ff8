from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from quotidian.errors import DatasetError
from quotidian.run.dataset import Dataset, Marker
from quotidian.run.values import Skip
from quotidian.run.writing import Written


def marker(shard: str = "s", *paths: str, **others: object) -> Marker:
    files = tuple(Written(path, 1, 3) for path in paths)
    given = {"state": "1 1", "made_by": {"model": "m"}, "rows": {"articles": 1}, "skipped": {}}
    return Marker(shard=shard, address="a.jsonl", files=files, **{**given, **others})  # type: ignore[arg-type]


def keep(dataset: Dataset, kept: Marker, content: bytes = b"new") -> None:
    with dataset.beside(kept.shard) as folder:
        for file in kept.files:
            (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.path).write_bytes(content)
        dataset.keep(folder, kept)


@pytest.fixture(params=["a folder", "an address"])
def dataset(request: pytest.FixtureRequest, tmp_path: Path) -> Dataset:
    """Where data sets can be: on this machine, and where fsspec alone reaches."""
    return Dataset(tmp_path / "d" if request.param == "a folder" else f"memory://{tmp_path.name}/d")


def test_a_marker_comes_back_as_it_was_written(dataset: Dataset) -> None:
    kept = marker("s", "articles/day=2031-03-01/s.parquet", skipped={"language": 2})
    keep(dataset, kept)
    assert dataset.marker("s") == kept
    assert dataset.markers() == [kept]


def test_a_shard_without_its_marker_is_no_part_of_the_data_set(dataset: Dataset) -> None:
    keep(dataset, marker("whole", "articles/day=2031-03-01/whole.parquet"))
    dataset.files.pipe_file(f"{dataset.root}/articles/day=2031-03-01/half.parquet", b"half")
    assert [Path(path).stem for path in dataset.tables()["articles"]] == ["whole"]


def test_a_broken_marker_is_none(dataset: Dataset) -> None:
    keep(dataset, marker())
    dataset.files.pipe_file(f"{dataset.root}/shards/s.json", b'{"schema": "quotid')
    assert dataset.marker("s") is None
    assert dataset.markers() == []


def test_a_shard_made_anew_leaves_no_file_of_the_old_one(dataset: Dataset) -> None:
    keep(dataset, marker("s", "articles/day=2031-03-01/s.parquet", "articles/day=2031-03-02/s.parquet"))
    keep(dataset, marker("s", "articles/day=2031-03-02/s.parquet"), b"newer")
    found = dataset.files.glob(f"{dataset.root}/articles/*/*.parquet")
    assert [Path(path).parent.name for path in found] == ["day=2031-03-02"]
    assert dataset.files.cat_file(found[0]) == b"newer"


def test_what_is_half_made_when_something_fails_goes(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path / "d")
    with pytest.raises(RuntimeError), dataset.beside("s") as folder:
        (folder / "half.parquet").write_bytes(b"half")
        raise RuntimeError
    assert not folder.exists()
    assert dataset.markers() == []


def test_records_to_pass_over_are_kept_and_added_to(dataset: Dataset) -> None:
    one = Skip("offset 7", None, "too slow", "more than 5 seconds")
    two = Skip("offset 9", None, "killed its worker", "ended by SIGSEGV")
    assert dataset.skips("s") == ()
    dataset.skip("s", one)
    dataset.skip("s", two)
    assert dataset.skips("s") == (one, two)


def test_the_manifest_counts_the_whole_shards(dataset: Dataset) -> None:
    keep(dataset, marker("one", "articles/day=2031-03-01/one.parquet", skipped={"language": 1}))
    keep(dataset, marker("two", "articles/day=2031-03-02/two.parquet", skipped={"language": 2}))
    dataset.write_manifest({"model": "m"})
    found = json.loads(dataset.files.cat_file(f"{dataset.root}/manifest.json"))
    assert found["shards"] == 2
    assert found["rows"] == {"articles": 2}
    assert found["bytes"] == {"articles": 6}
    assert found["skipped"] == {"language": 3}
    assert found["shards_made_otherwise"] == 0


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear Mara")
    with pytest.raises(DatasetError, match="other files"), Dataset(tmp_path).locked():
        pytest.fail("it was taken")
    with pytest.raises(DatasetError, match="a file"), Dataset(tmp_path / "letters.txt").locked():
        pytest.fail("it was taken")
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def _hold(folder: str, held: object, let_go: object) -> None:
    with Dataset(folder).locked():
        held.set()  # type: ignore[attr-defined]
        let_go.wait()  # type: ignore[attr-defined]


def test_two_runs_do_not_write_one_data_set(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, let_go = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(str(tmp_path / "d"), held, let_go))
    other.start()
    try:
        assert held.wait(60)
        with pytest.raises(DatasetError, match="another run"), Dataset(tmp_path / "d").locked():
            pytest.fail("both write")
    finally:
        let_go.set()
        other.join()
    with Dataset(tmp_path / "d").locked():  # the other has ended
        pass


def test_what_a_killed_run_left_half_made_is_cleared(tmp_path: Path) -> None:
    left = tmp_path / "d" / ".writing" / "s-1234"
    left.mkdir(parents=True)
    (left / "half.parquet").write_bytes(b"half")
    with Dataset(tmp_path / "d").locked():
        assert not left.exists()


def test_an_address_of_no_kind_is_refused() -> None:
    with pytest.raises(DatasetError, match="no such kind of address"):
        Dataset("nonsense://bucket/d")
