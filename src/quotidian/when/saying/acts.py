"""What the words of a cue tell of: one act of saying, a state, or something done often or at another time."""

from __future__ import annotations

import re

# The simple past, a participle along with one, or the colon of a transcript.
_ACT = re.compile(
    r"\b(?:said|told|wrote|spoke|swore|read|put|made|gave|took|laid|drew|sent|shot|went|found|sought|brought|began|came|fought|stood|struck|shook|threw|hit|held|\w+ed|\w+ing)\b"
    r"|^\W*$|\baccording to\b",
    re.IGNORECASE,
)
_OTHER_TIME = (
    r"often|once|repeatedly|previously|earlier|later|always|never|long|frequently|recently|reportedly|routinely"
    r"|regularly|typically|usually|sometimes|initially|since"
)
_NO_ACT = re.compile(
    rf"\b(?:has|have|had|having|is|are|was|were|be|been|being|will|would|can|could|may|might|should|must|does|do"
    r"|believed|wanted|hoped|feared|felt|considered|favou?red|seemed|appeared|supported|opposed|backed|thought"
    r"|knew|planned|believing|wanting|hoping|seeking|supporting|opposing|backing|looking|trying|aimed|based"
    rf"|{_OTHER_TIME})\b",
    re.IGNORECASE,
)
# An act in spite of its "was".
_ASKED = re.compile(r"\b(?:was|were|when)\s+(?:\w+\s+)?(?:asked|quoted|pressed)\b", re.IGNORECASE)
_STATE = re.compile(
    r"\b(?:is|are|am|has|have|there|supports?|opposes?|wants?|believes?|thinks?|hopes?|plans?|seeks?|expects?"
    r"|fears?|likes?|loves?|hates?|needs?|knows?|feels?|agrees?|sees?|will|would|could|should|may|might|must"
    r"|appears?|seems?)\b|['’]s\b",
    re.IGNORECASE,
)
# "is likely to attack her by mentioning": a participle goes along with its verb.
_ALONG = re.compile(r"(?:\w+ing|to)\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|would|likely to|could|may|might|should|plans to|wants to)\b")


def is_one_act(cue: str) -> bool:
    """Whether the words of a cue tell of one act of saying in the past.

    >>> is_one_act("said"), is_one_act("has said"), is_one_act("believes"), is_one_act("adding that")
    (True, False, False, True)
    """
    return _ASKED.search(cue) is not None or (_ACT.search(cue) is not None and _NO_ACT.search(cue) is None)


def is_state(cue: str) -> bool:
    """Whether the words of a cue tell how somebody stands, or what is ahead, and of no act.

    >>> is_state("believes"), is_state("is wary of"), is_state("says")
    (True, True, False)
    """
    return _STATE.search(cue) is not None and not is_one_act(cue)


def is_of_another_time(before: str, cue: str) -> bool:
    """Whether the words of the sentence before a cue say that it was done often, before, or not yet.

    >>> is_of_another_time("Lindqvist repeatedly ", "told"), is_of_another_time("She will win by ", "saying")
    (True, True)
    """
    if _NO_ACT.search(before[-14:]):
        return True
    return _ALONG.match(cue) is not None and _AHEAD.search(before) is not None
