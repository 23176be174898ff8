"""What goes into the wheel, and what comes with it."""

from __future__ import annotations

import ast
import email
import re
import subprocess
import sys
import zipfile
from email.message import Message
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

import quotidian
from quotidian._version import __version__

ROOT = Path(__file__).parents[1]
LARGEST_MODEL = 50_000_000  # bytes


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The package's wheel, built without a download."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    return email.message_from_bytes(wheel.read(f"quotidian-{__version__}.dist-info/METADATA"))


def test_the_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    package = ROOT / "src" / "quotidian"
    files = {path.relative_to(ROOT / "src").as_posix() for path in package.rglob("*") if path.is_file()}
    assert {name for name in files if "__pycache__" not in name} <= set(wheel.namelist())


@pytest.mark.parametrize(
    "ending", [".onnx", "vocabulary.txt", ".schema.json", "py.typed", ".css", ".js", "base.html", ".tsv"]
)
def test_the_wheel_holds_what_is_not_code(wheel: zipfile.ZipFile, ending: str) -> None:
    assert any(name.startswith("quotidian/") and name.endswith(ending) for name in wheel.namelist())


def test_the_model_stays_small(wheel: zipfile.ZipFile) -> None:
    models = [entry.file_size for entry in wheel.infolist() if entry.filename.endswith(".onnx")]
    assert sum(models) <= LARGEST_MODEL


def test_the_core_asks_for_no_training_or_comparison_packages(metadata: Message) -> None:
    assert asked_for(metadata)
    assert not asked_for(metadata) & {"torch", "spacy", "transformers", "pandas", "openvino"}


def test_the_wheel_carries_licence_and_notice(wheel: zipfile.ZipFile) -> None:
    names = {Path(name).name for name in wheel.namelist() if ".dist-info/licenses/" in name}
    assert names == {"LICENSE", "NOTICE"}


def test_every_place_that_names_the_version_agrees(metadata: Message) -> None:
    assert metadata["Version"] == __version__ == quotidian.__version__ == version("quotidian")
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text, f"{lock.name} names an address"


def test_the_core_lock_has_every_dependency_of_the_package(metadata: Message) -> None:
    lock = (ROOT / "requirements" / "core.txt").read_text(encoding="utf-8")
    for name in asked_for(metadata):
        assert f"\n{name}==" in f"\n{lock}", f"{name} is not locked: run `make lock`"


def test_every_package_that_is_imported_is_asked_for(metadata: Message) -> None:
    imported = {
        name.split(".")[0]
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in names_of(node)
    }
    provided = packages_distributions()
    for name in imported - sys.stdlib_module_names - {"quotidian"}:
        packages = {given.lower() for given in provided[name]}
        assert packages & (asked_for(metadata) | extras(metadata)), f"{name} is not asked for"


def names_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def test_what_is_an_extra_is_imported_only_when_it_is_used() -> None:
    code = "import quotidian.cli, quotidian.store, quotidian.export, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "quotidian.export" in loaded
    assert not {"pyarrow", "psycopg"} & set(loaded)


def extras(metadata: Message) -> set[str]:
    """The packages that extras ask for."""
    lines = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" in line]
    return {re.split(r"[^\w.-]", line)[0].lower() for line in lines}


def asked_for(metadata: Message) -> set[str]:
    """The packages that the core asks for, without versions and extras."""
    lines = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    return {re.split(r"[^\w.-]", line)[0].lower() for line in lines}
