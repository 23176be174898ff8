"""Cue and content → the kind of act, and whether the cue vouches for the content.

The acts are the illocutionary classes of Searle ("A classification of illocutionary acts", Language in
Society 5, 1976), as fine as reporting verbs tell them (Wierzbicka, *English Speech Act Verbs*, 1987);
the stance follows the factives of Kiparsky and Kiparsky ("Fact", 1970), the implicatives of
Karttunen ("Implicative verbs", Language 47, 1971) and the reporting verbs of Thompson and Ye
("Evaluation in the reporting verbs used in academic papers", Applied Linguistics 12, 1991).
"""

from __future__ import annotations

from collections.abc import Sequence

from quotidian.act import contents, cues
from quotidian.types import Act, ActClass, Attribution, Evidence, Stance, StanceClass

# How often each way of deciding was right, over 430 labels: those of dev and those held out of train.
_SURE_BY_CUE, _SURE_BY_CONTENT, _SURE_PLAIN, _SURE_UNKNOWN = 0.92, 0.62, 0.77, 0.67
_SURE_STANCE, _SURE_STANCE_UNKNOWN = 0.96, 0.9
_IN_WORDS: dict[StanceClass, str] = {
    "vouches": "presents the content as so",
    "distances": "keeps the content at arm’s length",
    "neutral": "neither vouches for the content nor keeps a distance",
}


def kinds(text: str, attributions: Sequence[Attribution]) -> tuple[tuple[Act, Stance], ...]:
    """The act and the stance of each attribution of a text, in their order."""
    return tuple(_kind(text, one) for one in attributions)


def _kind(text: str, attribution: Attribution) -> tuple[Act, Stance]:
    cue = cues.reading(text, attribution)
    return _act(text, attribution, cue), _stance(cue)


def _act(text: str, attribution: Attribution, cue: cues.Reading) -> Act:
    denied = () if cue.negating is None else (Evidence("the words that deny it", cue.negating),)
    named: ActClass = "state" if cue.entry is None else cue.entry.act
    if cue.entry is not None and cue.entry.how == "names":
        because = Evidence(f"“{cue.words.text}” names the act: {named}", cue.words)
        return Act(named, _SURE_BY_CUE, bool(denied), (because, *denied))
    shows = None if denied else _shown(text, attribution, cue)
    if shows is not None:
        plain = Evidence(f"“{cue.words.text}” leaves the act to the content", cue.words)
        return Act(shows[0], _SURE_BY_CONTENT, False, (plain, shows[1]))
    if cue.entry is None:
        why, sure = "names no act, and the content shows none", _SURE_UNKNOWN
    else:
        why, sure = "is plain, and the content shows no other act", _SURE_PLAIN
    return Act(named, sure, bool(denied), (Evidence(f"“{cue.words.text}” {why}", cue.words), *denied))


def _shown(text: str, attribution: Attribution, cue: cues.Reading) -> tuple[ActClass, Evidence] | None:
    """The act that the content shows under a cue that leaves it to the content, and by which words."""
    if question := contents.question(text, attribution):
        return "ask", Evidence("the content is a question", question)
    weighs = cue.entry is not None and cue.entry.how == "weighs"
    shown = contents.shown(text, attribution, contents.ENOUGH_FOR_A_NAME if weighs else contents.ENOUGH)
    if shown is None or (weighs and shown.act not in {"praise", "criticise", "accuse"}):
        return None
    return shown.act, Evidence(f"these words of the content show it: {shown.act}", shown.words)


def _stance(cue: cues.Reading) -> Stance:
    if cue.colouring is not None:
        return Stance("distances", _SURE_STANCE, (Evidence(_IN_WORDS["distances"], cue.colouring),))
    if cue.entry is None:
        return Stance("neutral", _SURE_STANCE_UNKNOWN, (Evidence(_IN_WORDS["neutral"], cue.words),))
    stance = cue.entry.stance
    return Stance(stance, _SURE_STANCE, (Evidence(_IN_WORDS[stance], cue.words),))
