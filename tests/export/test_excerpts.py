"""A quotation keeps all its words, and few of those around it."""

from hypothesis import given
from hypothesis import strategies as st

from export.invented import hit
from quotidian.export.excerpt import MOST, excerpt, is_whole, shown, words
from quotidian.types import Passage, Span

FILL = "so much was said of harbours and of ice "


def placed(before: int, gap: int, content: int, after: int, at: int = 1000):
    """A statement whose sentences have so many words around and inside it."""
    parts = [FILL * before, "Moor", " ", "said", " " + FILL * gap, FILL * content, FILL * after]
    text, spans, place = "".join(parts), [], at
    for part in parts:
        spans.append((place, place + len(part)))
        place += len(part)

    def passage(number: int) -> Passage:
        start, end = spans[number]
        return Passage(parts[number], (Span(start, end),))

    return hit(
        source=passage(1), cue=passage(3), content=passage(5), context=Span(at, at + len(text)), words=text
    )


def covered(spans, passage) -> bool:
    return all(any(a <= start and end <= b for a, b in spans) for start, end in passage.spans)


@given(st.integers(0, 30), st.integers(0, 20), st.integers(1, 40), st.integers(0, 30))
def test_an_excerpt_holds_the_whole_statement_and_little_more(before, gap, content, after):
    found = placed(before, gap, content, after)
    spans = excerpt(found)
    for part in (found.source, found.cue, found.content):
        assert covered(spans, part)
    own = sum(len(part.text) for part in (found.source, found.cue, found.content))
    assert sum(end - start for start, end in spans) <= own + MOST


@given(st.integers(0, 30), st.integers(0, 20), st.integers(1, 40), st.integers(0, 30))
def test_stretches_are_in_order_inside_the_sentences_and_their_words_are_the_articles(
    before, gap, content, after
):
    found = placed(before, gap, content, after)
    spans = excerpt(found)
    ends = [edge for span in spans for edge in span]
    assert ends == sorted(ends) and found.context.start <= ends[0] and ends[-1] <= found.context.end
    for (start, end), piece in zip(spans, words(found, spans), strict=True):
        assert piece == found.words[start - 1000 : end - 1000] and len(piece) == end - start


def test_a_short_sentence_is_shown_whole():
    found = hit()
    assert is_whole(found, excerpt(found)) and shown(found) == found.words


def test_what_is_left_out_is_marked():
    found = placed(before=20, gap=20, content=3, after=20)
    assert shown(found).count("[…]") == 3
    assert found.content.text.strip() in shown(found)
    assert not is_whole(found, excerpt(found))


def test_no_word_of_the_context_is_cut_in_two():
    found = placed(before=20, gap=0, content=3, after=20)
    first, last = excerpt(found)[0].start, excerpt(found)[-1].end
    assert found.words[first - 1000 - 1] == " " and found.words[last - 1000] == " "


def test_a_long_quotation_is_never_cut():
    found = placed(before=20, gap=0, content=400, after=20)
    assert found.content.text.strip() in shown(found)


def test_the_whole_sentences_come_where_they_are_asked_for():
    found = placed(before=20, gap=20, content=3, after=20)
    assert excerpt(found, whole=True) == (found.context,) and shown(found, whole=True) == found.words


def test_a_statement_without_source_has_an_excerpt_too():
    found = hit(source=None)
    assert covered(excerpt(found), found.content)
