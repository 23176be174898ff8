"""Drawings say what their values say: bars of a timeline, lines of a graph."""

from quotidian.serve.shown.graph import MOST, graph
from quotidian.serve.shown.timeline import HEIGHT, WIDTH, chart, crowded
from quotidian.store.values import Edge, EntityHead, Slice

DAYS = (
    Slice("2031-03-01", "2031-03-01", 4, 40),
    Slice("2031-03-02", "2031-03-02", 0, 10),
    Slice("2031-03-03", "2031-03-03", 2, 4),
)


def entity(id: int) -> EntityHead:
    return EntityHead(id, "person", f"Person {id:02}", "active", None, 1)


def test_the_highest_bar_has_most_hits_or_the_largest_share() -> None:
    counted, shared = chart(DAYS, "count"), chart(DAYS, "share")
    assert counted
    assert shared

    assert [bar.height for bar in counted.bars] == [HEIGHT, 0, HEIGHT / 2]
    assert [bar.height for bar in shared.bars] == [HEIGHT / 5, 0, HEIGHT]
    assert (counted.top, shared.top) == ("4", "50%")
    assert shared.bars[2].told == "3 March 2031: 2 of 4 statements (50%)"


def test_bars_stand_side_by_side_within_the_drawing() -> None:
    drawn = chart(DAYS * 30, "count")
    assert drawn

    for bar, following in zip(drawn.bars, drawn.bars[1:], strict=False):
        assert bar.x + bar.width <= following.x
    assert drawn.bars[-1].x + drawn.bars[-1].width <= WIDTH
    assert all(bar.y + bar.height <= HEIGHT + 0.01 for bar in drawn.bars)


def test_a_lone_hit_among_many_is_seen() -> None:
    drawn = chart((Slice("2031-03-01", "2031-03-01", 10_000, 10_000), *DAYS), "count")
    assert drawn

    assert drawn.bars[3].height > 1


def test_far_days_with_hardly_a_hit_are_left_out_of_a_timeline() -> None:
    year = [Slice(f"{y}-01-01", f"{y}-12-31", hits, 900) for y, hits in enumerate((1, 0, 0, 0, 800, 2), 2026)]

    assert crowded(year) == ("2030-01-01", "2030-12-31")


def test_a_timeline_that_is_full_stays_as_it_is() -> None:
    assert crowded(DAYS) is None
    assert crowded(()) is None
    assert crowded([Slice(f"2031-03-{day:02}", f"2031-03-{day:02}", 5, 9) for day in range(1, 29)]) is None


def test_one_stretch_is_no_timeline() -> None:
    assert chart(DAYS[:1], "count") is None
    assert chart((), "share") is None


def test_a_graph_draws_every_edge_that_it_has_room_for() -> None:
    edges = [Edge(entity(1), entity(2), 5), Edge(entity(2), entity(1), 3), Edge(entity(1), entity(3), 1)]
    drawn = graph(edges)
    assert drawn

    assert [link.edge for link in drawn.links] == edges
    assert [node.entity.id for node in drawn.speakers] == [1, 2]
    assert [node.entity.id for node in drawn.about] == [2, 1, 3]
    assert drawn.links[0].width > drawn.links[1].width > drawn.links[2].width
    assert drawn.hidden == 0


def test_a_graph_of_many_draws_the_most_frequent_and_nobody_without_a_line() -> None:
    edges = [Edge(entity(id), entity(100 + id), 50 - id) for id in range(1, 41)]
    drawn = graph(edges)
    assert drawn

    assert len(drawn.speakers) == len(drawn.about) == MOST
    assert {node.entity.id for node in drawn.speakers} == {link.edge.speaker.id for link in drawn.links}
    assert drawn.hidden == 40 - MOST
    assert len(drawn.edges) == 40


def test_no_edges_are_no_graph() -> None:
    assert graph(()) is None
