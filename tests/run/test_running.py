"""What a run does about what becomes of its shards; nothing is read here."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotidian.run import inputs, running
from quotidian.run.dataset import Dataset
from quotidian.run.running import MOST_DEATHS, MOST_ENDED, Report
from quotidian.run.shard import made_by
from quotidian.run.tasks import Died, Failed, Options
from quotidian.run.values import Skip
from run import invented
from run.doing import MODEL, Scripted, died


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    return invented.crawl(tmp_path / "crawl")


def run(crawl: Path, engine: Scripted, options: Options | None = None) -> Report:
    given = options or Options()
    dataset = Dataset(crawl.parent / "d")
    return running.run(inputs.listed([str(crawl)]), dataset, engine, given, made_by(given, MODEL))


def names(engine: Scripted) -> list[str]:
    return [Path(task.file.address).name for task in engine.given]


def test_every_file_becomes_a_shard_the_largest_first(crawl: Path) -> None:
    engine = Scripted()
    report = run(crawl, engine)
    assert names(engine) == ["part-2.jsonl", "part-1.jsonl", "part-0.jsonl"]
    assert (report.made, report.articles, report.statements) == (3, 3, 6)
    assert report.skipped == {"language": 3}
    assert engine.closed


def test_no_more_is_in_flight_than_there_are_slots(crawl: Path) -> None:
    engine = Scripted(slots=2)
    run(crawl, engine)
    assert engine.most == 2


def test_the_same_run_again_does_nothing(crawl: Path) -> None:
    run(crawl, Scripted())
    engine = Scripted()
    assert run(crawl, engine).whole == 3
    assert engine.given == []


def test_a_changed_file_is_read_again(crawl: Path) -> None:
    run(crawl, Scripted())
    invented.lines(crawl / "part-1.jsonl", [invented.record(99)])
    engine = Scripted()
    assert run(crawl, engine).whole == 2
    assert names(engine) == ["part-1.jsonl"]


def test_other_options_read_everything_again(crawl: Path) -> None:
    run(crawl, Scripted())
    assert run(crawl, Scripted(), Options(any_language=True)).made == 3


def test_a_record_that_broke_a_limit_is_passed_over_on_the_next_try(crawl: Path) -> None:
    engine = Scripted({"part-0.jsonl": [died("line 2", certain=True, reason="too slow")]})
    report = run(crawl, engine)
    assert (report.made, report.deaths) == (3, 1)
    assert engine.given[-1].skip == (Skip("line 2", None, "too slow", "as the script says"),)


def test_so_it_is_by_later_runs(crawl: Path) -> None:
    run(crawl, Scripted({"part-0.jsonl": [died("line 2", certain=True)]}))
    engine = Scripted()
    run(crawl, engine, Options(any_language=True))
    assert [task.skip for task in engine.given if task.skip] == [
        (Skip("line 2", None, "killed its worker", "as the script says"),)
    ]


def test_a_worker_that_somebody_killed_blames_no_record(crawl: Path) -> None:
    engine = Scripted({"part-0.jsonl": [died("line 2"), died("line 3"), died("line 1")]})
    assert run(crawl, engine).made == 3
    assert not any(task.skip for task in engine.given)


def test_a_record_at_which_workers_keep_dying_is_to_blame(crawl: Path) -> None:
    engine = Scripted({"part-0.jsonl": [died("line 2")] * MOST_DEATHS})
    assert run(crawl, engine).made == 3
    assert [skip.place for skip in engine.given[-1].skip] == ["line 2"]


def test_a_file_whose_worker_keeps_dying_between_records_fails_alone(crawl: Path) -> None:
    engine = Scripted({"part-0.jsonl": [died(None, certain=True)] * MOST_DEATHS})
    report = run(crawl, engine)
    assert report.made == 2
    ((address, why),) = report.failed
    assert Path(address).name == "part-0.jsonl"
    assert "between two records" in why


def test_deaths_at_other_records_in_between_clear_a_record(crawl: Path) -> None:
    deaths = [died("line 2"), died("line 2"), died("line 3"), died("line 2"), died("line 2")]
    engine = Scripted({"part-0.jsonl": deaths})
    assert run(crawl, engine).made == 3
    assert not any(task.skip for task in engine.given)


def test_workers_that_somebody_ends_while_they_start_cost_no_file(crawl: Path) -> None:
    assert run(crawl, Scripted({"part-0.jsonl": [died(None)] * (MOST_ENDED - 1)})).made == 3
    assert run(crawl, Scripted({"part-0.jsonl": [died(None)] * MOST_ENDED}), Options(nested=False)).made == 2


def test_a_file_that_cannot_be_read_fails_alone_and_is_tried_by_the_next_run(crawl: Path) -> None:
    report = run(crawl, Scripted({"part-1.jsonl": [Failed("", "no permission")]}))
    assert report.made == 2
    assert [why for _, why in report.failed] == ["no permission"]
    engine = Scripted()
    run(crawl, engine)
    assert names(engine) == ["part-1.jsonl"]


def test_a_file_that_is_gone_when_the_run_begins_fails_alone(crawl: Path) -> None:
    files = inputs.listed([str(crawl)])
    (crawl / "part-0.jsonl").unlink()
    options = Options()
    report = running.run(files, Dataset(crawl.parent / "d"), Scripted(), options, made_by(options, MODEL))
    assert report.made == 2
    assert len(report.failed) == 1


def test_an_interrupted_run_ends_its_workers_and_keeps_what_is_whole(crawl: Path) -> None:
    class Interrupted(Scripted):
        def wait(self, seconds: float) -> list[object]:  # type: ignore[override]
            if len(self.given) == 2:
                raise KeyboardInterrupt
            return super().wait(seconds)  # type: ignore[return-value]

    engine = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        run(crawl, engine)
    assert engine.closed
    assert run(crawl, Scripted()).whole == 1


def test_what_is_shown_grows_to_the_whole(crawl: Path) -> None:
    shown = []
    options = Options()
    files = inputs.listed([str(crawl)])
    running.run(
        files, Dataset(crawl.parent / "d"), Scripted(), options, made_by(options, MODEL), shown.append
    )
    done = [one.bytes_done for one in shown]
    assert done == sorted(done)
    assert done[-1] == shown[-1].bytes_all == sum(file.size or 0 for file in files)


def test_a_death_is_told_once(crawl: Path) -> None:
    shown = []
    options = Options()
    engine = Scripted({"part-0.jsonl": [died("line 2")]})
    dataset = Dataset(crawl.parent / "d")
    running.run(inputs.listed([str(crawl)]), dataset, engine, options, made_by(options, MODEL), shown.append)
    assert sum(isinstance(one.event, Died) for one in shown) == 1
