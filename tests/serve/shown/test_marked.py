"""Marked words are the article's words, whatever they are and wherever the marks cross."""

from dataclasses import replace

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from quotidian.serve.shown.marked import Anchor, around, article_text, plain_text, sentence
from quotidian.store.values import Head, Hit
from quotidian.types import Article, Attribution, Passage, Span
from quotidian.write.segments import numbered
from quotidian.write.visible import on_a_page
from write.invented import STRIKE, attributions, strike, texts

HEAD = Head(
    id=1,
    own_id="b-7",
    version=1,
    versions=1,
    url=None,
    outlet=None,
    title=None,
    byline=None,
    published=None,
    published_day=None,
    read_at="2031-03-06T10:00:00Z",
    model=None,
    reason=None,
)


def hit_of(found: Attribution, text: str, context: Span) -> Hit:
    return Hit(
        id=1,
        key=found.id,
        article=HEAD,
        source=found.source,
        cue=found.cue,
        content=found.content,
        context=context,
        words=text[context.start : context.end],
        directness="direct",
        depth=0,
        parent=None,
        kind="none",
        speaker=None,
        also=(),
        maybe=(),
        about=(),
        role=None,
        organisation=None,
        via=None,
        said=None,
        said_from="nothing",
        day=None,
        act="state",
        negated=False,
        stance="neutral",
        confidence=0.9,
        speaker_confidence=0.9,
        state="unreviewed",
        current=True,
    )


def shown(markup: str) -> str:
    """What can be read of some markup, its line ends as a browser has them."""
    tree = lxml.html.fragment_fromstring(f"<div>{markup}</div>")
    return tree.text_content()


def marked(markup: str, role: str) -> list[str]:
    tree = lxml.html.fragment_fromstring(f"<div>{markup}</div>")
    return [part.text_content() for part in tree.xpath(f".//span[@class='{role}']")]


@st.composite
def marked_texts(draw) -> Article:
    text = draw(texts.filter(str.strip))
    found = draw(st.lists(attributions(text), max_size=4))
    return Article(id="a", text=text, attributions=tuple({one.id: one for one in found}.values()))


@given(marked_texts())
def test_a_marked_text_reads_as_the_article_does(article: Article) -> None:
    anchors = [Anchor(str(number)) for number, _ in enumerate(numbered(article))]

    assert shown(article_text(article, anchors)) == on_a_page(article.text)


@given(marked_texts())
def test_every_statement_has_one_address_in_the_text(article: Article) -> None:
    anchors = [Anchor(str(number)) for number, _ in enumerate(numbered(article))]
    tree = lxml.html.fragment_fromstring(f"<div>{article_text(article, anchors)}</div>")

    assert sorted(tree.xpath(".//a/@id")) == sorted(f"s{anchor.id}" for anchor in anchors)


@given(texts)
def test_a_text_without_marks_reads_as_it_does(text: str) -> None:
    assert shown(plain_text(text)) == on_a_page(text)


@given(marked_texts(), st.data())
def test_a_sentence_reads_as_its_words_wherever_the_marks_are(article: Article, data: st.DataObject) -> None:
    text = article.text
    start = data.draw(st.integers(0, len(text) - 1))
    context = Span(start, data.draw(st.integers(start + 1, len(text))))
    for found in article.attributions:
        hit = hit_of(found, text, context)
        assert shown(sentence(hit)) == on_a_page(text[context.start : context.end])
        offset, markup = around(text, hit, more=8)
        assert on_a_page(text).startswith(shown(markup), offset)
        assert offset <= context.start or not text[offset : context.start].strip()


def test_source_cue_and_content_of_a_sentence_are_told_apart() -> None:
    found = strike().attributions[1]
    start = STRIKE.index("She said")
    markup = sentence(hit_of(found, STRIKE, Span(start, STRIKE.index("\n", start))))

    assert marked(markup, "source") == ["She"]
    assert marked(markup, "cue") == ["said"]
    assert marked(markup, "content") == [found.content.text]


def test_words_that_are_not_where_they_should_be_are_shown_plain() -> None:
    found = replace(strike().attributions[1], cue=Passage("said", (Span(9_000, 9_004),)))
    markup = sentence(hit_of(found, STRIKE, Span(0, 40)))

    assert markup == STRIKE[:40].replace("'", "&#x27;")


def test_text_around_a_statement_is_whole_paragraphs_where_they_are_near() -> None:
    found = strike().attributions[2]
    start = STRIKE.index("Tomas Brandt and")
    offset, markup = around(STRIKE, hit_of(found, STRIKE, Span(start, start + 100)), more=150)

    assert offset == STRIKE.index("She said")
    assert shown(markup).endswith("asked the union.")
