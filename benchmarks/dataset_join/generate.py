"""A data set that has reports alone, of so many statements, all invented, made fast.

What is not real: texts are words of the vocabulary drawn at random, with the commonest as common as in
English and phrases of two and three words among them; the hashes of sketches are of word numbers. What is
as in news, or worse: an act of saying is in one outlet mostly, in some hundreds at times; a wire's copies
have
the same words, others cut, change or paraphrase them; few people say much (one has every fiftieth statement),
most little; phrases that thousands use; what is said of an event shares its names.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.random import Generator
from pyarrow import parquet

from quotidian.run.dataset import Marker
from quotidian.run.joining.rows import report_schema
from quotidian.run.writing import Written
from quotidian.trace.meaning import SMALL
from quotidian.trace.words import _places, rarity

SEED = 20_310_301
FIRST_DAY = date(2031, 3, 1)
DAYS = 14
SHARDS = 8
PEOPLE = 60_000
PHRASES = 30_000
# From so many outlets on they have it from an agency, and print it as it came.
WIRE = 6
# Rows of one shard and day that are written at once.
_LOT = 4_000
_MASK = (1 << 32) - 1
Words = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Language:
    """Words with how common and how telling they are, and phrases of them (two words or three)."""

    words: list[str]
    often: np.ndarray[Any, Any]
    rarity: np.ndarray[Any, Any]
    small: np.ndarray[Any, Any]
    phrases: np.ndarray[Any, Any]


def language(rng: Generator) -> Language:
    """The vocabulary of the encoder as far as its words are letters alone."""
    words = [word for word in _places() if word.isascii() and word.isalpha() and len(word) > 1][:20_000]
    rank = np.arange(1, len(words) + 1)
    often = np.cumsum(1 / rank)
    phrases = np.minimum(rng.zipf(1.15, (PHRASES, 3)) + 100, len(words) - 1)
    phrases[rng.random(PHRASES) < 0.6, 2] = -1
    return Language(
        words,
        often / often[-1],
        np.array([rarity(word) for word in words]),
        np.array([word in SMALL for word in words]),
        phrases,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, by whom, in what manner, on which day."""

    words: Words
    person: int
    directness: str
    role: bool
    day: int | None


def made(statements: int, rng: Generator) -> Iterator[tuple[int, list[list[Said]]]]:
    """Acts of saying: the event, and for each outlet that reports it the sentences of one statement."""
    tongue = language(rng)
    known = np.cumsum(1 / np.arange(20, PEOPLE + 20))
    known /= known[-1]
    left, event = statements, 0
    while left > 0:
        event += 1
        day = int(rng.integers(DAYS))
        topic = rng.integers(300, len(tongue.words), 10)
        people = np.searchsorted(known, rng.random(4))
        for _ in range(int(rng.integers(1, 12))):
            person = int(people[int(rng.integers(4))]) if rng.random() > 0.02 else 0
            whole = [_sentence(tongue, topic, rng) for _ in range(1 + (rng.random() < 0.3))]
            outlets = min(_outlets(rng), left)
            yield (
                event,
                [_reported(whole, (person, day), i, outlets >= WIRE, rng, tongue) for i in range(outlets)],
            )
            left -= outlets
            if left <= 0:
                return


def _outlets(rng: Generator) -> int:
    """Of a hundred acts of saying 75 are in one outlet, 22 in some, three are an agency's: half of all."""
    kind = rng.random()
    if kind < 0.75:
        return 1
    return int(rng.integers(2, 6)) if kind < 0.97 else min(int(WIRE + 20 * rng.pareto(1.3)), 400)


