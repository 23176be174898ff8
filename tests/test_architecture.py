"""Imports point one way, as ARCHITECTURE.md draws them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src"
MODULES = sorted((SRC / "quotidian").rglob("*.py"))

GROUND = {"types", "errors", "sentences", "_version"}
DECIDING = {"attribute", "mention", "resolve", "when", "act"}
STAGES = {"reading", "encoder", "write", "sample"} | DECIDING
KEEPING = {
    "entities", "trace", "reconcile", "store", "told", "watch", "filling", "export", "serve", "demo", "run",
}  # fmt: skip

# What each part of the package may import from the package, besides the ground and itself.
MAY_KNOW = {
    "reading": set(),
    "encoder": set(),
    # the values that scores stand in, not the model
    "attribute": {"encoder.words", "encoder.windows", "encoder.lines"},
    "mention": {"encoder.words", "encoder.tags", "encoder.lines"},
    "resolve": {"encoder.words", "encoder.lines"},
    "when": set(),
    "act": set(),
    "write": {"sentences"},
    "sample": {"write"},  # a sheet is one more thing that is written
    "pipeline": {"reading", "encoder"} | DECIDING,
    "progress": set(),
    # decides who is one entity; knows neither archive nor network
    "entities": set(),
    # decides what reports the same; knows neither archive nor model, but for the frequency of words
    "trace": {"entities", "when.edtf"},
    # an address is as strange to it as to reading, and held to the same rules
    "reconcile": {"reading.address", "reading.headers", "reading.hosts"},
    # a reading is kept as its JSON line; reading.record says which ids are the owner's, not made by us
    "store": {"entities", "trace", "reading.record", "when", "write.jsonl"},
    # values of an archive in words, for whoever shows them
    "told": {"store.values", "trace.alignment", "trace.values", "write"},
    "watch": {"reading"},
    "filling": {"reading", "store", "watch"},
    # values of an archive, not the archive: a page of hits is written as a whole archive is
    "export": {"store.values", "trace.alignment", "trace.values", "write"},
    "serve": {"export", "pipeline", "reading", "store", "told", "trace.alignment", "trace.values", "write"},
    "demo": {"reading"},
    # the line over many files, and what is kept of each; knows no stage that decides, but for days
    "run": {"pipeline", "reading", "trace", "when", "write.jsonl"},
    "cli": STAGES - {"encoder"} - DECIDING
    | KEEPING - {"entities", "trace"}
    | {"encoder.about", "pipeline", "progress"},
    "__init__": {"pipeline", "reading", "store"},
    "__main__": {"cli"},
}

# Packages that only one place knows, so that they can be changed in one place.
ONLY_IN = {
    "onnxruntime": "encoder/session.py",
    "trafilatura": "reading/",
    "lxml": "reading/",
    "py3langid": "reading/",
    "protego": "reading/",
    "rich": ("write/", "progress.py"),
    "feedparser": "reading/feeds.py",
    "sqlalchemy": "store/",
    "psycopg": "store/postgres.py",
    "filelock": ("store/sqlite.py", "run/dataset.py"),
    "rapidfuzz": "trace/",
    "rensa": "trace/",
    "snowballstemmer": "trace/",
    "pyarrow": ("export/parquet.py", "run/"),
    "duckdb": "run/duck.py",
    "fastwarc": "run/inputs/",
    "fsspec": "run/",
    "ray": "run/on_ray.py",
    "starlette": "serve/",
    "jinja2": "serve/",
    "markupsafe": "serve/",
    "fastapi": "serve/rest/",
    "pydantic": "serve/rest/",
    "uvicorn": "cli/rooms.py",
}
NEVER = {"torch", "spacy", "pandas", "transformers", "training", "evaluation", "benchmarks", "tests"}


def name_of(path: Path) -> str:
    return path.relative_to(SRC / "quotidian").as_posix()


def part_of(path: Path) -> str:
    """The stage or module that a file belongs to: the first part of its path."""
    return name_of(path).split("/")[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, relative ones made absolute."""
    package = path.relative_to(SRC).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            # "from quotidian import reading" names a part; "from quotidian.types import Span" a value
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_part(name: str) -> bool:
    """Whether the package has a module or a folder of this dotted name (else it is a value)."""
    path = name.replace(".", "/")
    return any((SRC / "quotidian" / file).exists() for file in (f"{path}.py", f"{path}/__init__.py"))


def others_known(path: Path) -> set[str]:
    """The modules of other parts of the package that a file imports: ``encoder.words``."""
    names = [name.removeprefix("quotidian.") for name in imports(path) if name.startswith("quotidian.")]
    modules = {name if is_part(name) else name.rpartition(".")[0] for name in names}
    return {name for name in modules if is_part(name) and name.split(".")[0] != part_of(path)}


def lies_in(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


@each_module
def test_a_part_of_the_package_imports_only_what_lies_below_it(path: Path) -> None:
    allowed = GROUND if part_of(path) in GROUND else MAY_KNOW[part_of(path)] | GROUND
    for module in others_known(path):
        assert any(lies_in(module, part) for part in allowed), f"{name_of(path)} imports {module}"


@each_module
def test_the_package_never_imports_what_is_not_installed_with_it(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & NEVER


@each_module
def test_a_library_that_one_place_knows_is_imported_there_alone(path: Path) -> None:
    for name in {name.split(".")[0] for name in imports(path)} & ONLY_IN.keys():
        assert name_of(path).startswith(ONLY_IN[name]), f"{name} is imported in {name_of(path)}"


@pytest.mark.parametrize("part", sorted(STAGES | KEEPING))
def test_each_part_that_the_architecture_names_is_there(part: str) -> None:
    assert is_part(part)
    assert f"`{part}" in (SRC.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
