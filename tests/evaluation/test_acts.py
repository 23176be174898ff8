from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from evaluation import acts
from evaluation.acts import Compared, Label
from quotidian.errors import BadRecord
from quotidian.types import Act, ActClass, Stance


def compared(
    wanted: str, given: str, negated: bool = False, readers: tuple[str, str] | None = None
) -> Compared:
    label = Label("ferry", 0, wanted, False, "neutral", readers, readers)
    return Compared(label, Act(cast("ActClass", given), 0.9, negated), Stance("neutral", 0.9))


FOUR = [
    compared("state", "state"),
    compared("state", "deny"),
    compared("deny", "deny"),
    compared("praise", "state", negated=True),
]


def test_shares_count_what_is_right() -> None:
    shares = acts.shares(FOUR)
    assert {name: (one.right, one.of) for name, one in shares.items()} == {
        "act": (2, 4),
        "negated": (3, 4),
        "stance": (4, 4),
    }


def test_readers_are_compared_where_there_were_two() -> None:
    two = [compared("state", "state", readers=("state", "deny")), compared("state", "state")]
    agree = acts.shares(two)["readers agree on the act"]
    assert (agree.right, agree.of) == (0, 1)


def test_macro_f1_counts_each_act_of_the_labels_alike() -> None:
    # state: precision and recall 1/2; deny: 1/2 and 1; praise: nothing right
    assert acts.macro_f1(FOUR) == pytest.approx((50 + 200 / 3 + 0) / 3)
    assert acts.macro_f1([]) == 0


def test_what_is_wrong_is_listed() -> None:
    assert acts.wrong(FOUR)[0].startswith("ferry 0: state, neutral; ours deny, neutral")
    assert len(acts.wrong(FOUR)) == 2


def test_every_label_that_is_published_can_be_read() -> None:
    assert len(acts.labels()) == 300
    train = acts.labels(acts.TRAIN)
    assert (len(train), sum(one.held_out for one in train)) == (1132, 130)


def test_no_article_of_dev_is_among_the_labels_of_train() -> None:
    assert {one.doc for one in acts.labels()}.isdisjoint(one.doc for one in acts.labels(acts.TRAIN))


def test_a_row_without_an_act_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acts.jsonl"
    path.write_text(json.dumps({"doc": "ferry", "ar": 0}), encoding="utf-8")
    with pytest.raises(BadRecord, match="line 1"):
        acts.labels(path)
