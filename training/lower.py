"""What the mention head reads of the encoder: ``python -m training.lower MODEL/encoder.onnx``.

The upper layers of the encoder were tuned to find attributions and have forgotten much of what tells
names and word classes; on train articles held out, the second layer alone finds names far better
than the sixth. So the graph gets one more output, ``lower``: for each word the embedding of its last
piece, where its ending is to be seen, and the second and fourth layers at its first. No weight
changes, and a run that does not ask for it does not compute it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from quotidian.encoder.words import SEP

NAME = "lower"
# The embedding (0) at the last piece, these layers at the first.
AT_LAST, AT_FIRST = 0, (2, 4)


def with_lower(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with the output ``lower`` [batch, words, 3 * size]; one that has it stays."""
    if any(output.name == NAME for output in model.graph.output):
        return model
    made = onnx.ModelProto()
    made.CopyFrom(model)
    graph = made.graph

    def op(kind: str, *inputs: str, **attributes: object) -> str:
        name = f"{NAME}.{kind}_{len(graph.node)}"
        graph.node.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def const(name: str, value: object) -> str:
        graph.initializer.append(numpy_helper.from_array(np.asarray(value, np.int64), f"{NAME}.{name}"))
        return f"{NAME}.{name}"

    one, axis = const("one", [1]), const("axis", [2])
    after = op("Slice", "at", one, const("far", [2**31 - 1]), one)
    after = op("Pad", after, const("pads", [0, 0, 0, 1]))
    last = op("Max", "at", op("Sub", after, one))
    is_break = op("Equal", op("GatherElements", "ids", last, axis=1), const("break", SEP))
    last = op("Sub", last, op("Cast", is_break, to=TensorProto.INT64))
    parts = [op("GatherND", _layer(graph, AT_LAST), op("Unsqueeze", last, axis), batch_dims=1)]
    first = op("Unsqueeze", "at", axis)
    parts += [op("GatherND", _layer(graph, layer), first, batch_dims=1) for layer in AT_FIRST]
    graph.node.append(helper.make_node("Concat", parts, [NAME], axis=-1))
    size = next(o for o in graph.output if o.name == "words").type.tensor_type.shape.dim[2].dim_value
    graph.output.append(
        helper.make_tensor_value_info(NAME, TensorProto.FLOAT, ["batch", "words", len(parts) * size])
    )
    return made


def _layer(graph: onnx.GraphProto, number: int) -> str:
    """The name of a layer's result; 0 is the embedding."""
    weight = f"encoder.layers.{number - 1}.norm2.weight" if number else "encoder.norm.weight"
    return next(node.output[0] for node in graph.node if weight in node.input)


def main() -> None:
    """Add the output to a file."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("encoder", type=Path)
    path = p.parse_args().encoder
    onnx.save(with_lower(onnx.load(path)), path)


if __name__ == "__main__":
    main()