def _sentence(tongue: Language, topic: Words, rng: Generator) -> Words:
    length = int(rng.integers(8, 36))
    words = np.searchsorted(tongue.often, rng.random(length))
    about = rng.random(length) < 0.12
    words[about] = topic[rng.integers(len(topic), size=int(about.sum()))]
    for at in rng.integers(0, max(length - 3, 1), length // 8):
        phrase = tongue.phrases[min(int(rng.zipf(1.2)) - 1, PHRASES - 1)]
        words[at : at + 2] = phrase[:2]
        if phrase[2] >= 0:
            words[at + 2] = phrase[2]
    return words


def _reported(
    whole: Sequence[Words], said: tuple[int, int], outlet: int, wire: bool, rng: Generator, tongue: Language
) -> list[Said]:
    """The same, cut, edited or in other words; the first has it as it was said."""
    person, day = said
    how = rng.random() if outlet else 0.0
    if wire:
        how = how * 0.5 if how < 0.95 else 0.5 + (how - 0.95) * 10
    later = min(int(rng.geometric(0.8)) - 1, 3) if how > 0.4 else 0
    role = bool(how > 0.5 and rng.random() < 0.3)
    printed = None if rng.random() < 0.02 else day + later
    found = []
    for words in whole if how < 0.8 else whole[:1]:
        directness = "direct"
        if how > 0.85:
            kept = rng.random(len(words)) < 0.45
            words = np.where(kept, words, np.searchsorted(tongue.often, rng.random(len(words))))
            directness = "indirect"
        elif how > 0.65:
            begin = int(rng.integers(0, len(words) // 2 + 1))
            words = words[begin : begin + max(len(words) // 2, 5)]
        elif how > 0.55:
            words = words.copy()
            words[int(rng.integers(len(words)))] = int(rng.integers(len(tongue.words)))
        found.append(Said(words, person, directness, role, printed))
    return found


class _Rows:
    """Reports as columns, for each shard and day."""

    def __init__(self, folder: Path, tongue: Language, rng: Generator):
        self._folder, self._tongue, self._rng = folder, tongue, rng
        self._shards = [f"{rng.integers(1 << 63):016x}" for _ in range(SHARDS)]
        self._lots: dict[tuple[int, int | None], dict[str, list[Any]]] = {}
        self._open: dict[tuple[int, int | None], parquet.ParquetWriter] = {}
        self._drawn: dict[int, tuple[Words, tuple[str, Any, Any]]] = {}
        self.count = 0
        self.statements = 0

    def add(self, event: int, outlet: int, sentences: Sequence[Said]) -> None:
        """Take a statement; what an outlet has of an event stands in one article."""
        shard = (event + outlet * 7) % SHARDS
        lot_of = shard, sentences[0].day
        lot = self._lots.setdefault(lot_of, defaultdict(list))
        statement = f"{int(self._rng.integers(1 << 63)):016x}"
        article = f"{self._shards[shard]}-{event * 400 + outlet}"
        for number, said in enumerate(sentences):
            self._row(lot, said, number, statement, article)
        self.statements += 1
        self.count += len(sentences)
        if len(lot["key"]) >= _LOT:
            self._write(lot_of)

    def _row(self, lot: dict[str, list[Any]], said: Said, number: int, statement: str, article: str) -> None:
        text, runs, rare = self._sketch(said.words)
        printed = None if said.day is None else FIRST_DAY.toordinal() + said.day
        surname, first = said.person % 20_011, said.person % 97
        voices = (
            [_mix(surname + 7_000_003), _mix(surname % 311 + 9_000_011)]
            if said.role
            else [_mix(surname + 7_000_003)]
        )
        row = {
            "article": article, "attribution_id": f"a{number}", "statement": statement,
            "key": f"{statement}/{number}" if number else statement, "content": text, "spans": [],
            "directness": said.directness, "kind": "person",
            "name": f"{_name(first)} {_name(surname + 100)}",
            "role": f"minister {_name(surname % 311)}" if said.role else None, "organisation": None,
            "maybe": [], "also": [], "source": None, "about": [], "first": None, "last": printed,
            "printed": printed, "depth": 0, "act": "state", "negated": False,
            "said": _hash(text, said.person, said.directness, said.role, said.day),
            "runs": runs, "rare": rare, "voices": sorted(voices), "vector": None,
        }  # fmt: skip
        for name, value in row.items():
            lot[name].append(value)

    def _sketch(self, words: Words) -> tuple[str, Any, Any]:
        """Text and hashes; the same for the same array, as a wire's copies are."""
        if id(words) in self._drawn:
            return self._drawn[id(words)][1]
        tongue = self._tongue
        text = " ".join([tongue.words[i] for i in words.tolist()])
        worth = np.where(tongue.small[words], 0.0, tongue.rarity[words])
        three = (words[:-2] * 20_011 + words[1:-1]) * 20_011 + words[2:]
        runs = _mixed(three[worth[:-2] + worth[1:-1] + worth[2:] >= 11.0])
        five = (three[:-2] * 20_011 + words[3:-1]) * 20_011 + words[4:]
        rare = np.concatenate([_mixed(words[worth >= 6.5] + 3), _mixed(five)])
        made = text, np.unique(runs)[:96], np.unique(rare)[:64]
        self._drawn[id(words)] = (words, made)
        if len(self._drawn) > 64:
            self._drawn.clear()
        return made

    def _write(self, lot_of: tuple[int, int | None]) -> None:
        lot = self._lots.pop(lot_of)
        schema = report_schema()
        table = pa.table({name: pa.array(lot[name], schema.field(name).type) for name in schema.names})
        if lot_of not in self._open:
            place = self._folder / self._path(lot_of)
            place.parent.mkdir(parents=True, exist_ok=True)
            self._open[lot_of] = parquet.ParquetWriter(place, schema, compression="zstd")
        self._open[lot_of].write_table(table)

    def _path(self, lot_of: tuple[int, int | None]) -> str:
        shard, day = lot_of
        named = "unknown" if day is None else FIRST_DAY + timedelta(day)
        return f"reports/day={named}/{self._shards[shard]}.parquet"

    def close(self) -> None:
        """Write the rest, and say that all shards are whole."""
        for lot_of in list(self._lots):
            self._write(lot_of)
        for writer in self._open.values():
            writer.close()
        for i, shard in enumerate(self._shards):
            paths = [self._path(lot_of) for lot_of in self._open if lot_of[0] == i]
            written = tuple(Written(path, 0, (self._folder / path).stat().st_size) for path in paths)
            marker = Marker(shard, f"made/{shard}", "made", {}, written, {}, {})
            _mark(self._folder, marker)


def _mark(folder: Path, marker: Marker) -> None:
    place = folder / "shards" / f"{marker.shard}.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text(marker.as_json())


def _mixed(numbers: Words) -> np.ndarray[Any, Any]:
    with np.errstate(over="ignore"):
        z = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (z >> np.uint64(32)).astype(np.uint32)


def _hash(*told: Any) -> int:
    return int.from_bytes(hashlib.blake2b(repr(told).encode(), digest_size=8).digest(), "little")


def _mix(number: int) -> int:
    return int(_mixed(np.array([number]))[0])


def _name(number: int) -> str:
    """A name of syllables for a number."""
    syllables = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
    found = ""
    while number or not found:
        number, left = divmod(number, len(syllables))
        found += syllables[left]
    return found.capitalize() + "n"


def generate(folder: Path, statements: int) -> tuple[int, int]:
    """Make the data set; how many statements and reports it has."""
    rng = np.random.default_rng(SEED)
    rows = _Rows(folder, language(np.random.default_rng(SEED)), rng)
    for event, reported in made(statements, rng):
        for outlet, sentences in enumerate(reported):
            rows.add(event, outlet, sentences)
    rows.close()
    return rows.statements, rows.count


def main(argv: Sequence[str] | None = None) -> int:
    """``python -m benchmarks.dataset_join.generate FOLDER --statements N``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--statements", type=int, default=100_000)
    given = parser.parse_args(argv)
    statements, reports = generate(given.folder, given.statements)
    print(f"{statements:,} statements, {reports:,} reports in {given.folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
