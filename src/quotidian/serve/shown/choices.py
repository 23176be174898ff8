"""What the answers of a statement can be, to choose from in forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from quotidian.serve.shown.words import KINDS
from quotidian.types import ActClass

CHOICES: Mapping[str, Mapping[str, str]] = {
    "act": {act: act for act in sorted(get_args(ActClass))},
    "stance": {"neutral": "neutral", "vouches": "vouched for", "distances": "distanced"},
    "speaker_kind": {str(kind): shown for kind, shown in KINDS.items()},
}
