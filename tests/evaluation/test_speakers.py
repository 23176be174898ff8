from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, get_args

import pytest
from invented_corpus import NESTED, OUTERMOST
from invented_statements import Answers, statement

from evaluation import predict, speakers
from evaluation.corpus import article, polnear_line
from evaluation.speakers import Answer, Compared, EndToEnd, Label
from evaluation.types import Document, Marked
from quotidian.errors import BadRecord
from quotidian.types import Article, Found, Span, SpeakerKind, Statement

MARA = Answer("person", "Mara Lindqvist", role="the harbour master", organisation="the Harbour Office")
OFFICE = Answer("organisation", "the harbour office of Ostmere", via="the Courier")
NOBODY = Answer("none")
LABELS = [Label("ferry", 0, MARA), Label("ferry", 1, OFFICE), Label("ferry", 2, NOBODY)]


def given(told: dict[str, Answer]) -> list[Compared]:
    return speakers.of_given(LABELS, predict.resolved([OUTERMOST], Answers(speakers=told)))


def one(label: Answer, ours: Answer) -> Compared:
    return Compared(Label("ferry", 0, label), ours)


def test_all_right_is_all_right() -> None:
    counts = speakers.counts(given({"“The ferry": MARA, "it had": OFFICE}))
    assert counts.kind.percent == counts.names_given.percent == 100
    assert (counts.names["person"].of, counts.names["organisation"].of) == (1, 1)
    assert [counts.parts[part].f1 for part in speakers.PARTS] == [100, 100, 100]
    assert counts.kinds["none", "none"] == 1


@pytest.mark.parametrize(
    ("ours", "same"),
    [
        ("mara lindqvist", True),
        ("The Mara Lindqvist", True),
        ("Lindqvist", False),
        ("Mara Lindqvist of Ostmere", False),
        ("", False),
    ],
)
def test_a_name_is_right_in_full_whatever_its_case(ours: str, same: bool) -> None:
    assert one(MARA, replace(MARA, name=ours)).right is same


def test_a_person_under_the_right_name_counts_whatever_kind_we_take_it_for() -> None:
    told = one(MARA, replace(MARA, kind="document"))
    assert told.right and not told.same_kind
    # but then it is no name of a person that we gave
    assert speakers.counts([told]).names_given.of == 0


def test_anybody_else_is_right_by_kind_alone() -> None:
    critics = Answer("people", "his critics")
    assert one(critics, Answer("people", "critics of the harbour")).right
    assert not one(critics, Answer("unnamed", "his critics")).right


def test_giving_no_name_costs_nothing_where_names_given_are_counted() -> None:
    counts = speakers.counts([one(MARA, MARA), one(MARA, Answer("person"))])
    assert (counts.names_given.right, counts.names_given.of) == (1, 1)
    assert (counts.names["person"].right, counts.names["person"].of) == (1, 2)


def test_a_name_for_somebody_unnamed_is_wrong() -> None:
    counts = speakers.counts([one(Answer("unnamed", "an official"), MARA)])
    assert (counts.names_given.right, counts.names_given.of) == (0, 1)


@pytest.mark.parametrize(
    ("gold", "ours", "same"),
    [
        ("the harbour master", "Harbour Master", True),
        ("harbour master", "the former harbour master", True),
        ("harbour master", "ferryman", False),
        ("", "ferryman", False),
        ("harbour master", "", False),
    ],
)
def test_a_role_is_right_if_the_shorter_is_in_the_longer(gold: str, ours: str, same: bool) -> None:
    assert one(replace(MARA, role=gold), replace(MARA, role=ours)).same("role") is same


def test_a_statement_that_we_do_not_have_is_by_nobody() -> None:
    unread = replace(OUTERMOST, attributions=(replace(OUTERMOST.attributions[0], cue=()),))
    (compared,) = speakers.of_given(LABELS[:1], predict.resolved([unread], Answers()))
    assert compared.ours == Answer("none")


def test_end_to_end_statements_are_those_whose_contents_share_half_their_words() -> None:
    reader = Answers(article(NESTED), speakers={"“The ferry": MARA, "it had": OFFICE, "that": MARA})
    whole = speakers.end_to_end(LABELS, [OUTERMOST], [reader.read_text(OUTERMOST.text or "", id="ferry")])
    # the nested one is not looked at
    assert (whole.wanted, whole.given, len(whole.compared)) == (3, 3, 3)
    assert whole.statements.f1 == 100


def test_end_to_end_what_is_missed_and_what_is_too_much_counts() -> None:
    found = replace(article(OUTERMOST), attributions=article(OUTERMOST).attributions[:2])
    reader = Answers(found, speakers={"“The ferry": MARA})
    whole = speakers.end_to_end(LABELS[:1], [OUTERMOST], [reader.read_text(OUTERMOST.text or "", id="ferry")])
    assert (whole.statements.precision, whole.statements.recall) == (50, 100)
    unread = speakers.end_to_end(LABELS, [OUTERMOST], [])
    assert (unread.wanted, unread.given, unread.statements.f1) == (3, 0, 0)


