"""Why a source is not named, where the text says so: "who spoke on condition of anonymity because …"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from quotidian.resolve.layout import Layout
from quotidian.types import Attribution, Passage

# What was asked for or not allowed.
_UNNAMED = re.compile(
    r"""\b(?:
        (?:spoke|spoken|speaking|speak|talked|talking|commented|agreed\ to\ \w+|discussed|described)
            (?:\ (?!who\b)[\w’']+){0,6}?\ (?:on|under)\ (?:the\ )?(?:strict\ )?condition\ of\ anonymity
      | (?:on|under)\ (?:the\ )?(?:strict\ )?condition
            \ (?:of\ anonymity|that\ (?:his|her|their|the)\ names?|(?:that\ )?(?:he|she|they)\ not\ be\ named)
      | (?:spoke|speaking|talked|talking)\ (?:\w+\ ){0,3}?anonymously
      | (?:ask(?:ed|s|ing)|request(?:ed|ing)|wish(?:ed|ing)|want(?:ed|ing)|preferr(?:ed|ing)|insisted|chose)
            \ (?:not\ to\ be|to\ not\ be|to\ remain|to\ stay|to\ be\ kept|that\ (?:he|she|they)\ not\ be)
            \ (?:named|identified|quoted|anonymous|unnamed|unidentified)
      | (?:ask(?:ed|s|ing)|request(?:ed|ing)|insist(?:ed|ing)|demanded|granted|given|sought)
            \ (?:for\ |on\ )?anonymity
      | (?:declin(?:ed|ing)|refus(?:ed|ing)|did(?:\ not|n[’']t)\ want|would(?:\ not|n[’']t)|could\ not)
            \ (?:to\ )?(?:be\ (?:named|identified|quoted)|give\ (?:his|her|their)\ (?:full\ )?names?)
      | (?:(?:was|were|is|are|am)\ not|(?:was|were|is|are)n[’']t|not)\ authori[sz]ed
            \ to\ (?:speak|discuss|comment|talk|be\ quoted|disclose|brief|release|share|give)
    )\b""",
    re.VERBOSE,
)
# The reason that may follow: up to the next mark or the cue.
_REASON = re.compile(
    r"(?: by name)?"
    r"(?: +(?:about|as|because|before|citing|due|during|for|given|in|of|on|out|publicly|since|so|to|with)\b"
    r"(?:(?! (?:said|says|told|added)\b)[^.;:,“”\"(){}\n—–]){0,240})?"
)
_SUBJECT = re.compile(r"(?:they|he|she|the|both|all)\b", re.IGNORECASE)

# So many code points around a source and its cue are read, in its own sentence and the next.
_WINDOW = 600


def why_unnamed(layout: Layout, attribution: Attribution) -> Passage | None:
    """Where the text says why the source of an attribution is not named; None where it does not.

    It is looked for in the sentence of source and cue, outside of what is said, and in the next one
    of the paragraph where that goes on about the source: "The official was not authorised to speak."
    """
    source = attribution.source
    if source is None or not len(layout):
        return None
    first, last = min(source.start, attribution.cue.start), max(source.end, attribution.cue.end)
    start, end = _sentences(layout, first, last)
    return _stated(layout, attribution, start, end) or _stated_next(layout, attribution, end)


def _sentences(layout: Layout, first: int, last: int) -> tuple[int, int]:
    """From the start of the sentence at one offset to the end of the sentence at another."""
    final = len(layout) - 1
    opening = layout.sentence[min(layout.word_at(first), final)]
    closing = layout.sentence[min(layout.word_at(max(first, last - 1)), final)]
    begin = layout.start[bisect_left(layout.sentence, opening)]
    end = layout.end[bisect_right(layout.sentence, closing) - 1]
    return max(begin, first - _WINDOW), min(end, last + _WINDOW)


def _stated_next(layout: Layout, attribution: Attribution, end: int) -> Passage | None:
    word = layout.word_at(end)
    if not 0 < word < len(layout) or layout.paragraph[word] != layout.paragraph[word - 1]:
        return None
    begin = layout.start[word]
    if not _SUBJECT.match(layout.text, begin):
        return None
    return _stated(layout, attribution, *_sentences(layout, begin, begin + 1))


def _stated(layout: Layout, attribution: Attribution, start: int, end: int) -> Passage | None:
    """The first such passage between two offsets, with its reason."""
    for unnamed in _UNNAMED.finditer(layout.text, start, end):
        if not any(a <= unnamed.start() < b for a, b in attribution.content.spans):
            reason = _REASON.match(layout.text, unnamed.end(), end)
            stop = reason.end() if reason else unnamed.end()
            stop -= len(layout.text[unnamed.end() : stop]) - len(layout.text[unnamed.end() : stop].rstrip())
            return Passage.of(layout.text, [(unnamed.start(), stop)])
    return None
