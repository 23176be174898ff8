"""What people corrected, as training and evaluation read it."""

import json
from dataclasses import replace

from evaluation.corpus import document
from export.invented import BASE, Shelf, stored
from export.written import exported, lines
from quotidian.store.values import Review
from quotidian.types import Passage
from write.invented import STRIKE


def roles(found) -> dict:
    return {
        role: {"text": passage.text, "spans": [list(span) for span in passage.spans]} if passage else None
        for role in ("source", "cue", "content")
        for passage in [getattr(found, role)]
    }


def of(hit, version: int = 1) -> dict:
    """What the archive keeps of a statement with its review: how it stood then."""
    told = {"name": hit.speaker.name if hit.speaker else None, "kind": hit.kind}
    return {
        "of": {
            "version": version,
            "statement": {
                "id": hit.key,
                **roles(hit),
                "depth": hit.depth,
                "parent": None,
                "speaker": told,
                "about": [],
                "said": {"edtf": hit.said},
                "act": {"value": hit.act, "negated": hit.negated},
                "stance": {"value": hit.stance},
            },
        }
    }


def review(id: int, kind: str, hit=None, **rest) -> Review:
    given = {"statement": hit.id, "payload": of(hit)} if hit else {}
    return Review(id=id, kind=kind, by="ines", article=7, **{**given, **rest})


def rows(article, *reviews: Review, hidden=()) -> list[dict]:
    class Some(Shelf):
        def statement(self, id):
            return super().statement(-1 if id in hidden else id)

        def every(self, query=""):
            yield from stored().hits  # a rejected one is there by its number

    return lines(exported("reviews", "jsonl", Some(article, reviews=reviews), whole_text=True))


def after(**changed):
    """The article with some of its statements changed, by number."""
    one = stored()
    return replace(one, hits=tuple(replace(hit, **changed.get(f"s{hit.id}", {})) for hit in one.hits))


FIRST, SECOND, THIRD = stored().hits[:3]
SHORTER = Passage.of(STRIKE, [(0, 28)])


def test_a_correction_has_what_it_was_and_what_it_is():
    article = after(s700={"content": SHORTER, "state": "corrected"})
    (row,) = rows(article, review(1, "correct", FIRST))
    (one,) = row["attributions"]
    assert one["content"] == [[0, 28]] and one["before"]["content"] == [[0, 35]]
    assert one["review"] == "corrected" and one["before"]["speaker"] == "Mara Lindqvist"


def test_before_is_what_the_machine_said_however_often_it_was_corrected():
    article = after(s700={"content": SHORTER, "state": "corrected"})
    between = replace(FIRST, content=Passage.of(STRIKE, [(0, 20)]))
    (row,) = rows(article, review(2, "correct", between), review(1, "correct", FIRST))
    assert row["attributions"][0]["before"]["content"] == [[0, 35]]


def test_a_rejected_statement_is_a_negative():
    article = after()
    article = replace(article, hits=article.hits[1:])
    (row,) = rows(article, review(1, "reject", FIRST))
    assert [one["content"] for one in row["rejected"]] == [[[0, 35]]] and row["attributions"] == []


def test_what_was_taken_back_does_not_count():
    assert rows(after(), review(1, "reject", FIRST), review(2, "undo", undoes=1)) == []
    taken_back_twice = (review(1, "reject", FIRST), review(2, "undo", undoes=1), review(3, "undo", undoes=2))
    (row,) = rows(after(), *taken_back_twice)
    assert len(row["rejected"]) == 1


def test_what_was_added_has_no_before():
    article = after(s700={"state": "added"})
    (row,) = rows(article, review(1, "add", FIRST))
    assert row["attributions"][0]["before"] is None


def test_what_nobody_reviewed_is_apart_and_says_that_the_row_is_not_complete():
    (row,) = rows(after(s700={"state": "accepted"}), review(1, "accept", FIRST))
    assert not row["complete"] and len(row["unreviewed"]) == len(stored().hits) - 1
    every = {f"s{hit.id}": {"state": "accepted"} for hit in stored().hits}
    (row,) = rows(after(**every), *(review(at, "accept", hit) for at, hit in enumerate(stored().hits, 1)))
    assert row["complete"] and not row["unreviewed"]


def test_what_was_said_of_another_text_is_not_laid_on_this_one():
    article = after(s700={"state": "accepted"})
    (row,) = rows(article, review(1, "accept", FIRST, payload=of(FIRST, version=9)))
    assert row["attributions"][0]["before"] is None
    assert rows(after(), review(1, "reject", FIRST, payload=of(FIRST, version=9))) == []


def test_a_rejected_statement_that_may_not_be_shown_is_left_out():
    article = after(s701={"state": "accepted"})
    (row,) = rows(article, review(1, "accept", SECOND), review(2, "reject", FIRST), hidden=(700,))
    assert row["rejected"] == []


def test_nobody_who_reviewed_is_named():
    article = after(s700={"state": "accepted"})
    assert "ines" not in json.dumps(
        [row["attributions"] for row in rows(article, review(1, "accept", FIRST))]
    )


def test_the_readers_of_training_and_evaluation_take_a_row_as_it_is():
    article = after(s700={"content": SHORTER, "state": "corrected"}, s702={"state": "accepted"})
    (row,) = rows(article, review(1, "correct", FIRST), review(2, "accept", THIRD))
    gold = document(row)
    assert gold.doc == "b-7" and gold.text == STRIKE
    assert [[*map(tuple, found.content)] for found in gold.attributions] == [
        [(0, 28)],
        [tuple(THIRD.content.spans[0])],
    ]


def test_an_article_that_nobody_reviewed_gives_no_row():
    assert rows(stored()) == []
    assert rows(stored(), review(1, "merge", entity=11)) == []


def test_a_row_leads_to_its_article():
    (row,) = rows(after(s700={"state": "accepted"}), review(1, "accept", FIRST))
    assert row["address"] == f"{BASE}/articles/7" and row["schema"] == "quotidian-reviews/1"
