"""The command line: ``python -m benchmarks [all|speed|statements|growth|memory|load|install|…]``."""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus, install, machine, measure
from benchmarks.corpus import Corpus
from benchmarks.measure import Plan
from evaluation import data
from quotidian.errors import QuotidianError

# Modules that have a command line of their own, of those that are there, under the names they are asked by.
_NAMED = {"joining": "archive.joining", "dataset-join": "dataset_join"}


def _module(name: str) -> str:
    return f"benchmarks.{_NAMED.get(name, name)}"


OTHERS = [
    name
    for name in ("pages", "runtimes", "add", "archive", "joining", "kills", "crawl", "dataset-join")
    if importlib.util.find_spec(_module(name))
]
Results = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one measurement or all; print it, and write it as JSON where asked. Status 2 on a fault."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] and given[0] in OTHERS:
        return _other(*given)
    arguments = parser().parse_args(given)
    try:
        return run(arguments)
    except QuotidianError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2


def _other(name: str, *options: str) -> int:
    return subprocess.run([sys.executable, "-m", _module(name), *options], check=False).returncode


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    made = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    made.add_argument("which", nargs="?", default="all", choices=("all", *MEASUREMENTS, *OTHERS))
    made.add_argument("--articles", type=int, help="how many articles (speed 100, memory 1,000)")
    made.add_argument("--threads", type=int, choices=(1, 2), help="one core or two; both if not given")
    made.add_argument("--repeats", type=int, default=5, help="rounds of every timing (5)")
    made.add_argument("--model", default="-", help="the folder of a model; the one that ships if not given")
    made.add_argument("--spacy-python", default=sys.executable, help="the Python that has spaCy")
    made.add_argument("--spacy-processes", type=int, default=1, help="processes of nlp.pipe (1)")
    made.add_argument("--without-spacy", action="store_true", help="measure quotidian alone")
    made.add_argument("--extra", default="", help="for install: the extra to install, such as fast")
    made.add_argument("--json", type=Path, help="write the results here as well")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Measure what was asked for, in order."""
    results: Results = {"machine": machine.described()}
    show("machine", results["machine"])
    if warning := machine.busy(results["machine"]["load_average"]):
        print(f"warning: {warning}", file=sys.stderr)
    for name, measured in MEASUREMENTS.items():
        if arguments.which in (name, "all"):
            results[name] = []
            for result in measured(arguments):
                show(name, result)
                results[name].append(result)
    # Joining a month of news takes longer than all the others together: it is asked for by itself.
    for name in [one for one in OTHERS if one != "joining"] if arguments.which == "all" else ():
        print(name, flush=True)
        _other(name)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


def _plan(arguments: argparse.Namespace) -> Plan:
    spacy = None if arguments.without_spacy else arguments.spacy_python
    return Plan(arguments.repeats, arguments.model, spacy, arguments.spacy_processes)


def _threads(arguments: argparse.Namespace) -> list[int]:
    wanted = [arguments.threads] if arguments.threads else [1, 2]
    return [count for count in wanted if count <= len(machine.cores(count))]


def _speed(arguments: argparse.Namespace) -> Iterable[Results]:
    for texts in _corpora(arguments.articles):
        for threads in _threads(arguments):
            yield measure.speed(texts, threads, _plan(arguments))


def _corpora(count: int | None) -> Iterable[Corpus]:
    yield corpus.invented(count or 100)
    if (folder := data.folder()) is None:
        print(f"PolNeAR dev: skipped: {data.why_absent()}")
    else:
        yield corpus.polnear_dev(folder, count)


def _statements(arguments: argparse.Namespace) -> Iterable[Results]:
    for texts in _corpora(arguments.articles):
        for threads in _threads(arguments):
            yield measure.statements(texts, threads, _plan(arguments))


def _growth(arguments: argparse.Namespace) -> Iterable[Results]:
    return (measure.length(threads, _plan(arguments)) for threads in _threads(arguments))


def _memory(arguments: argparse.Namespace) -> Iterable[Results]:
    yield measure.memory(arguments.articles or 1_000, _threads(arguments)[-1], _plan(arguments))


def _load(arguments: argparse.Namespace) -> Iterable[Results]:
    yield measure.load(1, _plan(arguments))


def _install(arguments: argparse.Namespace) -> Iterable[Results]:
    yield install.measured(arguments.extra)


MEASUREMENTS: dict[str, Callable[[argparse.Namespace], Iterable[Results]]] = {
    "speed": _speed,
    "statements": _statements,
    "growth": _growth,
    "memory": _memory,
    "load": _load,
    "install": _install,
}


def show(title: str, result: Results) -> None:
    """Print a result for a person: a line for every figure."""
    print(f"{title}")
    for line in lines(result):
        print(f"  {line}")
    print(flush=True)


def lines(result: Results) -> Iterable[str]:
    """A line for every value; a range as its middle with its ends.

    >>> list(lines({"ratio": {"min": 1.0, "median": 1.5, "max": 2.0}, "cores": 1, "a": {"b": 1200}}))
    ['ratio: 1.5 (1 to 2)', 'cores: 1', 'a b: 1,200']
    """
    for key, value in result.items():
        if isinstance(value, dict) and set(value) == {"min", "median", "max"}:
            yield f"{_words(key)}: {value['median']:,g} ({value['min']:,g} to {value['max']:,g})"
        elif isinstance(value, dict):
            yield from (f"{_words(key)} {line}" for line in lines(value))
        elif isinstance(value, list):
            yield f"{_words(key)}: {', '.join(map(str, value)) or 'none'}"
        elif value is not None:
            yield f"{_words(key)}: {value:,}" if isinstance(value, int | float) else f"{_words(key)}: {value}"


def _words(key: str) -> str:
    return key.replace("_", " ")
