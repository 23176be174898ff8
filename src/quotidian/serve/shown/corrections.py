"""A form that corrects a statement, as what a review keeps: only what is other than it was.

Words of the text can be given in two ways: by their places (``12-40, 55-60``), which a script fills in from
what is selected, or as the exact words, a line each, which are then looked for in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from quotidian.serve.shown.words import TYPES
from quotidian.store.values import Hit, StoredArticle
from quotidian.types import ActClass, Passage, SpeakerKind, StanceClass, Statement

Form = Callable[[str], str]
Fields = Mapping[str, Any]

_PLACES = re.compile(r"\d+\s*[-–:]\s*\d+(?:[\s,;]+\d+\s*[-–:]\s*\d+)*")
_PLACE = re.compile(r"(\d+)\s*[-–:]\s*(\d+)")
_NAMES = {
    "source": "source",
    "cue": "cue",
    "content": "content",
    "role": "role",
    "organisation": "organisation",
    "via": "channel",
}
_KIND_OF: dict[str, SpeakerKind] = {
    "person": "person",
    "organisation": "organisation",
    "place": "organisation",
    "group": "people",
    "document": "document",
}


class Unfit(ValueError):
    """What was filled in does not fit; the message says what to change."""


def correction(form: Form, hit: Hit, stored: StoredArticle) -> dict[str, Any]:
    """The payload of a review that corrects ``hit``.

    Raises:
        Unfit: something does not fit the text, or nothing is other than it was.
    """
    text = stored.article.text
    payload: dict[str, Any] = {}
    for role, required in (("source", False), ("cue", True), ("content", True)):
        given = passage(form, role, text, getattr(hit, role), hit.context.start, required=required)
        if given != spans(getattr(hit, role)):
            payload[role] = given
    payload |= _answers(form, hit, stored)
    if not payload:
        raise Unfit("Nothing is other than it was: change what is wrong, or accept the statement as it is.")
    return payload


def addition(form: Form, stored: StoredArticle) -> dict[str, Any]:
    """The payload of a review that adds a statement.

    Raises:
        Unfit: something does not fit the text, or is missing.
    """
    text = stored.article.text
    payload: dict[str, Any] = {"version": stored.head.version}
    for role, required in (("source", False), ("cue", True), ("content", True)):
        payload[role] = passage(form, role, text, None, 0, required=required)
    return payload | _answers(form, None, stored)


def spans(passage: Passage | None) -> list[list[int]] | None:
    """The places of a passage as reviews keep them."""
    return [list(span) for span in passage.spans] if passage else None


def places(passage: Passage | None) -> str:
    """The places of a passage as people type them."""
    return ", ".join(f"{start}-{end}" for start, end in passage.spans) if passage else ""


def lines(passage: Passage | None, text: str) -> str:
    """The words of a passage, a line for each piece."""
    return "\n".join(" ".join(text[a:b].split()) for a, b in passage.spans) if passage else ""


def passage(
    form: Form, role: str, text: str, was: Passage | None, near: int, *, required: bool
) -> list[list[int]] | None:
    """The places that a form gives for a role.

    Raises:
        Unfit: they are not in the text, or there are none where there must be.
    """
    typed, pasted = form(f"{role}_places").strip(), form(f"{role}_words").strip()
    if typed and typed != places(was):
        return _from_places(typed, role, text)
    if pasted and _flat(pasted) != _flat(lines(was, text)):
        return _from_words(pasted, role, text, was.start if was else near)
    if typed or pasted:
        # One of the two was emptied and the other left as it was: nobody means both.
        return spans(was)
    if required:
        raise Unfit(f"The {role} is missing: select its words in the text, or type them as they stand there.")
    return None


def _from_places(typed: str, role: str, text: str) -> list[list[int]]:
    if not _PLACES.fullmatch(typed):
        raise Unfit(f"The places of the {_NAMES[role]} are written like 12-40, or 12-40, 55-60.")
    found = sorted([int(start[:12]), int(end[:12])] for start, end in _PLACE.findall(typed))
    last = 0
    for start, end in found:
        if not last <= start < end <= len(text):
            raise Unfit(
                f"The places of the {_NAMES[role]} do not fit the text, which has {len(text):,} characters: "
                "each piece must begin before it ends, and pieces must not overlap."
            )
        last = end
    return found


def _from_words(pasted: str, role: str, text: str, near: int) -> list[list[int]]:
    """The pieces in the text, each where it stands nearest to ``near`` (the first) or next."""
    found: list[list[int]] = []
    for line in pasted.splitlines():
        if not line.split():
            continue
        pattern = re.compile(r"\s+".join(map(re.escape, line.split())))
        hits = [match.span() for match in pattern.finditer(text)]
        if found:
            hits = [span for span in hits if span[0] >= found[-1][1]]
            place = found[-1][1]
        else:
            place = near
        if not hits:
            raise Unfit(
                f"The words “{line.strip()}” given for the {_NAMES[role]} are not in the text: "
                "copy them as they stand there."
            )
        start, end = min(hits, key=lambda span: abs(span[0] - place))
        found.append([start, end])
    return found


def _flat(words: str) -> str:
    return " ".join(words.split())


def _answers(form: Form, hit: Hit | None, stored: StoredArticle) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    if (speaker := _speaker(form, stored)) is not None:
        answers["speaker"] = speaker
    if (about := _about(form, hit, stored)) is not None:
        answers["about"] = about
    for name, values in (("act", get_args(ActClass)), ("stance", get_args(StanceClass))):
        given = form(name).strip()
        if given and given not in values:
            raise Unfit(f"“{given}” is no {name} that Quotidian knows.")
        if given and (hit is None or given != getattr(hit, name)):
            answers[name] = given
    if form("answers"):  # the fields below were on the form: an empty one is an answer
        if (negated := form("negated") == "1") != (hit.negated if hit else False):
            answers["negated"] = negated
        if (said := form("said").strip()) != ((hit.said if hit else None) or ""):
            answers["said"] = said or None
        text = stored.article.text
        for name, was in found(statement_of(hit, stored)).items():
            near = was.start if was else hit.context.start if hit else 0
            given_spans = passage(form, name, text, was, near, required=False)
            if given_spans != spans(was):
                answers[name] = given_spans
    return answers


def statement_of(hit: Hit | None, stored: StoredArticle) -> Statement | None:
    """What the article's reading says of a statement."""
    key = hit.key if hit else None
    return next((made for made in stored.article.statements if made.attribution.id == key), None)


