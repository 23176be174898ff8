"""An archive of so many statements, all invented, made fast: rows straight into the tables.

What is not real: words are made of syllables, ``versions.record`` is empty (search never reads it),
and there are no appearances, keys or pairs of entities. What is as in a real one: how often words,
speakers and outlets come (Zipf), lengths, statements to an article, the columns of every statement
and the search index, which is written by the same code in batches as adding makes it.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.random import Generator
from sqlalchemy import Connection, Table, insert

from quotidian.store import index, tables
from quotidian.store.database import Database
from quotidian.store.postgres import Postgres
from quotidian.store.sqlite import SQLite
from quotidian.store.words import folded
from quotidian.types import ActClass, Directness, SpeakerKind, StanceClass

SEED = 20_260_306
PER_ARTICLE = 15
DAYS = 365
FIRST_DAY = date(2025, 4, 1)
OUTLETS = 90
VOCABULARY = 60_000
BATCH = 200  # articles to a transaction

# The commonest words of English come first, so that a stop word is as common here as there.
_COMMON = """
the of to and a in that is was for it he on with as his be at by had not are but from or have an they
which one you were her all she there would their we him been has when who will more no if out so said
what up its about into than them can only other new some could time these two may then do first any my
now such like our over man me even most made after also did many before must through years where much
your way well down should because each just those people government minister police tax health trade
"""
COMMON = _COMMON.split()
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeio"]
CUES = (
    "said",
    "told",
    "denied",
    "warned",
    "promised",
    "claimed",
    "added",
    "asked",
    "insisted",
    "according to",
)
ROLES = ("minister", "spokesman", "professor", "chief constable", "mayor", "economist", "chairwoman")
LABELS = (
    "so-called expert",
    "strongman",
    "freedom fighter",
    "the iron lady",
    "terrorist",
    "reformer",
    "radical",
)
FORENAMES = 400
SURNAMES = 6_000


@dataclass(frozen=True, slots=True)
class World:
    """Who and what there is to write about."""

    words: Sequence[str]
    word_odds: np.ndarray[Any, Any]
    outlets: Sequence[str]
    outlet_odds: np.ndarray[Any, Any]
    entities: Sequence[tuple[str, str]]  # type and name
    entity_odds: np.ndarray[Any, Any]


def coined(rng: Generator, count: int, least: int, most: int) -> list[str]:
    """So many different words that nobody has heard."""
    found: dict[str, None] = {}
    while len(found) < count:
        lengths = rng.integers(least, most + 1, count)
        letters = iter(rng.integers(0, len(SYLLABLES), int(lengths.sum())).tolist())
        found |= dict.fromkeys("".join(SYLLABLES[next(letters)] for _ in range(n)) for n in lengths.tolist())
    return list(found)[:count]


def zipf(count: int, exponent: float) -> np.ndarray[Any, Any]:
    """The running sum of odds that fall with the rank."""
    odds = np.cumsum(1 / np.arange(2, count + 2) ** exponent)
    return np.asarray(odds / odds[-1])


def vocabulary(rng: Generator) -> list[str]:
    """The words of all texts, the most frequent first; the same for the same seed."""
    return [*COMMON, *coined(rng, VOCABULARY - len(COMMON), 2, 5)]


def world(rng: Generator, entities: int) -> World:
    """The same for the same seed."""
    words = vocabulary(rng)
    forenames = [name.title() for name in coined(rng, FORENAMES, 2, 3)]
    surnames = [name.title() for name in coined(rng, SURNAMES, 2, 4)]
    of_forename, of_surname = zipf(FORENAMES, 0.7), zipf(SURNAMES, 0.7)
    people = zip(drawn(rng, of_forename, entities), drawn(rng, of_surname, entities), strict=True)
    named = []
    for number, (one, other) in enumerate(people):
        if number % 5 == 4:
            named.append(
                ("organisation", f"{surnames[other]} {('Party', 'Bank', 'Ministry', 'Union')[one % 4]}")
            )
        else:
            named.append(("person", f"{forenames[one]} {surnames[other]}"))
    papers = [
        f"{name.title()} {kind}"
        for name, kind in zip(coined(rng, OUTLETS, 2, 3), _PAPERS * OUTLETS, strict=False)
    ]
    return World(words, zipf(VOCABULARY, 1.05), papers, zipf(OUTLETS, 0.8), named, zipf(entities, 0.85))


_PAPERS = ("Gazette", "Post", "Herald", "Chronicle", "News", "Observer")


def drawn(rng: Generator, odds: np.ndarray[Any, Any], count: int) -> list[int]:
    """So many places, each as often as its odds."""
    places: list[int] = np.searchsorted(odds, rng.random(count)).tolist()
    return places


class Writer:
    """Makes the rows of articles and keeps them, a batch at a time."""

    def __init__(self, made: World, rng: Generator):
        self._world = made
        self._rng = rng
        self._rows: dict[Table, list[dict[str, Any]]] = {}
        self._statement = 0
        self._label = 0

    def begin(self, connection: Connection) -> None:
        """Outlets and entities, which are there from the start here."""
        outlets = [{"id": n, "name": name} for n, name in enumerate(self._world.outlets, start=1)]
        connection.execute(insert(tables.outlets), outlets)
        entities, names = [], []
        for id, (kind, name) in enumerate(self._world.entities, start=1):
            entities.append(
                {"id": id, "type": kind, "name": name, "state": "active", "known": {}, "statements": 0}
            )
            short = [name.split()[-1]] if kind == "person" and id % 2 else []
            names += [
                {"entity_id": id, "name": one, "folded": folded(one), "articles": 1} for one in (name, *short)
            ]
        connection.execute(insert(tables.entities), entities)
        connection.execute(insert(tables.entity_names), names)

    def batch(self, connection: Connection, articles: range) -> None:
        """Keep these articles with their statements, and index them as adding does."""
        self._rows = {table: [] for table in _ORDER}
        first = self._statement + 1
        for number in articles:
            self._article(number)
        for table in _ORDER:
            if self._rows[table]:
                connection.execute(insert(table), self._rows[table])
        index.reindex(connection, range(first, self._statement + 1))

    def _article(self, number: int) -> None:
        rng = self._rng
        day = (FIRST_DAY + timedelta(days=number * 7919 % DAYS)).isoformat()
        outlet = drawn(rng, self._world.outlet_odds, 1)[0] + 1
        cast = drawn(rng, self._world.entity_odds, 8)
        title = " ".join(self._words(8)).capitalize()
        sentences: list[str] = []
        at = 0
        for ordinal in range(1, PER_ARTICLE + 1):
            sentence = self._statement_of(number, outlet, day, cast, ordinal, at)
            sentences.append(sentence)
            at += len(sentence) + 1
        text = "\n".join(sentences)
        self._rows[tables.articles].append(
            {"id": number, "own_id": f"a{number:08x}", "outlet_id": outlet, "added_at": f"{day}T06:00:00Z"}
        )
        self._rows[tables.versions].append(
            {
                "id": number,
                "article_id": number,
                "number": 1,
                "current": 1,
                "text": text,
                "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
                "title": title,
                "language": "en",
                "published": day,
                "published_from": "given",
                "published_day": day,
                "model": "none",
                "read_at": f"{day}T06:00:00Z",
                "letters": len(text),
                "letters_attributed": len(text) // 2,
                "letters_unnamed": 0,
                "record": _NO_RECORD,
            }
        )

    def _words(self, count: int) -> list[str]:
        return [self._world.words[n] for n in drawn(self._rng, self._world.word_odds, count)]

    def _statement_of(
        self, article: int, outlet: int, day: str, cast: Sequence[int], ordinal: int, at: int
    ) -> str:
        self._statement += 1
        rng, id = self._rng, self._statement
        dice = rng.random(12).tolist()
        speaker = cast[int(dice[0] ** 2 * len(cast))]
        kind = _pick(_KINDS, dice[1])
        known = kind in ("person", "organisation")
        name = self._world.entities[speaker][1] if known else "officials"
        source = None if kind in ("author", "none") else name
        cue, content = CUES[int(dice[2] ** 2 * len(CUES))], " ".join(self._words(8 + int(dice[3] * 30)))
        lead = f"{source} {cue} " if source else f"It was {cue} "
        begin = at + len(lead) - len(cue) - 1
        start = at + len(lead)
        about = (
            [] if dice[4] < 0.35 else [cast[-1 - int(dice[4] * 7)], *([cast[-2]] if dice[4] > 0.8 else [])]
        )
        self._rows[tables.statements].append(
            {
                "id": id,
                "key": f"{id:016x}",
                "article_id": article,
                "version_id": article,
                "outlet_id": outlet,
                "ordinal": ordinal,
                "parent_id": None,
                "current": 1,
                "state": "unreviewed" if dice[5] < 0.97 else "accepted",
                "source": source,
                "cue": cue,
                "content": content,
                "source_spans": [[at, at + len(source)]] if source else None,
                "cue_spans": [[begin, begin + len(cue)]],
                "content_spans": [[start, start + len(content)]],
                "context_start": at,
                "context_end": start + len(content) + 1,
                "directness": _pick(_DIRECTNESS, dice[6]),
                "depth": int(dice[7] > 0.93),
                "speaker_kind": kind,
                "speaker_name": name if source else None,
                "speaker_id": speaker + 1 if known else None,
                "role": ROLES[int(dice[8] * 20)] if dice[8] * 20 < len(ROLES) else None,
                "organisation": None,
                "via": None,
                "said": day,
                "said_from": "published",
                "said_first": None,
                "said_last": day,
                "day": day,
                "act": _pick(_ACTS, dice[9]),
                "negated": int(dice[10] > 0.98),
                "stance": _pick(_STANCES, dice[10]),
                "confidence": round(0.4 + 0.6 * dice[11], 4),
                "speaker_confidence": round(0.3 + 0.7 * dice[3], 4),
            }
        )
        if source:
            self._part(id, "speaker", 0, speaker + 1 if known else None, name)
        if known and dice[11] > 0.98:
            self._part(id, "also", 0, cast[0] + 1, self._world.entities[cast[0]][1])
        for place, one in enumerate(dict.fromkeys(about)):
            self._part(id, "about", place, one + 1, self._world.entities[one][1])
        if about and dice[6] > 0.9:
            self._label += 1
            label = LABELS[int(dice[7] * len(LABELS))]
            self._rows[tables.labels].append(
                {
                    "id": self._label,
                    "version_id": article,
                    "base_id": about[0] + 1,
                    "entity_id": about[0] + 1,
                    "statement_id": id,
                    "current": 1,
                    "form": "description",
                    "marks": "",
                    "text": label,
                    "folded": folded(label),
                    "spans": [[start, start + 1]],
                }
            )
        return f"{lead}{content}."

    def _part(self, statement: int, part: str, ordinal: int, entity: int | None, name: str) -> None:
        self._rows[tables.parts].append(
            {
                "statement_id": statement,
                "part": part,
                "ordinal": ordinal,
                "base_id": entity,
                "entity_id": entity,
                "name": name,
                "confidence": 0.9,
            }
        )


_ORDER = (tables.articles, tables.versions, tables.statements, tables.parts, tables.labels)
_NO_RECORD = zlib.compress(b"{}")
_ACTS, _STANCES, _DIRECTNESS = (get_args(one) for one in (ActClass, StanceClass, Directness))
_KINDS = tuple(kind for kind in get_args(SpeakerKind) for _ in range(12 if kind == "person" else 2))


def _pick(values: Sequence[str], dice: float) -> str:
    """One of the values, the first ones more often."""
    return values[int(dice * dice * len(values))]


def generate(where: Path | str, statements: int) -> Iterator[int]:
    """Make the archive in a file or at a PostgreSQL address; yields how many statements there are by now."""
    rng = np.random.default_rng(SEED)
    articles = -(-statements // PER_ARTICLE)
    database: Database = Postgres(where) if isinstance(where, str) else SQLite(where)
    try:
        writer = Writer(world(rng, max(200, statements // 10)), rng)
        with database.writing() as connection:
            writer.begin(connection)
        for first in range(1, articles + 1, BATCH):
            last = min(first + BATCH, articles + 1)
            with database.writing() as connection:
                writer.batch(connection, range(first, last))
            yield (last - 1) * PER_ARTICLE
    finally:
        database.close()


def main() -> int:
    """``python -m benchmarks.archive.generate ARCHIVE [--statements N]``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive.generate", description=__doc__)
    parser.add_argument("archive", help="the file to make, or the address of an empty PostgreSQL database")
    parser.add_argument("--statements", type=int, default=1_000_000, help="how many (1,000,000)")
    arguments = parser.parse_args()
    where = arguments.archive if "://" in arguments.archive else Path(arguments.archive)
    if isinstance(where, Path) and where.exists():
        print(f"{where} is there already: name another file", file=sys.stderr)
        return 2
    began = time.perf_counter()
    done = 0
    for done in generate(where, arguments.statements):
        print(f"\r{done:,} statements", end="", file=sys.stderr, flush=True)
    took = time.perf_counter() - began
    size = f", {where.stat().st_size / 1e6:,.0f} MB" if isinstance(where, Path) else ""
    print(f"\r{done:,} statements in {took:.0f} s{size}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
