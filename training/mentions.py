"""Train the head that tags words: ``python -m training.mentions MODEL --data FOLDER``.

The encoder stays as it is, so attributions do: the head (:mod:`training.head`) reads what the exported int8
graph gives as ``lower``, noise of quantisation included. It tells for each word what name it is part
of, what it stands for as the head of a mention, its word class and the pronoun that a name asks for.

Training goes in three steps. Two networks learn from one half of the silver articles each, and from
the articles read by hand. Each then judges the half that it has not seen: where it is sure of
another tag than the silver's the tag is changed, where it only doubts it is left out. The last
network learns from all that, from the same articles with other names in them, and from GUM, whose heads of
phrases are found with the word classes that the first two tell.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch

from evaluation import gum
from quotidian.encoder.session import Encoder
from quotidian.encoder.tags import NAMES, NOUNS
from quotidian.encoder.words import Ints
from training import silver
from training.files import save
from training.head import Head, Read, graph, read, told, train
from training.renamed import Pronouns, renamed
from training.tagging import (
    UNKNOWN,
    Labelled,
    corrected,
    judged,
    names_by_hand,
    nouns_by_hand,
    of_article,
    of_document,
    pronouns_of,
)

EPOCHS_OF_HALVES, EPOCHS = 4, 6
# Articles read by hand are shown so often as they are, and with other names, for once of the others.
AS_THEY_ARE, WITH_OTHER_NAMES = 2, 4
# A network's tag replaces the silver's if it is so probable; a tag less probable than that is left out.
SURE, DOUBTED = 0.9, 0.2
# One in so many of the articles read by hand is kept to choose by.
KEPT = 5


@dataclass(frozen=True, slots=True)
class Lessons:
    """Makes texts to learn from: reads them with the encoder and labels their words.

    ``pronouns`` are those of each article's people, by its name; ``vectors`` is the folder that keeps
    what the encoder gave.
    """

    encoder: Encoder
    nouns: dict[str, int]
    pronouns: dict[str, Pronouns]
    vectors: Path

    def plain(self, article: silver.Article) -> Read:
        """An article as it is."""
        return self._read(article, self.pronouns[article.doc])

    def renamed(self, article: silver.Article, seed: int) -> Read:
        """An article with other names."""
        return self._read(*renamed(article, self.pronouns[article.doc], seed))

    def by_hand(self, article: silver.Article) -> list[Read]:
        """An article read by hand, as often as it is shown."""
        others = [self.renamed(article, seed) for seed in range(WITH_OTHER_NAMES)]
        return [self.plain(article)] * AS_THEY_ARE + others

    def _read(self, article: silver.Article, pronouns: Pronouns) -> Read:
        words = self.encoder.words(article.text)
        return read(self.encoder, of_article(article, words, self.nouns, pronouns), self.vectors)

    def of_gum(self, heads: Sequence[Head], document: gum.Document) -> Read:
        """A document of GUM; its word classes are what the heads think."""
        words = self.encoder.words(document.text)
        one = read(self.encoder, Labelled.blank(document.doc, document.text, words), self.vectors)
        pos = np.mean([told(head, one)[2] for head in heads], axis=0).argmax(-1)
        return replace(one, labels=of_document(document, words, pos, self.nouns))


def second_thoughts(head: Head, one: Read) -> Ints:
    """The name tags of a silver article as a network that has not seen it would change them."""
    chances, tags = told(head, one)[0], one.labels.name
    best, rows = chances.argmax(-1), np.arange(len(tags))
    own = np.where(tags >= 0, chances[rows, np.maximum(tags, 0)], 0.0)
    changed = np.where(own < DOUBTED, UNKNOWN, tags)
    return np.where(chances[rows, best] >= SURE, best, changed)


def spans(tags: Sequence[int]) -> set[tuple[int, int, str]]:
    """The people, organisations and places that tags spell: first word, end, type."""
    found, start = set(), None
    for i, tag in enumerate([*tags, 0]):
        goes_on = NAMES[tag].endswith("+")
        if start is not None and not (goes_on and NAMES[tag][:-1] == NAMES[tags[start]].removesuffix("+")):
            found.add((start, i, NAMES[tags[start]].removesuffix("+")))
            start = None
        if start is None and tag:
            start = i
    return {span for span in found if span[2] in ("person", "organisation", "place")}


def say_how_good(head: Head, by_hand: Sequence[Read], phrases: Sequence[Read]) -> None:
    """Print figures over articles read by hand and over GUM documents that were kept."""
    right = found = wanted = 0
    pos = [0, 0]
    for one in by_hand:
        name, _, classes, _ = told(head, one)
        a, b = spans(name.argmax(-1).tolist()), spans(np.maximum(one.labels.name, 0).tolist())
        right, found, wanted = right + len(a & b), found + len(a), wanted + len(b)
        known = one.labels.pos >= 0
        pos = [pos[0] + int((classes.argmax(-1) == one.labels.pos)[known].sum()), pos[1] + int(known.sum())]
    f1 = 2 * right / (found + wanted)
    print(f"names: precision {right / found:.4f} recall {right / wanted:.4f} F1 {f1:.4f}")
    print(f"word classes as the silver has them: {pos[0] / pos[1]:.4f}")
    table = np.zeros((len(NOUNS), len(NOUNS)), int)
    for one in phrases:
        best, gold = told(head, one)[1].argmax(-1), one.labels.noun
        np.add.at(table, (gold[gold >= 0], best[gold >= 0]), 1)
    for i, kind in enumerate(NOUNS[1:], start=1):
        both = max(1, table[i].sum() + table[:, i].sum())
        print(f"{kind:12} {table[i].sum():6} in GUM, F1 {2 * table[i, i] / both:.4f}")


def main() -> None:
    """Train and write mentions.onnx into the model's folder."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path)
    p.add_argument("--data", type=Path, required=True, help="folder of polnear/ and gum/")
    p.add_argument("--vectors", type=Path, help="folder to keep what the encoder gives in (default: beside)")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    vectors = a.vectors or a.model.parent / "vectors"
    vectors.mkdir(parents=True, exist_ok=True)
    by_hand = names_by_hand()
    found = silver.cleaned(list(silver.articles(a.data / "polnear", "train")), silver.lexicon())
    found = [corrected(one, by_hand[one.doc]) if one.doc in by_hand else one for one in found]
    pronouns = {one.doc: asked for one, asked in zip(found, pronouns_of(found), strict=True)}
    lessons = Lessons(Encoder(a.model, threads=a.threads), nouns_by_hand(), pronouns, vectors)
    kept = frozenset(sorted(by_hand)[::KEPT])
    hand = [
        one for article in found if article.doc in by_hand.keys() - kept for one in lessons.by_hand(article)
    ]
    rest = [one for one in found if one.doc not in by_hand]
    halves = rest[::2], rest[1::2]
    firsts = [
        train([*map(lessons.plain, half), *hand], EPOCHS_OF_HALVES, seed) for seed, half in enumerate(halves)
    ]
    better = [
        judged(article, one.labels.words, second_thoughts(head, one))
        for head, half in zip(firsts, halves[::-1], strict=True)
        for article, one in ((article, lessons.plain(article)) for article in half)
    ]
    learnt = [read for article in better for read in (lessons.plain(article), lessons.renamed(article, 0))]
    phrases, kept_phrases = (
        [lessons.of_gum(firsts, one) for one in gum.documents(a.data / "gum", split)]
        for split in ("train", "dev")
    )
    head = train([*learnt, *hand, *phrases], EPOCHS, len(halves))
    save(head.state_dict(), vectors / "head.pt")
    onnx.save(graph(head), a.model / "mentions.onnx")
    articles = [one for one in found if one.doc in kept]
    print("articles as they are")
    say_how_good(head, [lessons.plain(one) for one in articles], kept_phrases)
    print("and with other names")
    say_how_good(head, [lessons.renamed(one, 0) for one in articles], ())


if __name__ == "__main__":
    main()
