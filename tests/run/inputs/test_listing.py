from __future__ import annotations

import gzip
import io
from pathlib import Path

import fsspec
import pytest

from benchmarks.crawl.warcs import compressed
from quotidian.errors import InputError, NotFound, UsageError
from quotidian.reading.limits import Limits
from quotidian.run import inputs
from quotidian.run.values import InputFile, Page
from run.inputs.found import page, response, url

RECORDS = [response(number) for number in range(2)]


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of inputs of several kinds, and of what is none; it is the working folder."""
    monkeypatch.chdir(tmp_path)
    for name, data in {
        "crawl/a.warc.gz": compressed(RECORDS),
        "crawl/sub/b.warc": b"".join(RECORDS),
        "crawl/sub/no-name": compressed(RECORDS),
        "crawl/lines.jsonl": b'{"text": "Rain fell."}\n',
        "crawl/pages/1.html": page(1),
        "crawl/pages/2.html.gz": gzip.compress(page(2)),
        "crawl/.hidden.warc": b"",
        "crawl/.git/x.warc": b"",
        "crawl/report.pdf": b"%PDF-1.7",
        "crawl/notes.zip": b"PK\x03\x04",
        "crawl/data.bin": b"\0\1\2",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def addresses(*given: str) -> list[str]:
    return [file.address for file in inputs.listed(given)]


IN_THE_FOLDER = [
    "crawl/a.warc.gz",
    "crawl/lines.jsonl",
    "crawl/pages/",
    "crawl/sub/b.warc",
    "crawl/sub/no-name",
]


def test_a_folder_stands_for_what_we_read_in_it_by_name_or_first_bytes(crawl: Path) -> None:
    assert addresses("crawl") == IN_THE_FOLDER


def test_pages_of_a_folder_are_one_file_and_each_page_has_its_name(crawl: Path) -> None:
    (folder,) = inputs.listed(["crawl/pages"])
    found = list(inputs.records(folder, Limits()))
    assert [one.place for one in found] == ["1.html", "2.html.gz"]
    assert [one.body for one in found if isinstance(one, Page)] == [page(1), page(2)]
    assert folder.size == sum(path.stat().st_size for path in Path("crawl/pages").iterdir())


def test_each_file_is_there_once_however_often_it_is_named(crawl: Path) -> None:
    named = [
        "crawl/sub",
        "crawl",
        "./crawl/sub/../a.warc.gz",
        "crawl/*.warc.gz",
        str(crawl / "crawl/sub/b.warc"),
    ]
    assert len(addresses(*named)) == len(IN_THE_FOLDER)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("crawl/*.gz", ["crawl/a.warc.gz"]),
        ("crawl/**/*.warc", ["crawl/sub/b.warc"]),
        ("crawl/[a-b].warc.gz", ["crawl/a.warc.gz"]),
        ("crawl/s*", ["crawl/sub/b.warc", "crawl/sub/no-name"]),
    ],
)
def test_globs(crawl: Path, pattern: str, expected: list[str]) -> None:
    assert addresses(pattern) == expected


def test_a_shard_is_named_by_the_address_alone_so_that_a_rerun_finds_it_again(crawl: Path) -> None:
    (one,) = inputs.listed(["crawl/a.warc.gz"])
    (same,) = inputs.listed(["./crawl//sub/../a.warc.gz"])
    assert (one.shard, len(one.shard)) == (same.shard, 16)
    assert one.shard != inputs.listed(["crawl/sub/b.warc"])[0].shard


@pytest.mark.parametrize("given", ["nowhere", "nowhere/*.warc", "empty", "memory://nowhere/at/all"])
def test_where_there_is_nothing_that_is_said_before_anything_is_read(crawl: Path, given: str) -> None:
    (crawl / "empty").mkdir()
    with pytest.raises(NotFound):
        inputs.listed(["crawl", given])


def test_an_address_that_nothing_reads_is_said_to_be_one(crawl: Path) -> None:
    with pytest.raises(UsageError, match="no such kind of address"):
        inputs.listed(["carrier-pigeon://loft/3"])


@pytest.fixture
def bucket() -> str:
    store = fsspec.filesystem("memory")
    if store.exists("/bucket"):
        store.rm("/bucket", recursive=True)
    store.pipe(
        {
            "/bucket/a.warc.gz": compressed(RECORDS),
            "/bucket/sub/b.warc": b"".join(RECORDS),
            "/bucket/sub/c.bin": b"\0",
            "/bucket/.hidden/d.warc": b"",
            "/bucket/pages/1.html": page(1),
        }
    )
    return "memory://bucket"


def test_a_bucket_is_read_as_a_folder_is(bucket: str) -> None:
    files = inputs.listed([bucket])
    assert [file.address for file in files] == [
        "memory:///bucket/a.warc.gz",
        "memory:///bucket/pages/",
        "memory:///bucket/sub/b.warc",
    ]
    found = [[one.place for one in inputs.records(file, Limits())] for file in files]
    assert [len(places) for places in found] == [2, 1, 2]
    assert addresses(f"{bucket}/*.gz") == ["memory:///bucket/a.warc.gz"]
    assert files[0].size == len(compressed(RECORDS))


class OneWay:
    """A remote file that can only be read from its beginning to its end."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int = -1) -> bytes:
        read, self.data = (self.data, b"") if size < 0 else (self.data[:size], self.data[size:])
        return read

    def seek(self, offset: int, whence: int = 0) -> int:
        raise ValueError("cannot seek streaming file")

    def __enter__(self) -> OneWay:
        return self

    def __exit__(self, *error: object) -> None:
        pass


def test_a_file_that_can_only_be_read_forwards_is_read_all_the_same(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = fsspec.filesystem("memory")
    # Damage in it, behind which reading goes back.
    data = compressed([RECORDS[0]])[:-20] + compressed([RECORDS[1]])
    monkeypatch.setattr(type(system), "open", lambda self, path, mode: OneWay(data))
    found = list(inputs.records(InputFile("memory://bucket/a.warc.gz", None, "0" * 16), Limits()))
    assert [one.url for one in found] == [None, url(1)]


def test_a_file_that_has_gone_is_an_error_of_its_own(crawl: Path) -> None:
    (file,) = inputs.listed(["crawl/a.warc.gz"])
    Path("crawl/a.warc.gz").unlink()
    with pytest.raises(NotFound):
        list(inputs.records(file, Limits()))


def test_a_stamp_changes_with_the_file(crawl: Path, bucket: str) -> None:
    local, remote, pages = (inputs.listed([one])[0] for one in ("crawl/sub/b.warc", bucket, "crawl/pages"))
    before = [inputs.stamp(file) for file in (local, remote, pages)]
    assert [inputs.stamp(file) for file in (local, remote, pages)] == before
    Path("crawl/sub/b.warc").write_bytes(RECORDS[0])
    Path("crawl/pages/1.html").write_bytes(page(1) + b" ")
    fsspec.filesystem("memory").pipe("/bucket/a.warc.gz", compressed(RECORDS[:1]))
    after = [inputs.stamp(file) for file in (local, remote, pages)]
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_a_network_that_fails_half_way_is_an_error_not_damage(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 300:
                raise ConnectionError("reset by peer")
            return super().read(min(300, size or 0))

    data = compressed([response(number) for number in range(9)])
    system = fsspec.filesystem("memory")
    monkeypatch.setattr(type(system), "open", lambda self, path, mode: Failing(data))
    with pytest.raises(InputError, match="reset by peer"):
        list(inputs.records(InputFile("memory://bucket/a.warc.gz", None, "0" * 16), Limits()))