def test_what_is_wrong_is_listed_with_both_answers() -> None:
    lines = speakers.wrong(given({"“The ferry": replace(MARA, name="Jon Vale", role=""), "it had": OFFICE}))
    assert lines == ["ferry 0: name 'Mara Lindqvist', ours 'Jon Vale'; role 'the harbour master', ours ''"]


def test_a_kind_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    row = {"doc": "ferry", "ar": 0, "kind": "robot", "name": "", "role": "", "org": "", "via": ""}
    path.write_text(json.dumps(row))
    with pytest.raises(BadRecord, match="robot"):
        speakers.labels(path)


# The scorer that others use, beside the data; its rules are ours.
SHARED = Path(os.environ.get("QUOTIDIAN_DATA") or "absent").parent / "tools" / "score_speakers.py"
NAMES = ["", "Mara Lindqvist", "mara lindqvist", "Lindqvist", "The Harbour Office", "harbour office"]
WORDS = ["", "minister", "the minister", "Courier", "the Ostmere Courier"]


def random_answer(chance: random.Random) -> Answer:
    kind = chance.choice(get_args(SpeakerKind))
    return Answer(kind, chance.choice(NAMES), *(chance.choice(WORDS) for _ in speakers.PARTS))


def random_document(chance: random.Random, name: str) -> Document:
    text = " ".join(chance.choice(["ab", "c", "“", "it’s", ",", "xyz"]) for _ in range(40))

    def spans() -> tuple[Span, ...]:
        starts = sorted(chance.sample(range(len(text) - 12), chance.randint(1, 2)))
        return tuple(Span(start, start + chance.randint(1, 12)) for start in starts)

    marked = tuple(Marked(spans(), spans(), spans(), depth=chance.choice([0, 0, 0, 1])) for _ in range(12))
    return Document(name, text, marked)


def moved(one: Document, chance: random.Random) -> Document:
    """The document with some attributions gone, and some contents a little longer."""
    attributions = tuple(
        replace(marked, content=tuple(Span(a, b + chance.choice([0, 0, 2, 9])) for a, b in marked.content))
        for marked in one.attributions
        if chance.random() < 0.8
    )
    return replace(one, attributions=attributions)


def as_json(read: Article) -> str:
    """The keys of a JSON line that the shared scorer reads."""

    def found(one: Found | None) -> dict[str, str] | None:
        return {"text": one.passage.text} if one else None

    def row(one: Statement) -> dict[str, Any]:
        speaker = one.speaker
        return {
            "content": {"spans": one.attribution.content.spans},
            "depth": one.attribution.depth,
            "speaker": {
                "kind": speaker.kind,
                "name": speaker.name,
                "role": found(speaker.role),
                "organisation": found(speaker.organisation),
            },
            "via": found(one.via),
        }

    return json.dumps({"id": read.id, "attributions": [row(one) for one in read.statements]})


def summary(whole: EndToEnd) -> str:
    """The figures as the shared scorer prints them."""
    one = speakers.counts(whole.compared)
    parts = ", ".join(f"{part} F1 {one.parts[part].f1:.1f}" for part in speakers.PARTS)
    return (
        f"matched contents {len(whole.compared)} of {whole.wanted}; "
        f"of those kind right {one.kind.percent:.1f}%, "
        f"names given right {one.names_given.percent:.1f}% of {one.names_given.of}; {parts}\n"
        f"speakers end to end F1 {whole.statements.f1:.1f}\n"
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared scorer of speakers is not here")
@pytest.mark.parametrize("seed", range(3))
def test_the_scorer_that_others_use_gives_the_same_figures(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    gold = [random_document(chance, f"d{number}") for number in range(8)]
    found = []
    for one in gold:
        read = article(moved(one, chance))
        told = tuple(statement(each, random_answer(chance)) for each in read.attributions)
        found.append(replace(read, statements=told))
    wanted = [
        Label(one.doc, number, random_answer(chance))
        for one in gold
        for number in chance.sample(range(12), 9)
    ]
    rows = [
        {"doc": label.doc, "ar": label.ar, "org": label.answer.organisation, **asdict(label.answer)}
        for label in wanted
    ]
    paths = [tmp_path / name for name in ("gold.jsonl", "labels.jsonl", "found.jsonl")]
    for path, lines in zip(
        paths, (map(polnear_line, gold), map(json.dumps, rows), map(as_json, found)), strict=True
    ):
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    told = subprocess.run([sys.executable, SHARED, *paths], capture_output=True, text=True, check=True)
    ours = speakers.end_to_end(wanted, gold, found)
    assert 0 < ours.statements.f1 < 100 and re.search(r"role F1 [1-9]", told.stdout)
    assert told.stdout == summary(ours)
