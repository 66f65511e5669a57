"""The strip over the actions that says: what is charted now is copied from paper."""

from ui import tokens
from ui.actions import key_of
from ui.language.saying import describe
from ui.transcribing import Transcribing
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.words import Words


class PaperStrip(Notice):
    """Whose times count, and the way back to charting what happens now."""

    def __init__(self, transcribing: Transcribing) -> None:
        super().__init__("From paper", tone="warn", inset=(tokens.S3, tokens.S2))
        self._transcribing = transcribing
        self._words = Words(weight=tokens.SEMIBOLD, tone="warn")
        self.done = Button("Copied all of it", words="Copied", key=key_of("copied"))
        self.done.clicked.connect(transcribing.end)
        row = Row(gap=tokens.S2)
        row.add_level(Mark("notebook-pen", colour="warn"))
        row.add(self._words, stretch=1)
        row.add_level(self.done)
        self.add(row)
        transcribing.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        words = self._transcribing.words
        self._words.setText(f"From paper {words}")
        describe(
            self, f"What is charted is copied from paper {words}. Each entry needs its own time."
        )
        self.setVisible(bool(words))
