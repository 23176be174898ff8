from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.claims import claims
from quotidian.types import Passage

TEXT = "“No order was given by me, ever,” she said. “The lake will be back by the end of May. I promise it.”"


def test_sentences_of_a_quotation_are_claims_of_their_own_and_short_ones_stay_together():
    content = Passage.of(TEXT, [(0, 33), (44, len(TEXT))])
    assert [claim.text for claim in claims(content)] == [
        "“No order was given by me, ever,”",
        "“The lake will be back by the end of May. I promise it.”",
    ]


def test_a_sentence_that_the_text_interrupts_stays_whole():
    text = "“We will,” she said, “never open these gates again.” “The keys lie deep in the lake.”"
    content = Passage.of(text, [(0, 10), (21, len(text))])
    assert [claim.text for claim in claims(content)] == [
        "“We will,” “never open these gates again.”",
        "“The keys lie deep in the lake.”",
    ]


@given(st.text(alphabet="ab. “”!?;\n,水", max_size=120), st.data())
def test_claims_are_verbatim_and_together_all_of_the_content(text: str, data: st.DataObject):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip()]
    if not spans:
        return
    content = Passage.of(text, spans)
    found = claims(content)
    for claim in found:
        assert claim == Passage.of(text, claim.spans)
        assert content.holds(claim)
    kept = [c for claim in found for c in claim.text if not c.isspace()]
    assert kept == [c for c in content.text if not c.isspace()]
