"""Entities across articles: which appearances in different articles are of the same person or body.

Deciding only: values in, values out; no clock, no file but word lists, no database. A store keeps entities
under :func:`keys`, looks for them under :func:`sought`, asks :func:`judge`, and keeps what
:meth:`Known.with_` returns. A wrong join is worse than two entities: what is not plain is "unsure", and waits
for a person.
"""

from quotidian.entities.appearing import appearances, concerned
from quotidian.entities.clues import SAME, UNSURE, UNSURE_BODIES
from quotidian.entities.judging import compare, judge
from quotidian.entities.keys import keys, sought
from quotidian.entities.values import (
    Appearance,
    Held,
    Judgement,
    Known,
    Match,
    Pronoun,
    Reason,
    Verdict,
)

__all__ = [
    "SAME",
    "UNSURE",
    "UNSURE_BODIES",
    "Appearance",
    "Held",
    "Judgement",
    "Known",
    "Match",
    "Pronoun",
    "Reason",
    "Verdict",
    "appearances",
    "compare",
    "concerned",
    "judge",
    "keys",
    "sought",
]
