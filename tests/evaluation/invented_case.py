"""A statement of an invented article, and what a test changes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evaluation.gold.statements import StatementItem, item
from evaluation.statement_checks import Read
from quotidian.types import (
    Act,
    Article,
    Attribution,
    Entity,
    Found,
    Label,
    Passage,
    Said,
    Speaker,
    Stance,
    Statement,
    Who,
)

TEXT = "Mara Lindqvist, the minister, told Radio Tarn on Tuesday that the “council” of Estrin was asleep."
MARKED = (
    "{S1:Mara Lindqvist, the minister,} {C1:told} Radio Tarn on Tuesday "
    "{X1:that the “council” of Estrin was asleep}."
)


def expecting(*lines: str) -> StatementItem:
    """The invented article as an item of which these lines are so."""
    header = "# asleep | via, an invented case | The Harbour Courier, Thursday 2024-03-07"
    return item(header, [MARKED, *(f"> {line}" for line in lines)])


def passage(words: str) -> Passage:
    """The place of these words in the article."""
    start = TEXT.index(words)
    return Passage.of(TEXT, [(start, start + len(words))])


ATTRIBUTION = Attribution(
    id="a1",
    source=passage("Mara Lindqvist, the minister,"),
    cue=passage("told"),
    content=passage("that the “council” of Estrin was asleep"),
    directness="mixed",
    depth=0,
    parent=None,
    confidence=1.0,
)
SPEAKER = Speaker("person", "e1", "Mara Lindqvist", 1.0, role=Found(passage("minister"), 1.0))
STATEMENT = Statement(
    attribution=ATTRIBUTION,
    speaker=SPEAKER,
    about=(Who("e2", "council", 1.0),),
    via=Found(passage("Radio Tarn"), 1.0),
    said=Said("2024-03-05", "words", 1.0),
    act=Act("criticise", 1.0),
    stance=Stance("neutral", 1.0),
)
ENTITIES = (
    Entity("e1", "person", "Mara Lindqvist", labels=(Label(passage("Mara Lindqvist"), "name"),)),
    Entity("e2", "organisation", "council", labels=(Label(passage("“council”"), "name", "a1", ("quoted",)),)),
)


def read(
    article: dict[str, Any] | None = None, speaker: dict[str, Any] | None = None, **statement: Any
) -> Read:
    """The article as a reader has it that gets all right but for what is given here."""
    made = replace(STATEMENT, speaker=replace(SPEAKER, **speaker or {}), **statement)
    whole = Article(
        id="asleep", text=TEXT, attributions=(ATTRIBUTION,), statements=(made,), entities=ENTITIES
    )
    return Read(replace(whole, **article or {}), {"1": made})
