"""The house holds: who may import whom, and every promise in ARCHITECTURE.md names a real test."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_import_contracts_hold():
    tool = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(
        [tool, "--no-cache"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-2000:]


def promised():
    """Every test that ARCHITECTURE.md names."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)


def test_every_promise_names_a_test_that_exists():
    assert len(promised()) >= 10
    for file, name in promised():
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in names, f"{file} has no {name}"


def test_every_file_that_the_map_names_exists():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for place in re.findall(r"`((?:ketachart|ui|resources|docs|tests)/[\w/]*)`", text):
        assert (ROOT / place).exists(), place


def test_packaging_shadows_no_library():
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_secret_path_or_registry_is_in_a_tracked_file():
    listed = subprocess.run(
        ["git", "ls-files"], check=True, cwd=ROOT, capture_output=True, text=True
    )
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".png", ".ttf", ".pdf"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        assert not re.search(r"https?://[^\s\"]*/simple", text), name
        assert "BEGIN PRIVATE KEY" not in text or name.startswith("tests/"), name
