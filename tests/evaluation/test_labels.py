from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_corpus import FEARED, FERRY, OUTERMOST, documents
from invented_statements import Answers

from evaluation import about, corpus, predict
from evaluation.labels import labelled, plain
from quotidian.errors import BadRecord, NotFound, UsageError


def test_the_line_of_a_row_that_is_no_label_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"doc": "ferry", "ar": 0, "about": [], "maybe": []}\n\n{"doc": "ferry"}\n')
    with pytest.raises(BadRecord, match="line 3: not a label"):
        about.labels(path)


def test_absent_labels_are_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        about.labels(tmp_path / "labels.jsonl")


def test_only_the_documents_that_have_labels_are_read() -> None:
    other = replace(OUTERMOST, doc="other")
    assert labelled([other, OUTERMOST], [about.Label("ferry", 2, ())]) == [OUTERMOST]


@pytest.mark.parametrize(("doc", "ar", "why"), [("ferry", 3, r"\[3\]"), ("boat", 0, "boat")])
def test_a_label_of_nothing_is_refused(doc: str, ar: int, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        labelled([OUTERMOST], [about.Label("ferry", 0, ()), about.Label(doc, ar, ())])


@given(st.text(max_size=20))
def test_a_name_is_the_same_in_capitals_and_with_the(name: str) -> None:
    assert plain(plain(name).upper()) == plain(plain(name).upper().casefold())
    assert plain(f"The {name.strip()}") == name.strip().casefold()


@given(documents())
def test_a_statement_is_found_again_by_the_number_that_its_attribution_was_marked_with(
    one: corpus.Document,
) -> None:
    resolved = predict.resolved([one], Answers())[one.doc]
    assert resolved.statements.keys() == {
        number for number, marked in enumerate(one.attributions) if marked.cue and marked.content
    }
    for number, statement in resolved.statements.items():
        marked = one.attributions[number]
        assert statement.attribution.content.spans == marked.content
        assert statement.attribution.cue.spans == marked.cue


def test_attributions_in_another_order_than_the_texts_keep_their_numbers() -> None:
    backwards = replace(OUTERMOST, attributions=(FEARED, FERRY))
    resolved = predict.resolved([backwards], Answers())["ferry"]
    assert [one.cue.text for one in resolved.article.attributions] == ["said", "is feared"]
    assert [resolved.statements[number].attribution.cue.text for number in (0, 1)] == ["is feared", "said"]
