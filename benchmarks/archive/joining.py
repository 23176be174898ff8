"""How long it takes to join a day's statements, and how that grows: ``python -m benchmarks joining``.

Days of invented news (:mod:`benchmarks.archive.newsroom`) are added and joined as any others are. The news of
some more days is then added and joined, day by day, and timed; and once more with the same archive made
many times as large (:mod:`benchmarks.archive.repeated`). What is held fixed is how much there is a day: the
archive grows by having more days. In PostgreSQL, where an archive is not copied, it is other days' news.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import machine
from benchmarks.archive import likeness, repeated
from benchmarks.archive.newsroom import Newsroom
from quotidian.errors import QuotidianError
from quotidian.pipeline import Reader
from quotidian.store import Archive, opened
from quotidian.store.database import Database
from quotidian.store.postgres import Postgres
from quotidian.store.sqlite import SQLite
from quotidian.store.values import UtteranceList
from quotidian.types import Article

# More than joining looks back or forth (quotidian.trace.sketches.QUOTED_DAYS), so that the window is full.
DAYS = 31
_BATCH = 100
_LISTS: Sequence[UtteranceList] = ("repeated", "changed", "only", "unsourced")
_QUERIES = ("", "minister", "speaker:officials", "nosuchwordanywhere")
# Measured in processes of their own, so that the peak of memory is that of joining.
_processes = multiprocessing.get_context("spawn")


def filled(where: Path | str, room: Newsroom, days: int, statements: int) -> None:
    """Add days of news to an archive and join them, day by day, as it would go."""
    with opened(where) as archive:
        for day in range(1, days + 1):
            _add(archive, room.day(statements))
            archive.join(likeness.vectors)
            print(f"\r{day} of {days} days", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)


def _add(archive: Archive, news: Sequence[Article]) -> None:
    for at in range(0, len(news), _BATCH):
        with archive.batch() as batch:
            batch.add_all(news[at : at + _BATCH])


def joined(where: Path | str, days: Sequence[Sequence[Article]]) -> dict[str, Any]:
    """Seconds to join each of some days of news, one after the other; and seconds of processor time."""
    took, busy, adding, links = [], [], [], []
    with opened(where, create=False) as archive:
        statements = archive.counts().statements
        for news in days:
            begun = time.perf_counter()
            _add(archive, news)
            adding.append(time.perf_counter() - begun)
            begun, used = time.perf_counter(), time.process_time()
            done = archive.join(likeness.vectors)
            took.append(time.perf_counter() - begun)
            busy.append(time.process_time() - used)
            links.append(done.links)
    return {
        "statements": statements,
        "added": sum(len(article.statements) for article in days[0]),
        "join_s": took,
        "median_s": median(took),
        "cpu_s": busy,
        "median_cpu_s": median(busy),
        "add_s": adding,
        "links": links,
        "peak_mb": round((machine.peak_memory() or 0) / 1e6),
    }


def looked_at(where: Path | str, rounds: int = 3) -> dict[str, Any]:
    """Milliseconds for a page of each list, with and without a query, and for the most repeated utterance."""
    with opened(where, create=False) as archive:
        archive.search("")  # a reading room has read the facts before the first page
        times: dict[str, float] = {}
        for kind, query in product(_LISTS, _QUERIES):
            asked = partial(archive.utterances, kind, query=query)
            times[f"{kind} {query}".strip()] = _ms(asked, rounds)
        most = archive.utterances("repeated", limit=1)
        if most:
            times["the most repeated"] = _ms(partial(archive.utterance, most[0].id), rounds)
        times["stories"] = _ms(archive.stories, rounds)
    return {"slowest_ms": max(times.values()), "each_ms": times}


def _ms(asked: Callable[[], object], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        asked()
        took.append(1_000 * (time.perf_counter() - begun))
    return round(median(took), 1)


def vectors_s(days: Sequence[Sequence[Article]]) -> float:
    """Seconds that the model takes for the vectors of the first day's contents, which come on top."""
    contents = [one.attribution.content.text for article in days[0] for one in article.statements]
    reader = Reader()
    reader.vectors(contents[:10])
    begun = time.perf_counter()
    reader.vectors(contents)
    return time.perf_counter() - begun


def measured(where: Path | str, given: argparse.Namespace) -> dict[str, Any]:
    """All figures, of an archive that is made here."""
    room = Newsroom(known=given.known, phrased=given.phrased)
    filled(where, room, given.days, -(-given.statements // (given.days * given.times)))
    days = [room.day(given.news) for _ in range(given.added)]
    if isinstance(where, Path):
        before = where.with_name("before.db")
        shutil.copy(where, before)
        result: dict[str, Any] = {"before": _apart(joined, before, days)}
        before.unlink()
    else:
        result = {"before": _apart(joined, where, days)}
        days = [room.day(given.news) for _ in range(given.added)]
    enlarge(where, given.times)
    result["after"] = _apart(joined, where, days)
    for name, of in (("growth", "join_s"), ("growth_cpu", "cpu_s")):
        both = zip(result["before"][of], result["after"][of], strict=True)
        result[name] = median(after / before for before, after in both)
    result["vectors_s"] = _apart(vectors_s, days)
    result["pages"] = _apart(looked_at, where)
    return result


def enlarge(where: Path | str, times: int) -> None:
    """Make an archive so many times as large."""
    database: Database = Postgres(where) if isinstance(where, str) else SQLite(where)
    try:
        for done in repeated.repeat(database, times - 1):
            print(f"\r{done:,} statements", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    finally:
        database.close()


def _apart(call: Callable[..., Any], *given: Any) -> Any:
    with _processes.Pool(1) as pool:
        return pool.apply(call, given)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write JSON where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks joining", description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000, help="in the large archive (1,000,000)")
    parser.add_argument("--times", type=int, default=12, help="how many times as large it is (12)")
    parser.add_argument("--days", type=int, default=DAYS, help=f"days that are joined one by one ({DAYS})")
    parser.add_argument("--added", type=int, default=3, help="days of news to time (3)")
    parser.add_argument("--news", type=int, default=3_000, help="statements in each of those (3,000)")
    parser.add_argument("--known", type=float, default=0.06, help="share of the best known speaker (0.06)")
    parser.add_argument("--phrased", type=float, default=0.0, help="share with the commonest phrase (0)")
    parser.add_argument("--postgres", metavar="URL", help="an empty database, in the place of a file")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    given = parser.parse_args(argv)
    try:
        with tempfile.TemporaryDirectory() as folder:
            result = measured(given.postgres or Path(folder) / "news.db", given)
    except QuotidianError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    result["machine"] = machine.described()
    for line in lines(result):
        print(line)
    if given.json:
        given.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def lines(result: dict[str, Any]) -> list[str]:
    """The figures for a person to read."""
    told = []
    for name in ("before", "after"):
        one = result[name]
        each = ", ".join(f"{took:.1f}" for took in one["join_s"])
        told.append(
            f"{one['statements']:,} statements: {one['added']:,} more joined in {one['median_s']:.1f} s "
            f"({each}; {one['median_cpu_s']:.1f} s of processor time), {one['peak_mb']:,} MB at most"
        )
    told.append(f"growth: {result['growth']:.2f} ({result['growth_cpu']:.2f} in processor time)")
    told.append(f"vectors of a day's contents by the model: {result['vectors_s']:.1f} s more")
    told += [f"{took:>8.1f} ms {what}" for what, took in result["pages"]["each_ms"].items()]
    return told


if __name__ == "__main__":
    raise SystemExit(main())
