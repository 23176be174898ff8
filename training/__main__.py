"""Make the model, all of it: ``python -m training`` (``make train`` calls it).

Each step is a command of its own, printed before it runs. A step whose result is there already is
skipped, and a training run that was stopped goes on at its last epoch: after a crash, give the same
command again. To make something anew, delete it and what was made after it.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# What training reads, from PolNeAR's folder.
NEEDED = ("train.jsonl.gz", "dev.jsonl.gz", "silver_train.jsonl.gz", "../gum/gum_tsv.tar.gz")


@dataclass(frozen=True, slots=True)
class Step:
    """A command, and the file that is there once it has come to its end.

    ``holds`` is a text that the file has by then, where an earlier step writes the same file.
    """

    module: str
    arguments: tuple[str, ...]
    result: Path
    holds: str = ""

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do."""
        if not self.result.exists():
            return False
        return not self.holds or self.holds in self.result.read_text(encoding="utf-8")


def plan(data: Path, runs: Path, name: str, more: Sequence[str] = ()) -> list[Step]:
    """The steps from the corpus to a calibrated model in ``runs/model``, in order.

    Args:
        data: folder of train.jsonl.gz, dev.jsonl.gz and silver_train.jsonl.gz; GUM's lies beside it.
        runs: folder for everything that is made.
        name: what the model calls itself.
        more: further options of every training run.
    """
    soup1, soup2, inner = runs / "soup1.pt", runs / "soup2.pt", runs / "inner.npz"
    first, model = runs / "first", runs / "model"

    def run(letter: str, settings: str, start: Path | None = None) -> Step:
        begin = ("--go-on-from", str(start)) if start else ()
        out = runs / letter
        where = ("--data", str(data), "--out", str(out))
        return Step("train", (*where, *settings.split(), *begin, *more), out / "finished.json")

    def soup(out: Path, *parts: Path) -> Step:
        return Step("soup", tuple(map(str, (out, *parts))), out)

    def export(out: Path, *options: str) -> Step:
        named = (str(soup2), "--data", str(data), "--out", str(out), "--name", name)
        return Step("export", (*named, *options), out / "model.json")

    a, b, c = (runs / letter / "mean.pt" for letter in "abc")
    gentler = "--rate 2e-4 --head-rate 6e-4 --dropout 0.12"
    return [
        run("a", "--epochs 5 --rate 3e-4 --head-rate 1e-3 --mask 0.03 --dropout 0.1 --seed 0"),
        run("b", f"--epochs 3 {gentler} --mask 0.10 --seed 7", a),
        soup(soup1, a, b),
        run("c", f"--epochs 2 {gentler} --mask 0.12 --seed 23", soup1),
        soup(soup2, soup1, c),
        export(first),
        Step("inner", (str(first), "--data", str(data), "--out", str(inner)), inner),
        export(model, "--inner", str(inner)),
        Step("mentions", (str(model), "--data", str(data.parent)), model / "mentions.onnx"),
        Step("calibrate", (str(model), "--data", str(data)), model / "model.json", holds='"confidence"'),
        Step("nested", (str(model), "--data", str(data)), model / "model.json", holds='"confidence_nested"'),
    ]


def carry_out(steps: Sequence[Step]) -> int:
    """Run what is left to do; the status of the command that failed, or 0."""
    for step in steps:
        command = ("-m", f"training.{step.module}", *step.arguments)
        said = shlex.join(("python", *command))
        print(f"{'done already:' if step.done else '$'} {said}", flush=True)
        if not step.done and (status := subprocess.run([sys.executable, *command], check=False).returncode):
            print(
                f"That failed with status {status}; mend it and give the same command again.", file=sys.stderr
            )
            return status
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Check that the data are there, then carry the plan out."""
    named = os.environ.get("QUOTIDIAN_DATA")
    p = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument(
        "--data",
        type=Path,
        default=Path(named) / "polnear" if named else None,
        help="folder of train.jsonl.gz, dev.jsonl.gz and silver_train.jsonl.gz, with gum beside it "
        "(default: $QUOTIDIAN_DATA/polnear)",
    )
    p.add_argument("--runs", type=Path, default=Path("runs"), help="folder for what is made (default: runs)")
    p.add_argument("--name", default="retrained", help="what the model calls itself (default: retrained)")
    p.add_argument("--threads", type=int, default=2, help="threads of the CPU in training (default: 2)")
    p.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="where to train (default: cpu)")
    a = p.parse_args(argv)
    if a.data is None or (missing := [name for name in NEEDED if not (a.data / name).is_file()]):
        what = "QUOTIDIAN_DATA is not set" if a.data is None else f"{a.data}: no {', '.join(missing)}"
        print(f"{what}; docs/how-to/train.md says where the data are", file=sys.stderr)
        return 2
    a.runs.mkdir(parents=True, exist_ok=True)
    return carry_out(plan(a.data, a.runs, a.name, ("--threads", str(a.threads), "--device", a.device)))


if __name__ == "__main__":
    sys.exit(main())