def found(statement: Statement | None) -> dict[str, Passage | None]:
    """The words of the text that give role, organisation and channel."""
    if statement is None:
        return {"role": None, "organisation": None, "via": None}
    speaker = statement.speaker
    answers = {"role": speaker.role, "organisation": speaker.organisation, "via": statement.via}
    return {name: answer.passage if answer else None for name, answer in answers.items()}


def _speaker(form: Form, stored: StoredArticle) -> dict[str, Any] | None:
    """None where it is left as it is."""
    name, kind, chosen = form("speaker_name").strip(), form("speaker_kind").strip(), form("speaker").strip()
    if kind and kind not in get_args(SpeakerKind):
        raise Unfit(f"“{kind}” is no kind of source that Quotidian knows.")
    if name:
        return {"name": name, "kind": kind or "person", "entity": None}
    if chosen == "unclear":
        return {"name": None, "kind": kind or "none", "entity": None}
    if not chosen:
        return None
    entity = next((one for one in choices(stored) if one["key"] == chosen), None)
    if entity is None:
        raise Unfit("The speaker chosen is nobody of this article: choose again, or type the name.")
    return {"name": entity["name"], "kind": kind or _KIND_OF[entity["type"]], "entity": entity["entity"]}


def _about(form: Form, hit: Hit | None, stored: StoredArticle) -> list[dict[str, Any]] | None:
    """None where it is left as it is. A name that the article knows is that one; any other is nobody's."""
    if not form("answers"):
        return None
    names = [" ".join(line.split()) for line in form("about").splitlines() if line.strip()]
    was = [one.name for one in hit.about] if hit else []
    if names == [" ".join(name.split()) for name in was]:
        return None
    known = {one["name"].casefold(): one["entity"] for one in choices(stored)}
    if hit:
        known |= {one.name.casefold(): one.entity for one in hit.about}
    return [{"name": name, "entity": known.get(name.casefold())} for name in names]


def choices(stored: StoredArticle) -> list[dict[str, Any]]:
    """Those whom the article knows, to choose a speaker from."""
    return [
        {
            "key": one.id,
            "name": one.name,
            "type": one.type,
            "word": TYPES[one.type],
            "entity": stored.entities.get(one.id),
        }
        for one in stored.article.entities
    ]
