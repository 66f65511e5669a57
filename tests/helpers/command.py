"""Runs a command as the shell would, in this process: what it answered, said and left."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest

from ketachart.commands.line import main
from ketachart.commands.player import Stage
from tests.helpers.stories import FOLDER

WRITTEN = ["entries.jsonl", "ledger", "report.pdf", "root.pem", "visit.json"]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """The answer as JSON; it fails where it is not."""
        return json.loads(self.out)


def command(*words, typed=""):
    """`python -m ketachart WORDS`, with that text at standard input."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        patch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            code = main([str(word) for word in words])
        except SystemExit as left:  # argparse leaves by itself
            code = left.code
    return Answer(code, out.getvalue(), err.getvalue())


# ------------------------------------------------------------------ scripts


def story_text(name):
    """The lines of a story as they stand in its file."""
    text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line]


HEADER = story_text("late_and_corrected")[:5]  # clinic, nurse, patient, order, visit
_LATE = story_text("late_and_corrected")
_START = next(n for n, text in enumerate(_LATE) if '"infusion-started"' in text)
STARTED = _LATE[: _START + 1]  # up to and with the start of the pump at 13:59


def line(kind, at, **values):
    """A line of a script on the day of the stories; ``at`` is a time such as 14:05."""
    values = {
        key: on_the_day(value) if key == "recorded_at" else value for key, value in values.items()
    }
    return json.dumps({"kind": kind, "at": on_the_day(at), **values}, ensure_ascii=False)


def on_the_day(at):
    """14:05 as a time of the stories' day; a whole time stays."""
    return f"2026-11-22T{at}:00-07:00" if len(at) == 5 else at


def note(at, text="x", **values):
    """A note: the plainest line there is."""
    return line("note-written", at, text=text, **values)


class Scripts:
    """Writes scripts into a folder and replays them, each into a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.made = 0

    def replay(self, lines, *options, paper=True):
        """Replays the lines, or the bytes; answers the answer and the folder it wrote.

        ``paper=False`` leaves the visit unsigned where the script has come to its end: for what is
        read from the answer and the chart alone, as signing draws the whole report.
        """
        self.made += 1
        path = self.folder / f"script-{self.made}.jsonl"
        content = lines if isinstance(lines, bytes) else "\n".join(lines).encode()
        path.write_bytes(content)
        out = self.folder / f"out-{self.made}"
        with pytest.MonkeyPatch.context() as patch:
            if not paper:
                patch.setattr(Stage, "sign_what_there_is", lambda _stage: None)
            return command("replay", path, "--out", out, *options), out

    def refusals(self, *lines, after=HEADER):
        """What was refused of lines that come after others: line number, rule, sentence."""
        answer, out = self.replay([*after, *lines], "--json", paper=False)
        assert answer.code == 1, answer
        assert answer.json["refusals"] == visit_of(out)["refusals"]
        return [(r["line"] - len(after), r["rule"], r["sentence"]) for r in answer.json["refusals"]]


def visit_of(out):
    """The folded visit that a replay wrote."""
    return json.loads((out / "visit.json").read_text(encoding="utf-8"))


def entries_of(out):
    """The audit that a replay wrote."""
    text = (out / "entries.jsonl").read_text(encoding="utf-8")
    return [json.loads(row) for row in text.splitlines()]
