"""What several commands have in common: the reader that they read with, and reports as files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from evaluation.predict import ReadsText, reader


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the reader."""
    help = "read the texts now, with the model that is installed or the one in this folder"
    parser.add_argument("--model", nargs="?", const=Path(), type=Path, help=help)
    parser.add_argument("--threads", type=int, help="how many threads the model may use")


def reader_of(arguments: argparse.Namespace) -> ReadsText:
    """The reader that the options choose."""
    named = arguments.model if arguments.model not in (None, Path()) else None
    return reader(named, arguments.threads)


def write_json(values: dict[str, Any], path: Path | None) -> None:
    """Write a report, if it is wanted."""
    if path:
        path.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
