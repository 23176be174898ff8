"""The same on a Ray cluster: three nodes on this machine, one of which is killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotidian.encoder.about import SHIPPED, described
from quotidian.errors import DatasetError
from quotidian.run import inputs, running
from quotidian.run.dataset import Dataset
from quotidian.run.running import Shown
from quotidian.run.shard import made_by
from quotidian.run.tasks import Guards, Options
from run import invented

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
ray = pytest.importorskip("ray", reason="Ray is not installed")

from quotidian.run.on_ray import OnRay  # noqa: E402

_NODE = {"num_cpus": 1, "object_store_memory": 80 * 1024 * 1024, "include_dashboard": False}


@pytest.fixture
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args=_NODE)
    yield made
    ray.shutdown()
    made.shutdown()


def test_a_cluster_that_loses_a_node_makes_the_same_data_set(
    cluster: Any, small_crawl: Path, undisturbed: Path, tmp_path: Path
) -> None:
    nodes = [cluster.add_node(**_NODE) for _ in range(2)]
    cluster.wait_for_nodes()
    options = Options()
    engine = OnRay(cluster.address, options, Guards())
    assert engine.slots == 3
    lost = []

    def show(shown: Shown) -> None:
        if shown.report.made and not lost:
            lost.append(nodes[0])
            cluster.remove_node(nodes[0], allow_graceful=False)

    by = made_by(options, described(SHIPPED)["name"])
    report = running.run(
        inputs.listed([str(small_crawl)]), Dataset(tmp_path / "d"), engine, options, by, show
    )
    assert lost
    assert (report.made, report.failed) == (5, [])
    assert invented.content(tmp_path / "d") == invented.content(undisturbed)


def test_an_address_where_no_cluster_is_says_so() -> None:
    with pytest.raises(DatasetError, match="no Ray cluster"):
        OnRay("127.0.0.1:1", Options(), Guards())
