"""How long a search takes, with facets and timeline: ``python -m benchmarks archive``.

The queries are those that people type, over an archive of :mod:`benchmarks.archive.generate`. The
first round of an archive just opened is told apart: it reads the facts of all statements.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from benchmarks import machine
from benchmarks.archive import generate
from quotidian.errors import QuotidianError
from quotidian.store import Archive, Sort, opened

# In each {common}, {middling} and {rare} stand for words of the generator's vocabulary, {who} and
# {other} for names, {paper} for an outlet.
QUERIES: Sequence[tuple[str, Sort]] = (
    # nothing: the first page, and what it is made of
    ("", "-day"),
    ("", "day"),
    ("", "sure"),
    # words
    ("government", "-day"),
    ("minister", "-day"),
    ("police", "-day"),
    ("health", "relevance"),
    ("tax", "-day"),
    ("{middling}", "-day"),
    ("{middling}", "relevance"),
    ("{rare}", "-day"),
    ("{rare}", "relevance"),
    ("the", "-day"),
    ("minister tax", "-day"),
    ("government police health", "-day"),
    ("{middling} minister", "relevance"),
    ("{middling} OR {rare}", "-day"),
    ("tax OR trade", "-day"),
    ("minister -tax", "-day"),
    ("-government", "-day"),
    ("nosuchwordanywhere", "-day"),
    # phrases and beginnings
    ('"the government"', "-day"),
    ('"of the"', "-day"),
    ('"health minister"', "-day"),
    ('"tax" "trade"', "relevance"),
    ("gover*", "-day"),
    ("mi*", "-day"),
    ("{middling}*", "-day"),
    ("kal*", "relevance"),
    # who
    ('speaker:"{who}"', "-day"),
    ('speaker:"{other}"', "-day"),
    ("speaker:#1", "-day"),
    ("speaker:#25", "day"),
    ("speaker:officials", "-day"),
    ("speaker:ministry", "-day"),
    ('about:"{who}"', "-day"),
    ('about:"{other}"', "-day"),
    ("about:#3", "-day"),
    ("about:union", "-day"),
    ('speaker:"{who}" about:"{other}"', "-day"),
    ('speaker:"{who}" OR about:"{who}"', "-day"),
    # fields together
    ('about:"{who}" act:deny since:2025-11', "-day"),
    ('about:"{other}" act:deny,accuse since:2026', "-day"),
    ('speaker:"{who}" tax', "-day"),
    ('speaker:"{who}" directness:direct stance:distances', "-day"),
    ("tax act:promise", "-day"),
    ("minister act:deny kind:person", "relevance"),
    ("health unnamed:yes", "-day"),
    ("police since:2025-06 until:2025-08", "-day"),
    # filters alone
    ("act:deny", "-day"),
    ("act:threaten negated:yes", "-day"),
    ("kind:unnamed", "-day"),
    ("directness:direct depth:1", "-day"),
    ("stance:distances", "-sure"),
    ("sure:>90", "-day"),
    ("sure:<50 state:unreviewed", "sure"),
    ("state:reviewed", "-day"),
    # where and when
    ('outlet:"{paper}"', "-day"),
    ('outlet:"{paper}" act:criticise', "-day"),
    ("outlet:gazette minister", "-day"),
    ("day:2026-03-05", "-day"),
    ("day:2025-12", "-day"),
    ("since:2026-01", "-day"),
    ("until:2025-05 government", "day"),
    # other words
    ("label:terrorist", "-day"),
    ('label:"iron lady" since:2025-10', "-day"),
    ("source:officials cue:denied", "-day"),
    ("role:professor", "-day"),
    ("title:trade", "-day"),
    ("cue:warned", "-day"),
    ("content:minister -title:minister", "-day"),
    ("article:4242", "-day"),
)


def queries(archive: Archive) -> list[tuple[str, Sort]]:
    """The queries with words and names of the generated archive in them."""
    vocabulary = generate.vocabulary(np.random.default_rng(generate.SEED))
    names = {
        "middling": vocabulary[800],
        "rare": vocabulary[40_000],
        "who": archive.entity(3).head.name,
        "other": archive.entity(41).head.name,
        "paper": archive.search("").facets["outlet"][1].shown,
    }
    return [(text.format(**names), sort) for text, sort in QUERIES]


def measured(archive: Archive, rounds: int) -> dict[str, Any]:
    """Times in milliseconds: the first search of all, the first of each query, and the others."""
    began = time.perf_counter()
    statements = archive.search("").total
    opening = (time.perf_counter() - began) * 1_000
    times: list[list[float]] = []
    each: list[dict[str, Any]] = []
    for text, sort in queries(archive):
        took = []
        total = 0
        for _ in range(rounds + 1):
            began = time.perf_counter()
            total = archive.search(text, sort=sort).total
            took.append((time.perf_counter() - began) * 1_000)
        times.append(took)
        each.append(
            {"query": text, "sort": sort, "hits": total, "first_ms": took[0], "ms": _median(took[1:])}
        )
    first = [took[0] for took in times]
    again = [one for took in times for one in took[1:]]
    return {
        "statements": statements,
        "queries": len(times),
        "rounds": rounds,
        "opening_ms": opening,
        "first_median_ms": _median(first),
        "first_p95_ms": float(np.percentile(first, 95)),
        "median_ms": _median(again),
        "p95_ms": float(np.percentile(again, 95)),
        "slowest_ms": max(again),
        "each": each,
    }


def _median(values: Sequence[float]) -> float:
    return float(np.median(values))


def main() -> int:
    """Measure, print, and write JSON where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks archive", description=__doc__)
    parser.add_argument("archive", nargs="?", help="a file or a PostgreSQL address; generated if not given")
    parser.add_argument("--statements", type=int, default=1_000_000, help="how many to generate (1,000,000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each query is asked again (5)")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            where = arguments.archive or _generated(Path(folder), arguments.statements)
            before = _peak_mb()
            with opened(where, create=False) as archive:
                result = measured(archive, arguments.rounds)
    except QuotidianError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    result["more_memory_mb"] = round(_peak_mb() - before)
    result["machine"] = machine.described()
    _show(result)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def _generated(folder: Path, statements: int) -> Path:
    path = folder / "news.db"
    for done in generate.generate(path, statements):
        print(f"\r{done:,} statements", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return path


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _show(result: dict[str, Any]) -> None:
    print(f"{'hits':>10} {'first':>8} {'again':>8} ms")
    for one in cast(list[dict[str, Any]], result["each"]):
        print(f"{one['hits']:>10,} {one['first_ms']:>8.1f} {one['ms']:>8.1f} {one['query']} ({one['sort']})")
    print(f"\n{result['statements']:,} statements, {result['queries']} queries, {result['rounds']} rounds")
    print(f"first search of all: {result['opening_ms']:,.0f} ms; {result['more_memory_mb']:,} MB more memory")
    print(f"each once:  median {result['first_median_ms']:.0f} ms, 95 % {result['first_p95_ms']:.0f} ms")
    print(f"each again: median {result['median_ms']:.0f} ms, 95 % {result['p95_ms']:.0f} ms")


if __name__ == "__main__":
    raise SystemExit(main())
