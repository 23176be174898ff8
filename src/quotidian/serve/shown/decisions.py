"""What people decided, in words, for the log and for the line that says what was just done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.store.values import Review

_DONE = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "add": "added",
    "merge": "merged",
    "split": "split",
    "rename": "renamed",
    "suppress": "suppressed",
    "different": "kept apart",
    "identify": "identified",
    "same_utterance": "joined",
    "other_utterance": "kept apart",
    "undo": "took back",
}
_FIELDS = {
    "source": "the source",
    "cue": "the cue",
    "content": "the content",
    "speaker": "the speaker",
    "about": "whom it is about",
    "said": "the day",
    "act": "the act",
    "negated": "whether it was done",
    "stance": "the stance",
    "role": "the role",
    "organisation": "the organisation",
    "via": "the channel",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A review, what was done in words, what it was done to, and whether it can still be taken back."""

    review: Review
    did: str
    what: str
    address: str
    undone: bool

    @property
    def undoable(self) -> bool:
        """Whether it may be taken back: once, and not a taking back itself."""
        return not self.undone and self.review.kind != "undo"


def decisions(reviews: Sequence[Review]) -> tuple[Decision, ...]:
    """The reviews of a log; one of them is undone where another of them says so."""
    undone = {review.undoes for review in reviews if review.kind == "undo"}
    return tuple(Decision(review, _did(review), *_object(review), review.id in undone) for review in reviews)


def _did(review: Review) -> str:
    payload = review.payload
    if review.kind == "correct":
        changed = [words for name, words in _FIELDS.items() if name in payload]
        return f"corrected {', '.join(changed)} of" if changed else "corrected"
    return _DONE[review.kind]


def _object(review: Review) -> tuple[str, str]:
    """What it was done to, in words, and its address; none where it was taken back or is gone."""
    payload = review.payload
    match review.kind:
        case "merge":
            return f"entity {review.entity} into entity {payload.get('into')}", _entity(payload.get("into"))
        case "split":
            name = payload.get("name")
            return f"entity {review.entity}{f', making “{name}”' if name else ''}", _entity(review.entity)
        case "rename":
            return f"entity {review.entity} to “{payload.get('name')}”", _entity(review.entity)
        case "different":
            return f"entities {review.entity} and {payload.get('from')}", _entity(review.entity)
        case "identify":
            of = "as nobody" if payload.get("nobody") else f"as {payload.get('identifier')}"
            return f"entity {review.entity} {of} in {payload.get('service')}", _entity(review.entity)
        case "suppress":
            return f"entity {review.entity}", ""
        case "same_utterance" | "other_utterance":
            number = "one act" if review.kind == "same_utterance" else "two acts"
            both = f"statements {review.statement} and {payload.get('other')} as {number} of saying"
            return both, f"/statements/{review.statement}/trace" if review.statement else ""
        case "undo":
            return f"decision {review.undoes}", f"/log#d{review.undoes}"
    if review.statement is not None:
        return f"statement {review.statement}", f"/statements/{review.statement}"
    if review.article is not None:
        return f"a statement of article {review.article}", f"/articles/{review.article}"
    return "", ""


def _entity(id: object) -> str:
    return f"/entities/{id}" if isinstance(id, int) else ""
