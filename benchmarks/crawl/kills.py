"""Ends workers, and whole runs, with SIGKILL at random moments, and looks at the data set that is left."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

# The crawl, and how to kill, are those of the tests.
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from run import invented, killing

_FILES, _RECORDS = 12, 20
# The longest time between two kills, in seconds: a worker needs some two to load the model.
_LONGEST_S = 6.0


def measured(kills: int, seed: int = 1) -> dict[str, int | float]:
    """Kill so often, in as many runs to the end as that takes.

    Returns:
        Kills of workers and of whole runs, data sets that were made, how many differed from that of a run
        that nobody disturbed, and the seconds that it took.
    """
    chance = random.Random(seed)
    begun = time.perf_counter()
    workers = runs = datasets = different = 0
    with tempfile.TemporaryDirectory() as folder:
        crawl = invented.crawl(Path(folder, "crawl"), _FILES, _RECORDS)
        undisturbed = Path(folder, "undisturbed")
        killing.run_whole(crawl, undisturbed)
        expected = invented.content(undisturbed)
        while workers + runs < kills:
            dataset = Path(folder, f"{datasets}")
            most = kills - workers - runs
            killed = killing.run_disturbed(crawl, dataset, chance, most=most, longest_s=_LONGEST_S)
            workers, runs, datasets = workers + killed.workers, runs + killed.runs, datasets + 1
            different += invented.content(dataset) != expected
    return {
        "kills_of_workers": workers,
        "kills_of_runs": runs,
        "datasets": datasets,
        "different": different,
        "seconds": round(time.perf_counter() - begun, 1),
    }
