"""Whether the words around a date look back or ahead: "told them Tuesday", "will meet Tuesday"."""

from __future__ import annotations

import re
from typing import Literal

from quotidian.types import Span

Direction = Literal["past", "future"]

# How far from the date its verb may stand, in characters.
_BEFORE, _AFTER = 160, 80

# Read from left to right, so "to be completed" looks ahead as a whole and its participle is not read alone.
_WILL = (
    r"(?:to|will|would|shall|may|can|could|should|must)\s+(?:\w+\s+)?be\s+\w+"
    r"|will|won['’]t|['’]ll|shall|would|may|can|could|should|must|going\s+to|(?:is|are|was|were)\s+to"
    r"|(?:is|are|was|were)\s+(?:due|set|scheduled|slated|expected|supposed|planned|likely)"
    r"|expects?|plans?\s+to|hopes?\s+to|intends?|wants?\s+to|expires?|begins|starts|opens"
)
# Before a date these lead to it; after one they are what was done then: "on Tuesday she agreed to go".
_LEADING = (
    r"due|scheduled|slated|expected|expecting|supposed|planned|likely|set\s+(?:to|for)|effective|payable"
    r"|matur(?:es|ing)|postponed|as\s+(?:soon|early)\s+as"
    r"|(?:planning|intend|hoped|agreed|agreement|wanted|vowed|promised|prepared?|prepares|preparing|invited|inviting"
    r"|deal|right|offer|proposal|plan)\s+(?:to|for)"
)
_BACK = (
    r"was|were|had|did|said|told|went|came|made|took|gave|got|saw|knew|thought|became|began|brought|built|bought|broke"
    r"|chose|drew|drove|fell|felt|found|flew|fought|grew|heard|held|kept|led|left|lost|met|paid|ran|rose|sat|sent|shot"
    r"|sold|spent|spoke|stood|struck|taught|threw|understood|won|wore|wrote|been|gone|done|given|seen|taken|known"
    r"|shown|swore|withdrew|sank|sang|sought|set|since|(?!un)[a-z]{2,14}[^\We]ed"
)
_TENSE_BEFORE = re.compile(rf"\b(?:(?P<ahead>{_WILL}|{_LEADING})|{_BACK})\b")
_TENSE_AFTER = re.compile(rf"\b(?:(?P<ahead>{_WILL})|{_BACK})\b")


def direction(text: str, sentence: Span, start: int, end: int) -> Direction | None:
    """Where the verb nearest before ``start`` in the sentence points, else the first after ``end``."""
    before = list(_TENSE_BEFORE.finditer(text, max(sentence.start, start - _BEFORE), start))
    found = before[-1] if before else _TENSE_AFTER.search(text, end, min(sentence.end, end + _AFTER))
    if found is None:
        return None
    return "future" if found["ahead"] else "past"
