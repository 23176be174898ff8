"""Adds articles while SIGKILL ends the program 200 times at random moments, and looks at what is left.

::

    python -m benchmarks.kills [--kills 200] [--postgres postgresql://user@host] [--seed 1]

It works in rounds: each adds invented articles to a new archive, is killed up to twenty times and goes
on each time, until all are in. Then everything that was acknowledged has to be there, nothing twice,
every check clean, and the content that of a run that nobody disturbed. With ``--postgres`` the
archives are databases that it makes and drops on that server; ``own`` starts one for the purpose.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The program to kill, and how to compare archives, are those of the tests.
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from quotidian.store import opened
from quotidian.write import jsonl
from store.comparing import everything, words
from store.kills.adding import add
from store.kills.killing import Run, articles, until_done

_A_ROUND = 20
_ARTICLES, _BATCH = 60, 4
_LONGEST_S = 0.3


def main() -> int:
    """Kill, compare, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", metavar="URL", help="a server where databases may be made, or 'own'")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    lines = [jsonl.line(article) for article in articles(_ARTICLES)]
    begun, kills, rounds, problems = time.perf_counter(), 0, 0, []
    with _places(given.postgres) as places:
        undisturbed = next(places)
        add(undisturbed, lines, _BATCH, lambda line: None)
        while kills < given.kills:
            place = next(places)
            most = min(_A_ROUND, given.kills - kills)
            run = until_done(add, place, lines, _BATCH, chance=chance, most=most, longest=_LONGEST_S)
            kills, rounds = kills + run.kills, rounds + 1
            problems += [f"round {rounds}: {problem}" for problem in _problems(place, undisturbed, run)]
    took = time.perf_counter() - begun
    for problem in problems:
        print(problem)
    print(f"{kills} kills in {rounds} rounds, {took:.0f} s: {len(problems)} problems")
    return 1 if problems else 0


def _problems(place: str, undisturbed: str, run: Run) -> Iterator[str]:
    with opened(place) as archive, opened(undisturbed) as other:
        yield from archive.check()
        there = {head.id for head in archive.heads(limit=10_000)}
        lost = {int(line) for line in run.told} - there
        if lost:
            yield f"acknowledged and lost: {sorted(lost)}"
        mine, theirs = everything(archive), everything(other)
        yield from (
            f"{table} differs from the undisturbed run" for table in mine if mine[table] != theirs[table]
        )
        if len(words(archive)) != len(words(other)):
            yield "the index has other statements than that of the undisturbed run"


@contextmanager
def _places(server: str | None) -> Iterator[Iterator[str]]:
    """Where to make archives, one after the other."""
    if server is None:
        with tempfile.TemporaryDirectory() as folder:
            yield (str(Path(folder) / f"{number}.db") for number in range(1_000_000))
        return
    from store.databases import Databases
    from store.server import Server

    if server == "own":
        with Server() as own:
            databases = Databases(own.address("postgres"))
            yield (databases.fresh() for _ in range(1_000_000))
            databases.close()
        return
    databases = Databases(server)
    yield (databases.fresh() for _ in range(1_000_000))
    databases.close()


if __name__ == "__main__":
    sys.exit(main())
