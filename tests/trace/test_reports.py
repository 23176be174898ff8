"""Statements as tracing sees them: a report for each sentence, in its place."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.claims import claims
from quotidian.trace.reports import reports
from quotidian.types import Passage, Span
from store.building import told

DAY = date(2031, 3, 6)


def test_a_long_content_is_several_reports_each_in_its_place():
    article = told(
        "{s:Mara Quill} {c:said}: {q:“The ferry sails at nine from the quay. "
        "Nobody pays the toll twice here.”}",
        people=[("Mara Quill", "Quill")],
    )
    (made,) = article.statements
    found = reports(made, key="k", article="x", printed=DAY)
    assert [one.key for one in found] == ["k", "k/1"]
    assert [one.content for one in found] == [
        "“The ferry sails at nine from the quay.",
        "Nobody pays the toll twice here.”",
    ]
    for one in found:
        assert " ".join(article.text[start:end] for start, end in one.spans) == one.content
        assert (one.statement, one.article, one.printed) == ("k", "x", DAY.toordinal())
        assert (one.voice.kind, one.voice.name, one.voice.source) == ("person", "Mara Quill", "Mara Quill")
        assert (one.first, one.last) == (None, DAY.toordinal())


def test_what_is_not_known_stays_so():
    (made,) = told("{c:It is feared} {q:that it will rain}.").statements
    (one,) = reports(made, key="k", article="x", printed=None)
    assert (one.voice.kind, one.voice.name, one.voice.source, one.printed) == ("none", None, None, None)


signs = st.text(st.sampled_from("ab .!?;,“”’\u202e\u0301水\U0001f64f\n"), min_size=1, max_size=80)


@given(signs, st.data())
def test_claims_lie_in_the_article_and_leave_no_word_out(text: str, data: st.DataObject):
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4))))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip()]
    if not spans:
        return
    content = Passage.of(text, spans)
    found = claims(content)
    covered: set[int] = set()
    for one in found:
        assert " ".join(text[a:b] for a, b in one.spans) == one.text
        places = {place for a, b in one.spans for place in range(a, b)}
        assert places
        assert not places & covered
        covered |= places
    whole = {place for a, b in spans for place in range(a, b) if not text[place].isspace()}
    assert whole <= covered
