"""Articles to measure on: invented ones of any length, and PolNeAR's dev split where it is.

The invented ones are fiction, made from a small grammar (``grammar.txt``): the same seed gives
the same article. They are dense with attributions (about one in 25 words, as in PolNeAR): direct,
indirect, mixed, interrupted and nested, so that every step of the pipeline has its work.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.words import word_count

GRAMMAR = Path(__file__).with_name("grammar.txt")
_SYMBOL = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts under a name, with their number of words."""

    name: str
    texts: tuple[str, ...]
    words: int

    @classmethod
    def of(cls, name: str, texts: Iterable[str]) -> Corpus:
        """A corpus of these texts, their words counted."""
        kept = tuple(texts)
        return cls(name, kept, sum(map(word_count, kept)))


def article(words: int, seed: int, grammar: Path = GRAMMAR) -> str:
    """An invented article of at least ``words`` words, ended at the next end of a sentence.

    >>> article(10, seed=1) == article(10, seed=1)
    True
    """
    chance, forms = random.Random(seed), _forms(grammar)
    paragraphs: list[list[str]] = [[]]
    count = 0
    while count < words:
        sentence = _expanded("{sentence}", forms, chance)
        sentence = re.sub(r"^(“?)(\w)", lambda m: m[1] + m[2].upper(), sentence)
        if len(paragraphs[-1]) >= chance.choice((1, 2, 2, 3)):
            paragraphs.append([])
        paragraphs[-1].append(sentence)
        count += word_count(sentence)
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)


def sentence(seed: int, symbol: str = "plain", grammar: Path = GRAMMAR) -> str:
    """One invented sentence, or what else a symbol of the grammar stands for.

    >>> sentence(1) == sentence(1)
    True
    """
    return _expanded(f"{{{symbol}}}", _forms(grammar), random.Random(seed))


@cache
def _forms(grammar: Path) -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for line in grammar.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            symbol, _, alternatives = line.partition(" = ")
            forms[symbol] = forms.get(symbol, ()) + tuple(alternatives.split(" | "))
    return forms


def _expanded(template: str, grammar: dict[str, tuple[str, ...]], chance: random.Random) -> str:
    return _SYMBOL.sub(lambda found: _expanded(chance.choice(grammar[found[1]]), grammar, chance), template)


def articles(count: int, seed: int = 0) -> Iterator[str]:
    """Invented articles of the lengths that news has: about 600 words, some of thousands."""
    chance = random.Random(seed)
    for number in range(count):
        words = min(5_000, max(60, round(chance.lognormvariate(6.3, 0.6))))
        yield article(words, seed=seed * 1_000_003 + number)


def invented(count: int) -> Corpus:
    """So many invented articles."""
    return Corpus.of("invented", articles(count))


def polnear_dev(data: Path, count: int | None = None) -> Corpus:
    """PolNeAR's dev split, or its first ``count`` articles."""
    with gzip.open(data / "polnear" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return Corpus.of("PolNeAR dev", [json.loads(line)["text"] for line in lines][:count])


def write(corpus: Corpus, path: Path) -> Path:
    """Write a corpus as JSON lines that quotidian reads."""
    rows = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(corpus.texts))
    path.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    return path
