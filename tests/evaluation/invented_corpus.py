"""Invented documents, and strategies that make more. All names and places are fiction."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from evaluation.types import Document, Marked, spans_of
from quotidian.types import Article, Attribution, Span

TEXT = (
    "“The ferry sails at noon,” said Mara Lindqvist.\n"
    "The harbour office of Ostmere said it had heard that the ferry was late.\n"
    "It is feared the storm will return, “stronger than before.”"
)


def span(words: str, text: str = TEXT) -> Span:
    """Where ``words`` stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def marked(
    source: str | None, cue: str, *content: str, depth: int = 0, confidence: float | None = None
) -> Marked:
    """An attribution of :data:`TEXT`, by its words."""
    return Marked(
        (span(source),) if source else (),
        (span(cue),),
        tuple(span(piece) for piece in content),
        depth,
        confidence,
    )


FERRY = marked("Mara Lindqvist", "said", "“The ferry sails at noon,”")
OFFICE = Marked(
    (span("The harbour office of Ostmere"),),
    (Span(TEXT.index("said it"), TEXT.index("said it") + 4),),
    (span("it had heard that the ferry was late"),),
)
HEARD = marked("it", "had heard", "that the ferry was late", depth=1)
HEARD = replace(HEARD, source=(Span(OFFICE.content[0].start, OFFICE.content[0].start + 2),))
FEARED = marked(None, "is feared", "the storm will return", "“stronger than before.”")

OUTERMOST = Document("ferry", TEXT, (FERRY, OFFICE, FEARED), outlet="The Ostmere Ledger")
NESTED = replace(OUTERMOST, attributions=(FERRY, OFFICE, HEARD, FEARED))


@st.composite
def documents(draw: st.DrawFn, name: str = "d") -> Document:
    """A document of made-up words, quote marks and line ends, with attributions anywhere in it."""
    words = draw(
        st.lists(st.sampled_from(["ab", "c", "“", "”", '"', "it’s", "é́", "🙂", "\n", "x"]), min_size=4)
    )
    text = " ".join(words)
    places = st.integers(0, len(text) - 1)

    def spans(least: int) -> st.SearchStrategy[tuple[Span, ...]]:
        pair = st.tuples(places, places).map(lambda p: (min(p), max(p) + 1))
        return st.lists(pair, min_size=least, max_size=3, unique=True).map(spans_of)

    attributions = st.builds(
        Marked, spans(0), spans(1), spans(1), st.just(0), st.none() | st.floats(0, 1, allow_nan=False)
    )
    return Document(name, text, tuple(draw(st.lists(attributions, max_size=6))))


def without_confidence(one: Document) -> Document:
    """The same document as a person would mark it."""
    kept = tuple(replace(marked, confidence=None) for marked in one.attributions)
    return replace(one, attributions=kept)


class Repeats:
    """A reader that finds, in texts that it was shown, what was marked there."""

    model_name = "repeats"

    def __init__(self, *shown: Article) -> None:
        self.found: dict[str, tuple[Attribution, ...]] = {one.text: one.attributions for one in shown}

    def read_text(
        self,
        text: str,
        *,
        id: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
        any_language: bool = False,
    ) -> Article:
        return Article(id=id or "", text=text, attributions=self.found.get(text, ()))
