"""What runs over years of news take: ``python -m benchmarks crawl rate|day|workers|memory|mutilated|…``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.cli import show
from benchmarks.crawl import generate, measure, mutilated, plan
from benchmarks.crawl.generate import Crawl
from quotidian.errors import QuotidianError

Results = dict[str, Any]
# They take an hour, and ten minutes: measured where they are named.
_BY_NAME = frozenset({"memory", "kills"})


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is asked for, or make a crawl; status 1 where records or data were lost, 2 on a fault."""
    arguments = parser().parse_args(argv)
    try:
        if arguments.which == "generate":
            return _generate(arguments)
        if arguments.which == "plan":
            print(plan.told(plan.Measured.of(arguments), plan.Prices.of(arguments)))
            return 0
        return _measure(arguments)
    except QuotidianError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """The measurements and their options."""
    made = argparse.ArgumentParser(prog="python -m benchmarks crawl", description=__doc__)
    made.add_argument("which", nargs="?", default="all", choices=("all", *MEASUREMENTS, "generate", "plan"))
    made.add_argument("--pages", type=int, help="how many pages (rate, day, workers 240; memory 100,000)")
    made.add_argument("--words", type=int, help="of an article, on average (800; memory 20)")
    made.add_argument("--cores", type=int, choices=(1, 2), help="one core or two; both if not given")
    made.add_argument("--repeats", type=int, default=3, help="rounds of every timing (3)")
    made.add_argument("--warcs", type=int, default=1_000, help="mutilated ones (1,000)")
    made.add_argument("--kills", type=int, default=100, help="random SIGKILLs (100)")
    made.add_argument("--json", type=Path, help="write the results here as well")
    group = made.add_argument_group("generate")
    group.add_argument("--out", type=Path, help="the folder for the WARCs")
    group.add_argument("--files", type=int, default=2, help="how many WARCs (2)")
    group.add_argument("--english", type=float, default=0.5, help="share of pages in English (0.5)")
    plan.add_options(made.add_argument_group("plan"))
    return made


def _generate(arguments: argparse.Namespace) -> int:
    if arguments.out is None:
        print("benchmarks: generate needs --out FOLDER", file=sys.stderr)
        return 2
    crawl = Crawl(
        pages=arguments.pages or 20_000,
        files=arguments.files,
        words=arguments.words or 800,
        english=arguments.english,
        also=True,
    )
    for path in generate.write(crawl, arguments.out):
        print(f"{path}: {path.stat().st_size / 1e6:,.1f} MB", flush=True)
    return 0


def _measure(arguments: argparse.Namespace) -> int:
    results: Results = {"machine": machine.described()}
    show("machine", results["machine"])
    if warning := machine.busy(results["machine"]["load_average"]):
        print(f"warning: {warning}", file=sys.stderr)
    for name, measure_it in MEASUREMENTS.items():
        if arguments.which == name or (arguments.which == "all" and name not in _BY_NAME):
            results[name] = []
            for result in measure_it(arguments):
                show(name, result)
                results[name].append(result)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    measured = [result for found in results.values() if isinstance(found, list) for result in found]
    return 1 if any(result.get("problems") or result.get("different") for result in measured) else 0


def _cores(arguments: argparse.Namespace) -> list[int]:
    wanted = [arguments.cores] if arguments.cores else [1, 2]
    return [count for count in wanted if count <= len(machine.cores(count))]


def _rate(arguments: argparse.Namespace) -> Iterable[Results]:
    for cores in _cores(arguments):
        yield from measure.rate(arguments.pages or 240, cores, arguments.repeats)


def _day(arguments: argparse.Namespace) -> Iterable[Results]:
    yield measure.day(arguments.pages or 240, _cores(arguments)[-1], arguments.repeats)


def _workers(arguments: argparse.Namespace) -> Iterable[Results]:
    yield measure.workers(arguments.pages or 240, arguments.repeats)


def _memory(arguments: argparse.Namespace) -> Iterable[Results]:
    yield measure.memory(arguments.pages or 100_000, arguments.words or 20)


def _mutilated(arguments: argparse.Namespace) -> Iterable[Results]:
    yield mutilated.measured(arguments.warcs)


def _kills(arguments: argparse.Namespace) -> Iterable[Results]:
    from benchmarks.crawl import kills  # it needs the tests beside it

    yield kills.measured(arguments.kills)


MEASUREMENTS: dict[str, Callable[[argparse.Namespace], Iterable[Results]]] = {
    "rate": _rate,
    "day": _day,
    "workers": _workers,
    "memory": _memory,
    "mutilated": _mutilated,
    "kills": _kills,
}
