"""What was copied in KetaChart leaves the clipboard: after a minute, and at the lock.

Only what is ours is cleared. Managers of clipboards are asked not to keep it, by the two hints that
they heed; one that heeds neither keeps it, and no program can take it back from there.
"""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from ui.desk import Desk

STAYS: Final = timedelta(seconds=60)
_TIMER: Final = "clear-clipboard"
_SECRET: Final = (
    ("x-kde-passwordManagerHint", b"secret"),
    # Windows keeps no history of what holds this format, and sends it to no other device
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
)
_Mode = QClipboard.Mode


def owns(mode: QClipboard.Mode) -> bool:
    """Whether this program put there what the clipboard holds.

    Where there is no real clipboard, as without a display, a window that has the keyboard is taken
    for the one that copied.
    """
    clipboard = QGuiApplication.clipboard()
    if mode is _Mode.Selection:
        return clipboard.supportsSelection() and clipboard.ownsSelection()
    if QGuiApplication.platformName() in {"offscreen", "minimal"}:
        return QGuiApplication.focusWindow() is not None
    return clipboard.ownsClipboard()


class ClipboardGuard(QObject):
    """Watches one desk's clipboard."""

    def __init__(self, desk: Desk, *, owned: Callable[[QClipboard.Mode], bool] = owns) -> None:
        super().__init__(desk)
        self._desk, self._owned = desk, owned
        self._ours: dict[QClipboard.Mode, bytes] = {}  # hashes of what we put there
        self._marking = False
        clipboard = QGuiApplication.clipboard()
        clipboard.dataChanged.connect(lambda: self._changed(_Mode.Clipboard))
        clipboard.selectionChanged.connect(lambda: self._changed(_Mode.Selection))
        for gone in (desk.locked, desk.veiled):
            gone.connect(self.clear)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if self._marking:
            return
        if not self._owned(mode) or not self._desk.is_unlocked or not _text(mode):
            self._ours.pop(mode, None)
            return
        self._ours[mode] = _hash(mode)
        if mode is _Mode.Clipboard:
            self._mark_secret()
        self._desk.heartbeat.once(_TIMER, STAYS, self.clear)

    def _mark_secret(self) -> None:
        """The same text again, with the hints. Signals of it are ours."""
        data = QMimeData()
        data.setText(_text(_Mode.Clipboard))
        for kind, value in _SECRET:
            data.setData(kind, value)
        self._marking = True
        QGuiApplication.clipboard().setMimeData(data)
        self._marking = False

    def clear(self) -> None:
        """Takes away what still is ours."""
        self._desk.heartbeat.cancel(_TIMER)
        for mode, kept in list(self._ours.items()):
            if _hash(mode) == kept:
                QGuiApplication.clipboard().clear(mode)
        self._ours.clear()


def _text(mode: QClipboard.Mode) -> str:
    return QGuiApplication.clipboard().text(mode)


def _hash(mode: QClipboard.Mode) -> bytes:
    return sha256(_text(mode).encode()).digest()
