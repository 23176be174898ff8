"""Articles of a data set that have text in common: near copies, in parts or as a whole.

Articles of the very same text are one *text*, of which the one with the least name stands for all. Those
texts are compared, word by word (:func:`quotidian.trace.copies.copied`), that within :data:`DAYS` days share
a band of their MinHash or two of their fingerprints; both are in the table ``signatures``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from quotidian.run.joining import duplicates
from quotidian.run.joining.columns import Postings, mixed, posted
from quotidian.run.joining.database import copied as written
from quotidian.run.joining.database import database, quoted, read
from quotidian.run.joining.pairs import (
    Codes,
    Sought,
    coded,
    counted,
    decoded,
    of_common,
    of_rare,
    sorted_out,
)
from quotidian.run.joining.working import Progress, Work, each
from quotidian.trace.copies import copied

PART = "copies.parquet"
FOLDER = "texts"
# Days of publication within which an article may be a copy of another, as in an archive.
DAYS = 14
# Of a signature: numbers of its MinHash, and of a band of it.
_HASHES, _BAND = 64, 4
_LEAST_PRINTS = 2
_PAIRS = 2_000
_BYTES_A_PAIR = 100
_AT_ONCE = 4_096

SCHEMA = pa.schema(
    [
        ("a", pa.string()),
        ("b", pa.string()),
        ("kind", pa.string()),
        ("share_a", pa.float64()),
        ("share_b", pa.float64()),
    ]
)

# The texts, numbered by name; an unknown day is 0.
_TEXTS = """
    SELECT article, signature, coalesce(datediff('day', DATE '0001-01-01', coalesce(
        try_cast(left(published, 10) AS DATE), try_cast(left(fetched, 10) AS DATE))) + 1, 0)::INTEGER AS day
    FROM (
        SELECT min(article) AS article, min(published) AS published, min(fetched) AS fetched
        FROM articles ANTI JOIN again USING (article) GROUP BY text_sha256
    ) JOIN signatures USING (article) ORDER BY article
"""
_SAME = """
    SELECT a, article AS b, 'exact' AS kind, 1.0::DOUBLE AS share_a, 1.0::DOUBLE AS share_b
    FROM (
        SELECT article, min(article) OVER (PARTITION BY text_sha256) AS a
        FROM articles ANTI JOIN again USING (article)
    ) WHERE a != article
"""
# A text that is wanted, with where something is quoted in it.
_WANTED = """
    SELECT article, text, coalesce(spans, []) AS spans
    FROM (SELECT article, text FROM articles SEMI JOIN wanted USING (article))
    LEFT JOIN (
        SELECT article, flatten(list(content_spans)) AS spans
        FROM attributions SEMI JOIN wanted USING (article) WHERE directness != 'indirect' GROUP BY article
    ) USING (article)
