"""GUM's train documents → the weights of the clues by which "he" and "she" are resolved.

A log-linear model of the candidates (each pronoun's are those that :class:`Pronouns` weighs), fitted
by gradient ascent on the probability of the right ones, with GUM's gold mentions of people and links.
What only news has (who spoke last, who is speaking) GUM cannot tell; those weights stay as they are.

``python -m training.pronouns GUM_FOLDER`` prints each clue with its weight now and as fitted, and how often
the likeliest candidate is right on train and dev. The weights are written into ``CLUES`` by hand.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluation import gum
from quotidian.encoder.about import SHIPPED
from quotidian.encoder.words import load_tokenizer, words_of
from quotidian.resolve.figures import Cast, Link, cast_of
from quotidian.resolve.layout import Layout
from quotidian.resolve.phrases import HE, SHE
from quotidian.resolve.pronouns import CLUES, Pronouns
from quotidian.types import Mention, MentionForm, Passage

GENRES = ("news", "interview", "bio", "speech", "court", "essay", "letter", "fiction", "voyage", "podcast")
STEPS, RATE, PULL = 400, 0.5, 0.002
# The share of people of whom the model knows whether they are a "he" or a "she".
KNOWN = 0.8
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*)(?: (?:[A-Z][\w.'’-]*|of|de|van|von|der))*")

Example = tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]


def examples(folder: Path, split: gum.Split) -> Iterator[Example]:
    """For each "he" or "she": its candidates' clues [candidates, clues], and which are right."""
    tokenizer = load_tokenizer(SHIPPED / "vocabulary.txt")
    for document in gum.documents(folder, split):
        if document.doc.split("_")[1] in GENRES:
            people, chains = _people(document)
            layout = Layout.of(document.text, words_of(document.text, tokenizer))
            cast = cast_of(layout, people, _called(document.doc, people, chains))
            yield from _of_document(layout, people, chains, cast)


def _people(document: gum.Document) -> tuple[list[Mention], list[int]]:
    found = sorted((m.span.start, -m.span.end, m.chain) for m in document.mentions if m.type == "person")
    mentions = [
        Mention(p := Passage.of(document.text, [(a, -b)]), "person", _form(p.text), 1.0) for a, b, _ in found
    ]
    return mentions, [chain for *_, chain in found]


def _form(words: str) -> MentionForm:
    if words.lower() in HE | SHE:
        return "pronoun"
    return "name" if _NAME.fullmatch(words) else "description"


def _called(doc: str, people: Sequence[Mention], chains: Sequence[int]) -> list[float]:
    """Log odds of "she" by the chain's own pronouns, kept back for some people."""
    odds: dict[int, float] = {}
    for mention, chain in zip(people, chains, strict=True):
        if mention.form == "pronoun":
            odds[chain] = 2.0 if mention.passage.text.lower() in SHE else -2.0
    known = {chain: random.Random(f"{doc} {chain}").random() < KNOWN for chain in set(chains)}
    return [odds.get(chain, 0.0) * known[chain] for chain in chains]


def _of_document(
    layout: Layout, people: Sequence[Mention], chains: Sequence[int], cast: Cast
) -> Iterator[Example]:
    pronouns = Pronouns(layout, people, cast, lambda _: None)
    for i, mention in enumerate(people):
        if mention.form != "pronoun":
            continue
        cases = pronouns.cases(i, None)
        if not cases:
            continue
        clues = np.array([[clue.holds(case) for clue in CLUES] for case in cases])
        right = np.array([chains[people.index(case.mention)] == chains[i] for case in cases])
        if right.any():
            yield clues, right
            # Go on as if it had been resolved rightly.
            figure = cases[int(right.argmax())].figure
            cast.links[i] = Link(figure, (), 1.0)
            figure.mentions.append(i)


def fitted(data: Sequence[Example], start: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The weights that make the right candidates most probable, drawn a little towards ``start``."""
    weights = start.copy()
    for _ in range(STEPS):
        gradient = np.zeros_like(weights)
        for clues, right in data:
            score = np.exp(clues @ weights - (clues @ weights).max())
            share = score / score.sum()
            gradient += clues.T @ (share * right / (share * right).sum() - share)
        weights += RATE * (gradient / len(data) - PULL * (weights - start))
    return weights


def right_first(data: Sequence[Example], weights: npt.NDArray[np.float64]) -> float:
    """The share of pronouns whose likeliest candidate is right."""
    return float(np.mean([right[np.argmax(clues @ weights)] for clues, right in data]))


def main(folder: Path) -> None:
    """Fit and print."""
    train, dev = list(examples(folder, "train")), list(examples(folder, "dev"))
    now = np.array([clue.weight for clue in CLUES])
    then = fitted(train, now)
    for clue, weight in zip(CLUES, then, strict=True):
        print(f"{clue.weight:6.2f} → {weight:5.2f}  {clue.words or clue.holds.__name__}")
    for name, data in (("train", train), ("dev", dev)):
        before, after = right_first(data, now), right_first(data, then)
        print(f"{name}: {len(data)} pronouns, right {before:.1%} → {after:.1%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
