"""How long keeping articles takes beside reading them with the model.

::

    python -m benchmarks.add [--generated 200] [--profile]

Reads the demo's pages with the model that ships, then adds the articles to a new archive in batches of
at most half a second, as ``quotidian add`` does; then articles made by hand, which have more
entities in common. Both times are of one process and one thread. Wanted: a quarter at most.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from quotidian import demo, reading
from quotidian.pipeline import Reader
from quotidian.store import Archive, opened
from quotidian.types import Article, Failure
from store.kills.killing import articles

_BATCH_S = 0.5


def main() -> int:
    """Measure, and print a line for each kind of article."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.add", description=__doc__)
    parser.add_argument("--generated", type=int, default=200, help="how many articles made by hand")
    parser.add_argument("--profile", action="store_true", help="say where the time of the store goes")
    parser.add_argument("--postgres", metavar="URL", help="an empty database, to add to instead of a file")
    given = parser.parse_args()
    reader = Reader()
    pages = Path(demo.__file__).parent / "corpus" / "pages"
    unread = [one for one in reading.articles([pages]) if not isinstance(one, Failure)]
    reader.attributed(unread[0])
    begun = time.perf_counter()
    read = [reader.attributed(article) for article in unread]
    model = (time.perf_counter() - begun) / len(read)
    print(f"model: {model * 1000:.1f} ms an article of the demo ({len(read)})")
    with tempfile.TemporaryDirectory() as folder:
        # The model is warm by now, and so is the store of any longer run: its SQL is compiled once.
        with opened(Path(folder) / "warm.db") as archive:
            cold = _added(archive, read) / len(read)
        print(f"store: {cold * 1000:.1f} ms an article, demo, the first that a process adds")
        for name, some in (("demo", read), ("by hand", articles(given.generated))):
            with opened(given.postgres or Path(folder) / f"{name}.db") as archive:
                profile = cProfile.Profile()
                if given.profile:
                    profile.enable()
                took = _added(archive, some) / len(some)
                profile.disable()
            ratio = f", {took / model:.2f} of the model's time" if some is read else ""
            print(f"store: {took * 1000:.1f} ms an article, {name} ({len(some)}){ratio}")
            if given.profile:
                pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    return 0


def _added(archive: Archive, given: Sequence[Article]) -> float:
    """Seconds that adding takes, commits and all."""
    begun = time.perf_counter()
    left = list(reversed(given))
    while left:
        with archive.batch() as batch:
            until = time.perf_counter() + _BATCH_S
            while left and time.perf_counter() < until:
                article = left.pop()
                if not batch.knows(article):
                    batch.add(article)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
