from hypothesis import given
from hypothesis import strategies as st

from quotidian.write import jsonl
from quotidian.write.surer import surer
from write.invented import story, strike, told_articles


def test_statements_less_sure_are_left_out_with_those_inside_them():
    assert [found.cue.text for found in surer(story(), 0.92).attributions] == ["said on Tuesday", "said"]
    assert [found.depth for found in surer(story(), 0.6).attributions] == [0, 0, 0, 1]


def test_labels_that_a_statement_left_out_uses_are_left_out_too():
    union = surer(strike(), 0.9).entities[2]
    assert [label.passage.text for label in union.labels] == [
        "Harbour Workers' Union",
        "HWU",
        "council of thieves",
        "HWU",
        "so-called council",
    ]


@given(told_articles(), st.floats(0, 1))
def test_what_is_left_is_an_article_that_can_be_written_and_read_back(article, least):
    left = surer(article, least)
    assert jsonl.parse(jsonl.line(left)) == left
    assert all(found.confidence >= least for found in left.attributions)