"""


def put(work: Work, files: Mapping[str, Sequence[str]], progress: Progress) -> None:
    """Find the copies, part by part."""
    if work.has(PART):
        return
    if not work.has(FOLDER):
        with work.writing(FOLDER) as folder:
            folder.mkdir()
            _texts(work, files, folder)
    tasks = [(f"alike/{i:03}.npy", i) for i in range(len(list(work.path(FOLDER).glob("print-*.bin"))))]
    each(work, "copies", _pairs, tasks, progress)
    if not work.has("copied.npy"):
        work.keep("copied.npy", _candidates(work))
    total = len(work.array("copied.npy"))
    if total and not work.has("wanted"):
        with work.writing("wanted") as folder:
            folder.mkdir()
            _wanted(work, files, folder)
    compared = [
        (f"compared/{n:06}.parquet", (n, begin, min(begin + _PAIRS, total)))
        for n, begin in enumerate(range(0, total, _PAIRS))
    ]
    each(work, "copies", _compared, compared, progress)
    with work.writing(PART) as place:
        _written(work, files, place)


def _texts(work: Work, files: Mapping[str, Sequence[str]], folder: Path) -> None:
    """Postings of all signatures, the days and the names of the texts."""
    names: list[pa.Array] = []
    days, edges = [np.zeros(0, np.int32)], [np.zeros((2, 0), np.uint32)]
    with database(work) as asked:
        _views(work, asked, files)
        count = asked.execute("SELECT count(*) FROM signatures").fetchall()[0][0]
        # About two hundred hashes a text, where a saying has thirty.
        postings = Postings(folder, "print", work, 7 * count)
        first = 0
        for batch in asked.sql(_TEXTS).to_arrow_reader(_AT_ONCE):
            names.append(batch["article"].cast(pa.string()))
            days.append(batch["day"].to_numpy().astype(np.int32))
            hashes = [np.frombuffer(one, "<u4") for one in batch["signature"].to_pylist()]
            alike = np.array([one[:_HASHES] for one in hashes]).reshape(-1, _HASHES)
            edges.append(alike[:, [0, -1]].T.copy())
            prints = [one[_HASHES:] for one in hashes]
            owners = np.repeat(np.arange(first, first + len(batch)), [len(one) for one in prints])
            # Bits tell the two kinds apart: the last one is set for bands.
            flat = np.concatenate([np.zeros(0, "<u4"), *prints]).astype(np.uint32)
            postings.add(flat & np.uint32(0xFFFFFFFE), owners)
            for band in range(0, _HASHES, _BAND):
                whole = np.full(len(batch), band, np.uint64)
                for one in alike[:, band : band + _BAND].T:
                    whole = mixed(whole ^ one.astype(np.uint64))
                postings.add(whole.astype(np.uint32) | np.uint32(1), np.arange(first, first + len(batch)))
            first += len(batch)
        postings.close()
    np.save(folder / "day.npy", np.concatenate(days))
    np.save(folder / "edges.npy", np.concatenate(edges, axis=1))
    every = pa.chunked_array(names, pa.string())
    parquet.write_table(pa.table({"article": every}), folder / "names.parquet")


def _views(work: Work, asked: Any, files: Mapping[str, Sequence[str]]) -> None:
    heads = ("article", "text_sha256", "published", "fetched")
    read(asked, "articles", files.get("articles", ()), heads)
    read(asked, "signatures", files.get("signatures", ()), ("article", "signature"))
    again = quoted(work.path(duplicates.PART))
    asked.execute(f"CREATE VIEW again AS SELECT article FROM read_parquet({again})")


def _pairs(work: Work, partition: int) -> None:
    """Pairs of texts that share hashes of a partition, with how much that counts."""
    day, edges = (np.asarray(work.array(f"{FOLDER}/{name}.npy")) for name in ("day", "edges"))
    sought = Sought(day, DAYS, edges, max(work.share // _BYTES_A_PAIR, 10_000))
    hashes, owners = posted(work.path(f"{FOLDER}/print-{partition:03}.bin"))
    parts: list[Codes] = [np.zeros(0, np.uint64)]
    for kind, worth in ((1, _LEAST_PRINTS), (0, 1)):
        some = (hashes & np.uint32(1)) == kind
        found = sorted_out(hashes[some], owners[some], sought)
        for pairs in (*of_rare(found, sought), *of_common(found, sought)):
            codes = coded(*pairs)
            parts += [codes] * worth
    codes, often = counted(np.concatenate(parts))
    both = np.zeros(len(codes), [("pair", np.uint64), ("often", np.uint8)])
    both["pair"], both["often"] = codes, often
    work.keep(f"alike/{partition:03}.npy", both)


def _candidates(work: Work) -> Codes:
    parts = [np.asarray(work.array(part)) for part in work.parts("alike")]
    codes = np.concatenate([np.zeros(0, np.uint64), *(part["pair"] for part in parts)])
    often = np.concatenate([np.zeros(0, np.uint8), *(part["often"] for part in parts)])
    codes, often = counted(codes, often)
    a, b = decoded(codes)
    kept: Codes = codes[(often >= _LEAST_PRINTS) & (a != b)]
    return kept


# --- comparing ------------------------------------------------------------------------------------


def _names(work: Work) -> pa.ChunkedArray:
    return parquet.read_table(work.path(f"{FOLDER}/names.parquet"))["article"]


def _wanted(work: Work, files: Mapping[str, Sequence[str]], folder: Path) -> None:
    """The texts that are compared, one after the other, and where each begins."""
    numbers = np.unique(np.concatenate(decoded(np.asarray(work.array("copied.npy")))))
    names = _names(work).take(pa.array(numbers))
    number_of = dict(zip(names.to_pylist(), numbers.tolist(), strict=True))
    places = np.zeros((len(_names(work)), 2), np.int64)
    with database(work) as asked, (folder / "texts").open("wb") as out:
        asked.register("wanted", pa.table({"article": names}))
        read(asked, "articles", files.get("articles", ()), ("article", "text"))
        read(asked, "attributions", files["attributions"], ("article", "directness", "content_spans"))
        at = 0
        for batch in asked.sql(_WANTED).to_arrow_reader(_AT_ONCE):
            for row in batch.to_pylist():
                spans = sorted((span["start"], span["end"]) for span in row["spans"])
                size = out.write(json.dumps([row["text"], spans]).encode())
                places[number_of[row["article"]]] = at, at + size
                at += size
    np.save(folder / "places.npy", places)


def _compared(work: Work, task: tuple[int, int, int]) -> None:
    number, begin, end = task
    one, other = decoded(np.asarray(work.array("copied.npy")[begin:end]))
    names, places = _names(work), work.array("wanted/places.npy")
    rows: list[dict[str, Any]] = []
    with work.path("wanted/texts").open("rb") as texts:

        def text(i: int) -> tuple[str, list[tuple[int, int]]]:
            texts.seek(int(places[i][0]))
            whole, spans = json.loads(texts.read(int(places[i][1] - places[i][0])))
            return whole, [(start, stop) for start, stop in spans]

        for a, b in zip(one.tolist(), other.tolist(), strict=True):
            (text_a, quoted_a), (text_b, quoted_b) = text(a), text(b)
            found = copied(text_a, text_b, quoted_a=quoted_a, quoted_b=quoted_b)
            if found.kind != "independent":
                rows.append(
                    {
                        "a": names[a].as_py(),
                        "b": names[b].as_py(),
                        "kind": found.kind,
                        "share_a": found.share_a,
                        "share_b": found.share_b,
                    }
                )
    with work.writing(f"compared/{number:06}.parquet") as place:
        parquet.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), place)


def _written(work: Work, files: Mapping[str, Sequence[str]], place: Path) -> None:
    with database(work) as asked:
        _views(work, asked, files)
        query = _SAME
        if work.parts("compared"):
            query += f"UNION ALL FROM read_parquet({quoted(work.path('compared') / '*.parquet')})"
        written(asked, f"FROM ({query}) ORDER BY a, b", place)
