"""Vectors of sentences: alike where the meaning is, and a text's own whatever stands beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotidian.encoder.about import SHIPPED
from quotidian.encoder.session import Encoder
from quotidian.encoder.vectors import FILE, Projection, averaged, rarity
from quotidian.encoder.words import QUOTE_MARK, load_tokenizer, words_of
from quotidian.errors import BadText, ModelError
from quotidian.pipeline import Reader

FERRY = "The ferry to Ostmere will not sail before Friday because of the storm"
ALIKE = [
    (FERRY, "bad weather keeps the Ostmere boat in port until Friday"),
    ("We will close four libraries to save money", "four of the city's libraries would be shut to cut costs"),
    ("The mayor never took a bribe", "she had accepted no illegal payments while in office"),
]
HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from("“”\"'‘’«»\n\r\u2028\t\x00\u0301\u200d\u202e\ufeff😀👩🏽א ب.,!?"),
    ),
    max_size=80,
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_the_vectors_of_a_reader_are_of_unit_length(reader: Reader) -> None:
    vectors = reader.vectors([one for pair in ALIKE for one in pair])
    assert vectors.dtype == np.float32
    assert vectors.shape == (6, 128)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_said_in_other_words_is_nearer_than_anything_else(encoder: Encoder) -> None:
    one, other = (encoder.vectors([pair[side] for pair in ALIKE]) for side in (0, 1))
    assert (one @ other.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_the_last_word_of_a_sentence_counts(encoder: Encoder) -> None:
    friday, monday, ferry = encoder.vectors([FERRY, FERRY.replace("Friday", "Monday"), "Ferries are loud"])
    assert friday @ ferry < friday @ monday < 0.999


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    (alone,) = encoder.vectors([FERRY])
    crowd = encoder.vectors(["Yes", FERRY * 9, FERRY, "I. DO. NOT. KNOW! " * 30, FERRY])
    np.testing.assert_array_equal(crowd[2], alone)
    np.testing.assert_array_equal(crowd[4], alone)


def test_double_quotation_marks_count_for_nothing(encoder: Encoder) -> None:
    bare, *quoted = encoder.vectors([FERRY, f"“{FERRY}”", f'"{FERRY}', f"« {FERRY} »"])
    for vector in quoted:
        np.testing.assert_array_equal(vector, bare)


@pytest.mark.parametrize("count", [1, 2, 60, 600])
def test_a_text_may_be_of_any_length(encoder: Encoder, count: int) -> None:
    (vector,) = encoder.vectors([" ".join((FERRY.split() * 60)[:count])])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_text_without_a_word_is_like_nothing(encoder: Encoder) -> None:
    vectors = encoder.vectors(["", " \n\t", "\u200b", "“”", FERRY])
    assert not vectors[:4].any()
    assert vectors[4].any()


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.vectors([]).shape == (0, 128)


@settings(max_examples=40)
@given(st.lists(HOSTILE, max_size=3))
def test_every_text_has_a_vector_or_no_word(encoder: Encoder, texts: list[str]) -> None:
    vectors = encoder.vectors(texts)
    assert vectors.shape == (len(texts), 128)
    lengths = [float((encoder.words(text).quote != QUOTE_MARK).any()) for text in texts]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), lengths, atol=1e-5)


def test_a_lone_surrogate_is_refused(encoder: Encoder) -> None:
    with pytest.raises(BadText, match="lone surrogate"):
        encoder.vectors([FERRY, "half a \ud83d"])


def test_a_model_without_vectors_reads_and_says_what_to_do_when_asked_for_them(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "model")
    (tmp_path / "model" / FILE).unlink()
    reader = Reader(tmp_path / "model")
    assert reader.read_text("“It will rain,” the forecaster Ida Brandt said on Monday.").attributions
    with pytest.raises(ModelError, match="python -m training"):
        reader.vectors([FERRY])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"\x93NUMPY"])
def test_a_damaged_file_is_an_error_of_the_model(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ModelError, match="reinstall"):
        Projection.load(tmp_path)


def test_a_map_comes_back_as_it_was_written_and_in_the_same_bytes(tmp_path: Path) -> None:
    made = Projection(np.array([[1, 0], [0, 2]], np.float32), np.array([0, 0.5], np.float32))
    made.save(tmp_path)
    first = (tmp_path / FILE).read_bytes()
    Projection.load(tmp_path).save(tmp_path)
    assert (tmp_path / FILE).read_bytes() == first
    np.testing.assert_allclose(Projection.load(tmp_path).of(np.array([3, 1.75], np.float32)), [0.6, 0.8])


def test_rare_words_count_more_and_marks_least() -> None:
    words = words_of("the ferry, Thorvaldsen", load_tokenizer(SHIPPED / "vocabulary.txt"))
    the, ferry, comma, _ = rarity(words).tolist()
    assert comma <= the < ferry


def test_the_two_averages_are_of_all_words_and_of_the_rare() -> None:
    layers = np.array([[1, 0], [0, 1]], np.float32)
    found = averaged(layers, np.array([1, 2], np.float32))
    np.testing.assert_allclose(found, [0.5, 0.5, 0.2, 0.8], rtol=1e-6)
