"""The figures that no change may let fall. evaluation/floors.json has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import data, floors, measured
from quotidian.pipeline import Reader

KEPT = floors.load()


@pytest.fixture(scope="module")
def corpora() -> Path:
    """The folder of corpora; what needs it is skipped where there is none, and says so."""
    folder = data.folder()
    if folder is None:
        pytest.skip(data.why_absent())
    return folder


@pytest.fixture(scope="module")
def dev(corpora: Path, reader: Reader) -> measured.Dev:
    """The dev split, read once for all that is measured on it."""
    return measured.read_dev(corpora, reader)


def test_the_golden_corpus_is_read_as_well_as_before(reader: Reader) -> None:
    assert floors.fallen(KEPT["golden"], measured.of_golden(reader)) == []


def test_polnears_dev_split_is_read_as_well_as_before(dev: measured.Dev) -> None:
    assert floors.fallen(KEPT["dev"], measured.of_attributions(dev)) == []


def test_statements_are_made_as_well_as_before(dev: measured.Dev, corpora: Path, reader: Reader) -> None:
    assert floors.fallen(KEPT["statements"], measured.of_statements(dev, corpora, reader)) == []


def test_utterances_are_joined_as_well_as_before(corpora: Path, reader: Reader) -> None:
    assert floors.fallen(KEPT["traces"], measured.of_traces(corpora, reader)) == []


def test_article_bodies_are_extracted_as_well_as_before(corpora: Path) -> None:
    assert floors.fallen(KEPT["pages"], measured.of_pages(corpora)) == []
