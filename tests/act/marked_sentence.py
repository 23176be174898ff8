"""Attributions of invented sentences, marked where they stand: ``[source] {cue} <content>``."""

from __future__ import annotations

import re

from quotidian.types import Attribution, Passage

_MARKED = {"source": r"\[([^\]]*)\]", "cue": r"\{([^}]*)\}", "content": r"<([^>]*)>"}
_MARK = re.compile(r"[\[\]{}<>]")


def marked(sentence: str) -> tuple[str, Attribution]:
    """A sentence without its marks, and the attribution that they mark."""

    def passage(role: str) -> Passage | None:
        spans = [
            (_place(sentence, one.start(1)), _place(sentence, one.end(1)))
            for one in re.finditer(_MARKED[role], sentence)
        ]
        return Passage.of(text, spans) if spans else None

    text = _MARK.sub("", sentence)
    cue, content = passage("cue"), passage("content")
    assert cue is not None
    assert content is not None
    return text, Attribution("1", passage("source"), cue, content, "indirect", 0, None, 1.0)


def _place(sentence: str, place: int) -> int:
    return place - len(_MARK.findall(sentence[:place]))
