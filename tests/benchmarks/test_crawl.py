"""The crawl that runs are measured on, the damage that is done to it, and the paper plan."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.crawl import cli, generate, measure, mutilated, plan
from benchmarks.crawl.generate import Crawl
from benchmarks.crawl.pages import OUTLETS, page, story
from benchmarks.crawl.simulate import Cluster, Job, simulated
from evaluation.words import word_count
from quotidian.reading import article_of
from quotidian.reading.limits import Limits
from quotidian.reading.page import page_record
from quotidian.run.inputs import warc
from quotidian.run.values import Page, Skip

ROOT = Path(__file__).parents[2]


def crawled(crawl: Crawl) -> list[Page | Skip]:
    data = b"".join(
        gzip.compress(one) for file in range(crawl.files) for one in generate.records(crawl, file)
    )
    return list(warc.pages(io.BytesIO(data), Limits()))


def test_pages_of_every_layout_are_read_back_as_the_story_that_they_tell() -> None:
    told = [story(number, words=400) for number in range(40)]
    told = [one for one in told if word_count(one.text) > 100]  # of less, pages have more around them
    assert len({OUTLETS.index(one.outlet) % 5 for one in told}) == 5
    for one in told:
        found = page_record(page(one), Limits(), one.url)
        assert word_count(found.text) == pytest.approx(
            word_count(one.text), rel=0.15
        )  # a headline that repeats the first line goes
        assert (found.published or "").startswith(one.published.date().isoformat())
        assert found.outlet is not None


def test_pages_in_other_languages_are_told_from_english_ones() -> None:
    for language in ("de", "es", "en"):
        for number in range(10):
            found = article_of(page_record(page(story(number, words=80, language=language)), Limits()))
            assert (found.reason is None) == (language == "en")


def test_a_crawl_has_so_many_distinct_pages_and_is_the_same_again() -> None:
    crawl = Crawl(pages=30, files=3, words=60, furniture=0.1)
    found = crawled(crawl)
    assert len({one.url for one in found}) == len({one.body for one in found if isinstance(one, Page)}) == 30
    assert crawled(crawl) == found


def test_a_mixed_crawl_has_what_crawls_have() -> None:
    found = crawled(Crawl(pages=300, words=30, furniture=0, english=0.5, also=True))
    kinds = Counter(one.reason if isinstance(one, Skip) else "page" for one in found)
    assert {"page", "redirect", "http error", "revisit", "not html"} <= kinds.keys()
    pages = [one for one in found if isinstance(one, Page)]
    assert len(pages) > len({one.url for one in pages}) > 299  # the same page again


def test_the_words_of_articles_average_what_was_asked_for() -> None:
    counts = [word_count(story(number, words=800).text) for number in range(200)]
    assert 700 < sum(counts) / len(counts) < 900
    assert min(counts) < 400
    assert max(counts) > 1_600


def test_every_kind_of_damage_is_done() -> None:
    done = {how.split()[0] for seed in range(40) for how in mutilated.mutilated(seed).how}
    assert done == set(mutilated.KINDS)


def test_what_was_lost_or_not_told_is_a_problem() -> None:
    case = mutilated.mutilated(3)
    assert list(mutilated.problems(case)) == []
    lost = replace(case, intact=(*case.intact, "https://gazette.example/never"))
    assert any("never" in problem for problem in mutilated.problems(lost))
    untold = replace(case, damaged=((len(case.data), len(case.data) + 9),))
    assert any(problem.startswith("not told") for problem in mutilated.problems(untold))


def test_the_command_measures_mutilated_warcs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["mutilated", "--warcs", "12", "--json", str(tmp_path / "found.json")]) == 0
    (found,) = json.loads((tmp_path / "found.json").read_text())["mutilated"]
    assert found["problems"] == []
    assert found["intact_records"] > 100
    assert "problems: none" in capsys.readouterr().out


def test_the_command_makes_a_crawl(tmp_path: Path) -> None:
    assert cli.main(["generate", "--out", str(tmp_path), "--pages", "6", "--words", "40"]) == 0
    assert [path.name for path in sorted(tmp_path.iterdir())] == [
        "crawl-00000.warc.gz",
        "crawl-00001.warc.gz",
    ]


def test_a_run_is_measured_whole_beside_extraction_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUOTIDIAN_DATA", raising=False)
    (found,) = measure.rate(pages=2, cores=1, repeats=1)
    assert (found["pages"], found["articles_read"]) == (2, 2)
    assert 0 < found["ratio"]["median"] < 1


def test_growth_is_that_of_the_peak_after_the_first_ten_thousand() -> None:
    series = [{"records": n * 1_000, "memory": 200 + n, "peak": 300 + n // 10} for n in range(1, 31)]
    found = measure.grown(series)
    assert found["records"] == 30_000
    assert found["growth_of_the_peak_mb"] == 0.0


JOB = Job(files=400, bytes_a_file=1e9, work_s=4_000, output_bytes=3e8, output_objects=100)
EVEN = Cluster(workers=10, spread=0.0, deaths_per_hour=0.0, request_s=0.0, worker_start_s=0.0)


def test_with_nothing_in_the_way_a_run_takes_its_work_divided_by_its_workers() -> None:
    for workers in (1, 10, 100):
        found = simulated(JOB, replace(EVEN, workers=workers))
        assert found.seconds == pytest.approx(JOB.files * JOB.work_s / workers, rel=0.01)
        assert found.busy > 0.99


@pytest.mark.parametrize(
    ("cause", "job", "cluster"),
    [
        ("too few files", replace(JOB, files=4), EVEN),
        ("the last files", replace(JOB, files=11), EVEN),
        ("input", JOB, replace(EVEN, input_bytes_per_second=1e6)),
        ("output", JOB, replace(EVEN, puts_per_second=0.1)),
        ("output", JOB, replace(EVEN, output_bytes_per_second=1e5)),
        ("output", JOB, replace(EVEN, request_s=10.0)),
        ("scheduler", JOB, replace(EVEN, tasks_per_second=1e-3)),
        ("start", JOB, replace(EVEN, worker_start_s=1e5)),
        ("deaths", JOB, replace(EVEN, deaths_per_hour=1.0)),
    ],
)
def test_what_is_short_is_named_as_what_time_is_lost_to(cause: str, job: Job, cluster: Cluster) -> None:
    found = simulated(job, cluster)
    assert found.bottleneck == cause
    assert found.seconds > simulated(job, EVEN).seconds or job != JOB


def test_all_time_of_all_workers_is_accounted_for() -> None:
    found = simulated(JOB, Cluster(workers=100, input_bytes_per_second=2e7, deaths_per_hour=0.1))
    assert found.busy + sum(found.lost.values()) == pytest.approx(1.0, abs=0.001)


def test_the_same_seed_gives_the_same_run() -> None:
    assert simulated(JOB, Cluster(workers=30), seed=3) == simulated(JOB, Cluster(workers=30), seed=3)


def test_the_plan_in_the_documentation_is_what_the_command_prints() -> None:
    printed = plan.told(plan.Measured(), plan.Prices())
    documented = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    for table in printed.split("\n\n"):
        assert table in documented


def computing(core_hour: float) -> list[float]:
    """What the plan says that computing costs, of each span of time."""
    lines = plan.told(plan.Measured(), plan.Prices(core_hour=core_hour)).splitlines()
    line = next(line for line in lines if line.startswith("| computing"))
    return [float(cell.replace(",", "")) for cell in line.split("|")[2:-1]]


def test_twice_the_price_is_twice_the_cost() -> None:
    assert computing(2.0) == pytest.approx([2 * cost for cost in computing(1.0)], abs=1)
