"""Every core must collect tests of the same names, or pytest-xdist runs none of them."""

import subprocess
import sys

MADE_ANEW = """
import os, pytest

@pytest.mark.parametrize("content", [b"short", os.urandom(60), os.urandom(60)])
def test_it(content): pass
"""


def test_what_is_made_anew_at_every_start_names_no_test(tmp_path):
    (tmp_path / "test_made.py").write_text(MADE_ANEW)
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "tests.conftest"]
    said = subprocess.run(
        [*command, "--rootdir", tmp_path, tmp_path], capture_output=True, text=True, check=False
    )
    names = [line.partition("::")[2] for line in said.stdout.splitlines() if "::" in line]
    assert names == ["test_it[short]", "test_it[content0]", "test_it[content1]"], said.stdout
