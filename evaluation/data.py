"""Where the corpora lie that are not ours to give: the folder named by ``QUOTIDIAN_DATA``."""

from __future__ import annotations

import os
from pathlib import Path

from quotidian.errors import NotFound

VARIABLE = "QUOTIDIAN_DATA"
_ADVICE = "docs/how-to/evaluate.md says where the data are"


def absent(folder: str | None) -> str | None:
    """Why the data cannot be used, in one line; None where they can.

    >>> absent(None)
    'QUOTIDIAN_DATA is not set; docs/how-to/evaluate.md says where the data are'
    """
    if not folder:
        return f"{VARIABLE} is not set; {_ADVICE}"
    if not Path(folder).is_dir():
        return f"{VARIABLE} names {folder}, which is not a folder; {_ADVICE}"
    return None


def folder() -> Path | None:
    """The folder of corpora, or None where there is none."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named and absent(named) is None else None


def needed() -> Path:
    """The folder of corpora.

    Raises:
        NotFound: there is none; the message says why.
    """
    found = folder()
    if found is None:
        raise NotFound(why_absent())
    return found


def why_absent() -> str:
    """Why :func:`folder` is None, in one line; empty where it is not."""
    return absent(os.environ.get(VARIABLE)) or ""


def dev(data: Path) -> Path:
    """PolNeAR's dev split."""
    return data / "polnear" / "dev.jsonl.gz"


def train(data: Path) -> Path:
    """PolNeAR's train split."""
    return data / "polnear" / "train.jsonl.gz"


def speakers(data: Path) -> Path:
    """Who the source of each attribution of twelve articles of the dev split is."""
    return data / "speakers" / "dev.jsonl"


def gum(data: Path) -> Path:
    """The folder of GUM."""
    return data / "gum"


def basil(data: Path) -> Path:
    """The folder of BASIL: one event in three outlets, and pairs of passages."""
    return data / "basil"


def timex(data: Path) -> Path:
    """TimeBank and AQUAINT, their date expressions marked."""
    return data / "timex" / "tbaq.jsonl.gz"
