"""What a target is, and how its door is knocked at."""

import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ketachart.commands.line import main
from ketachart.errors import KetaChartError
from tests.fuzz.mutate import Form

LONGEST_SENTENCE = 2_000
"""Letters: what is longer is read by nobody."""
_FOR_NOBODY = ("Traceback", "Error:", "Exception", "object at 0x")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One kind of file: files to begin with, and the door that opens them.

    ``door`` may raise nothing but a `KetaChartError`. ``longest`` is how long a damaged file may
    become, bytes; ``in_suite`` how many of them the suite tries.
    """

    name: str
    form: Form
    seeds: Callable[[], tuple[bytes, ...]]
    door: Callable[[bytes], object]
    longest: int = 1 << 16
    in_suite: int = 12


def knock(target: Target, content: bytes) -> str:
    """Opens it: what was said against it, empty where it was taken.

    Raises:
        AssertionError: what was said helps nobody.
        Exception: the finding that is looked for.
    """
    try:
        target.door(content)
    except KetaChartError as error:
        return a_sentence(str(error))
    return ""


def a_sentence(said: str) -> str:
    """The words, where a person can read them."""
    assert said.strip(), "refused without a word"
    assert len(said) <= LONGEST_SENTENCE, f"{len(said)} letters: {said[:80]}"
    assert not any(words in said for words in _FOR_NOBODY), said[:200]
    said.encode("utf-8")
    return said


def text_in(content: bytes) -> str:
    """The text in it, with half letters where there are some: a clipboard may hold them."""
    try:
        return content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return content.decode("latin-1")


@cache
def memory() -> str | None:
    """A disk in memory, where there is one."""
    there = Path("/dev/shm")  # noqa: S108 - each run has its own folder in it
    return str(there) if there.is_dir() else None


@contextmanager
def room() -> Iterator[Path]:
    """An empty folder, gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory()))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def commanded(*words: object) -> int:
    """`python -m ketachart WORDS`, in this process; where it is not good it says why, once."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
    assert code in (0, 1, 2), code
    if code == 2:
        # of several files each is answered for in its place
        said = err.getvalue().strip() or out.getvalue().strip().splitlines()[-1]
        if "--json" in words:
            said = json.loads(out.getvalue())["error"]
        assert "\n" not in said, said
        a_sentence(said)
    assert not any(words in out.getvalue() for words in _FOR_NOBODY), out.getvalue()[:400]
    return code
