from __future__ import annotations

import math
from pathlib import Path

import pytest
from invented_corpus import NESTED

from evaluation import floors
from evaluation.data import absent
from evaluation.report import report
from quotidian.errors import UsageError


def test_a_figure_may_stand_on_its_floor_and_not_a_hundredth_below() -> None:
    assert floors.fallen({"ar": 70.01}, {"ar": 70.01}) == []
    assert floors.fallen({"ar": 70.01}, {"ar": 70.0}) == ["ar is 70.0, its floor 70.01"]


def test_a_ceiling_is_not_to_be_passed() -> None:
    assert floors.fallen({"ece_max": 0.05}, {"ece_max": 0.05}) == []
    assert floors.fallen({"ece_max": 0.05}, {"ece_max": 0.0501}) == ["ece_max is 0.0501, its ceiling 0.05"]


def test_what_was_not_measured_or_is_no_number_has_fallen() -> None:
    assert len(floors.fallen({"ar": 0.0, "ece_max": 1.0}, {})) == 2
    assert len(floors.fallen({"ar": 0.0, "ece_max": 1.0}, {"ar": math.nan, "ece_max": math.nan})) == 2


def test_floors_are_only_ever_raised() -> None:
    measured = {"ar": 60.0, "token_cue": 80.0, "ece_max": 0.02}
    kept = {"ar": 70.0, "token_cue": 72.5, "ece_max": 0.05}
    assert floors.raised(kept, measured) == {"ar": 70.0, "token_cue": 80.0, "ece_max": 0.02}


def test_floors_come_back_as_saved(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    floors.save({"dev": {"ar": 70.25}}, path)
    assert floors.load(path) == {"dev": {"ar": 70.25}}


@pytest.mark.parametrize("value", ['"70"', "true", "NaN", "null"])
def test_a_floor_that_is_no_number_is_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"dev": {"ar": ' + value + "}}")
    with pytest.raises(UsageError, match=r"dev\.ar"):
        floors.load(path)


def test_every_floor_that_is_kept_is_one_that_a_report_has() -> None:
    sure = report([NESTED], [NESTED])
    sure["calibration"] = {"equal_width": {"error": 0.01}, "equal_mass": {"error": 0.02}}
    measured = floors.figures_of(sure)
    assert measured["ece_max"] == 0.02
    kept = floors.load()
    assert kept.keys() == {"dev", "golden", "statements", "pages", "demo", "traces"}
    assert (kept["dev"].keys() | kept["golden"].keys()) <= measured.keys()


def test_data_that_are_absent_are_said_to_be(tmp_path: Path) -> None:
    assert absent(str(tmp_path)) is None
    assert "not set" in str(absent(""))
    assert "not a folder" in str(absent(str(tmp_path / "absent")))
