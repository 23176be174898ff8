"""The measurements: speed, what statements cost, growth with length, memory; each a dictionary for JSON."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import corpus
from benchmarks.corpus import Corpus
from benchmarks.figures import growth, megabytes, rates, ratios
from benchmarks.system import System, Timing

SHORT, LONG = 500, 20_000
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to measure: rounds, the model's folder ("-" for the one that ships), and spaCy's Python.

    ``spacy`` is None where quotidian is measured alone; ``processes`` are those of spaCy's pipe.
    """

    repeats: int = 5
    model: str = "-"
    spacy: str | None = None
    processes: int = 1

    def quotidian(self, threads: int) -> System:
        """Ours, loaded on so many cores."""
        return System("quotidian", threads, self.model)

    def attribution(self, threads: int) -> System:
        """Ours, for attributions alone."""
        return System("attribution", threads, self.model)


def speed(texts: Corpus, threads: int, plan: Plan) -> Result:
    """Articles and words a second, load time and peak memory; next to spaCy where it is planned.

    Both read the same file on the same cores, in turns; who begins changes from round to round.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path, warm = corpus.write(texts, folder / "articles.jsonl"), folder / "warm.jsonl"
        corpus.write(Corpus.of("warm", texts.texts[:3]), warm)
        systems = [stack.enter_context(plan.quotidian(threads))]
        if plan.spacy is not None:
            other = System("spacy", threads, str(plan.processes), python=plan.spacy)
            systems.append(stack.enter_context(other))
        for one in systems:
            one.read(warm)
        timed = _in_turns(systems, path, plan.repeats)
        result: Result = {
            "corpus": texts.name,
            "articles": len(texts.texts),
            "words": texts.words,
            "cores": threads,
        }
        for one, timings in zip(systems, timed, strict=True):
            result[one.kind] = _speed_of(one, texts, timings)
        if plan.spacy is not None:
            result["spacy"]["processes"] = plan.processes
            ours, theirs = ([timing.seconds for timing in timings] for timings in timed)
            result["ratio"] = ratios(ours, theirs).as_dict(3)
        return result


def statements(texts: Corpus, threads: int, plan: Plan) -> Result:
    """Words a second with statements, next to attributions alone, in turns on the same cores."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = corpus.write(texts, folder / "articles.jsonl")
        systems = [stack.enter_context(one) for one in (plan.quotidian(threads), plan.attribution(threads))]
        for one in systems:
            one.read(path)
        whole, alone = ([t.seconds for t in timings] for timings in _in_turns(systems, path, plan.repeats))
    return {
        "corpus": texts.name,
        "words": texts.words,
        "cores": threads,
        "statements_words_per_second": rates(texts.words, whole).as_dict(0),
        "attribution_words_per_second": rates(texts.words, alone).as_dict(0),
        "ratio": ratios(whole, alone).as_dict(3),
    }


def _in_turns(systems: Sequence[System], path: Path, repeats: int) -> list[list[Timing]]:
    timed: list[list[Timing]] = [[] for _ in systems]
    for turn in range(repeats):
        order = list(enumerate(systems))
        for place, one in order if turn % 2 == 0 else order[::-1]:
            timed[place].append(one.read(path))
    return timed


def _speed_of(one: System, texts: Corpus, timings: Sequence[Timing]) -> Result:
    seconds = [timing.seconds for timing in timings]
    return {
        "name": one.name,
        "words_per_second": rates(texts.words, seconds).as_dict(0),
        "articles_per_second": rates(len(texts.texts), seconds).as_dict(2),
        "found": timings[-1].found,
        "load_s": round(one.load_s, 2),
        "start_s": round(one.start_s, 2),
        "peak_memory_mb": megabytes(timings[-1].peak_memory),
    }


def load(threads: int, plan: Plan) -> Result:
    """How long it takes until the first article can be read, in fresh processes, in seconds."""
    times, starts = [], []
    for _ in range(plan.repeats):
        with plan.quotidian(threads) as one:
            times.append(one.load_s)
            starts.append(one.start_s)
    return {"load_s": round(median(times), 3), "process_start_to_ready_s": round(median(starts), 3)}


def length(threads: int, plan: Plan) -> Result:
    """What a word costs in one article of 20,000 words, next to articles of 500."""
    short = Corpus.of("short", [corpus.article(SHORT, seed) for seed in range(LONG // SHORT)])
    long = Corpus.of("long", [corpus.article(LONG, seed=1_000)])
    with tempfile.TemporaryDirectory() as name, plan.quotidian(threads) as one:
        paths = [corpus.write(texts, Path(name) / f"{texts.name}.jsonl") for texts in (short, long)]
        for path in paths:
            one.read(path)
        timed = [[one.read(path).seconds for path in paths] for _ in range(plan.repeats)]
    shorts, longs = ([pair[side] for pair in timed] for side in (0, 1))
    return {
        "cores": threads,
        "short_words_per_second": rates(short.words, shorts).as_dict(0),
        "long_words_per_second": rates(long.words, longs).as_dict(0),
        "cost_of_a_word_long_over_short": growth(short.words, shorts, long.words, longs).as_dict(3),
    }


def memory(count: int, threads: int, plan: Plan) -> Result:
    """The peak of memory reading so many articles in one process, the longest of 5,000 words."""
    texts = corpus.invented(count)
    with tempfile.TemporaryDirectory() as name, plan.quotidian(threads) as one:
        path = corpus.write(texts, Path(name) / "articles.jsonl")
        timing = one.read(path)
        return {
            "articles": timing.articles,
            "words": texts.words,
            "cores": threads,
            "loaded_mb": megabytes(one.loaded_memory),
            "peak_mb": megabytes(timing.peak_memory),
        }
