"""Kill a program at random moments and start it again, until it comes to its end."""

from __future__ import annotations

import multiprocessing
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from quotidian.types import Article
from store.building import told

_NAMES = ["Mara Quill", "Ivo Brann", "Una Dray", "Tam Oster", "Edda Voss", "Per Lind", "Ada Moor"]
_BODIES = ["Ministry of Tides", "Harbour Union", "Fog Office"]
_SAID = ["the ferry would sail", "the quay was shut", "fog had come", "no one had asked", "it would rain"]
# Of so many runs one is killed at any moment of its start, the others from when it has begun.
_FROM_THE_START = 5

# Processes of their own, that need not load everything anew each time.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["quotidian.store", "quotidian.store.postgres", "quotidian.write.jsonl"])


@dataclass(frozen=True, slots=True)
class Run:
    """What became of it: lines that were told, and how often it was killed."""

    told: tuple[str, ...]
    kills: int


def until_done(
    program: Callable[..., None], *given: Any, chance: random.Random, most: int, longest: float = 0.5
) -> Run:
    """Run a program to its end, though SIGKILL ends it ``most`` times within ``longest`` seconds.

    Args:
        program: it takes what is given, and a function to tell lines with; "begun" is the first.
        given: for the program.
        chance: when to kill.
        most: how often.
        longest: how long a run that is to be killed may last.
    """
    told: list[str] = []
    kills = 0
    while True:
        ours, theirs = _processes.Pipe(duplex=False)
        process = _processes.Process(target=_run, args=(theirs, program, *given))
        process.start()
        theirs.close()
        if kills < most:
            if chance.randrange(_FROM_THE_START):
                told += _line(ours)
            timer = threading.Timer(chance.uniform(0.0, longest), process.kill)
            timer.start()
        while line := _line(ours):
            told += line
        process.join()
        if kills < most:
            timer.cancel()
        if process.exitcode == 0:
            return Run(tuple(line for line in told if line != "begun"), kills)
        assert process.exitcode == -9, f"the program ended with {process.exitcode}"
        kills += 1


def _run(pipe: Connection, program: Callable[..., None], *given: Any) -> None:
    program(*given, pipe.send)


def _line(pipe: Connection) -> list[str]:
    """The next line, if the program came to tell it whole."""
    try:
        return [pipe.recv()]
    except (EOFError, OSError):
        return []


def articles(many: int, seed: int = 1) -> list[Article]:
    """Invented articles, some of them new versions of earlier ones."""
    chance = random.Random(seed)
    made: list[Article] = []
    for number in range(many):
        lines = []
        for place in range(1, chance.randrange(2, 7)):
            name = chance.choice(_NAMES + _BODIES)
            other, said = chance.choice(_NAMES), chance.choice(_SAID)
            lines.append(
                f"{{s{place}:{name}}} {{c{place}:said}} {{q{place}:{said}, though {other} doubted it}}."
            )
        made.append(
            told(
                f"Report {number}. " + " ".join(lines),
                people=[(name,) for name in _NAMES],
                bodies=[(name,) for name in _BODIES],
                url=f"https://harbourpost.example/{number}",
                outlet=chance.choice(["The Harbour Post", "The Tidemark"]),
                published=f"2031-03-{chance.randrange(1, 29):02}",
            )
        )
        if number % 7 == 6:
            before = chance.choice(made)
            made.append(replace(before, title=f"{before.title} ({number})"))
    return [_only_named(article) for article in made]


def _only_named(article: Article) -> Article:
    """Entities that the text names; the others are none of it."""
    named = {one.id for one in article.entities if one.labels}
    return replace(article, entities=tuple(one for one in article.entities if one.id in named))
