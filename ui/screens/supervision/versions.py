"""Which version of a report is read, and which file where two say that they are the same one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ketachart.domain.wording import count, day_and_clock
from ui import tokens
from ui.language.saying import describe
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices
from ui.widgets.notice import Notice
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.reviewing import OpenReport, Version

_GROUPS = 3  # of four letters each: enough to tell two files apart by telephone


def hash_groups(sha256: str) -> str:
    """The first groups of a file's SHA-256, as they are read out: 3F2A 91BC 07DE."""
    plain = sha256.upper()
    return " ".join(plain[at : at + 4] for at in range(0, 4 * _GROUPS, 4))


class Versions(Column):
    """One button for each version that came in, where there are several."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(gap=0)
        self._version = 0
        self.choice = Choices("Version", ())
        self.add(self.choice)

    def show_report(self, report: "OpenReport") -> None:
        """These versions; when each was signed is said above its pages."""
        self.empty()
        self._version = report.version
        every = sorted({one.version for one in report.versions})
        shown = tuple(Choice(str(number), f"Version {number}") for number in every)
        self.setVisible(len(shown) > 1)
        self.choice = Choices("Version", shown)
        self.choice.choose(str(report.version))
        self.choice.changed.connect(self._turn)
        self.add(self.choice)

    def _turn(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # one of them is always read
            self.choice.choose(str(self._version))
        elif int(chosen[0]) != self._version:
            self.wanted.emit(int(chosen[0]))


class Twins(Notice):
    """Two files of one version beside each other; ``wanted`` is the SHA-256 of the other one."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Two files of one version", tone="warn", inset=(tokens.S3, tokens.S2))
        self._sha256 = ""
        self._first = Words(weight=tokens.SEMIBOLD, tone="warn")
        self._second = Words(size="small")
        self._files = Column(gap=0)
        self.choice = Choices("File", ())
        self._files.add(self.choice)
        for part in (self._first, self._second, self._files):
            self.add(part)
        self.settle()

    def settle(self) -> None:
        """Every version is one file."""
        self.hide()

    def show_report(self, report: "OpenReport") -> None:
        """The files that say that they are the version that is read, where there are several."""
        same = tuple(one for one in report.versions if one.version == report.version)
        self._files.empty()
        self.setVisible(len(same) > 1)
        if len(same) < 2:
            return
        self._sha256 = report.sha256
        self._first.setText(
            f"{count(len(same), 'file')} say that they are version {report.version}"
        )
        self._second.setText(_compared(same))
        self.choice = Choices("File", tuple(_choice(one) for one in same), columns=2)
        self.choice.choose(report.sha256)
        self.choice.changed.connect(self._turn)
        self._files.add(self.choice)
        describe(self, f"{self._first.text()}. {self._second.text()}")

    def _turn(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # one of them is always read
            self.choice.choose(self._sha256)
        elif chosen[0] != self._sha256:
            self.wanted.emit(chosen[0])


def _compared(same: "tuple[Version, ...]") -> str:
    if all(one.good for one in same):
        return "Both signatures are good. Read both, and ask the nurse which of them counts."
    return "Only what is marked good can be countersigned. All of them are kept."


def _choice(one: "Version") -> Choice:
    good = "good" if one.good else "NOT GOOD"
    day, taken = day_and_clock(one.signed_at), day_and_clock(one.taken_at)
    return Choice(
        one.sha256,
        f"{hash_groups(one.sha256)}, {good}",
        f"signed {day}, came in {taken}",
    )
