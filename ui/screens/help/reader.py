"""One page of the help, set in the window's own letters; its links lead to other pages only."""

import re
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFragment,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from ui import fonts, theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.tokens import TypeName
from ui.widgets.finger import scrolls_by_finger

_LINE: Final = 640  # a line of the text wider than this is hard to read
_CAP: Final = re.compile(r"`([^`]+)`")
_LETTERS: Final[dict[int, TypeName]] = {1: "h1", 2: "h2"}


class PageReader(QTextBrowser, Dressed):
    """Tab goes along the links of the page, Enter follows one; nothing outside is ever opened."""

    followed = Signal(str)  # the name of the page that a link leads to

    def __init__(self) -> None:
        super().__init__()
        self._source = ""
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        scrolls_by_finger(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.anchorClicked.connect(self._lead)
        self.dress(theme.look())

    def show_page(self, title: str, text: str) -> None:
        """Show this Markdown from its beginning."""
        say_name(self, title)
        # a key stands in a cap, with a little room at its sides
        self._source = _CAP.sub("`\u00a0\\1\u00a0`", text)
        self._set(theme.look())
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def _lead(self, link: QUrl) -> None:
        if link.isRelative():
            self.followed.emit(link.path().removesuffix(".md"))

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002 - Qt's own
        """Nothing is fetched from anywhere."""
        return None

    def dress(self, look: Look) -> None:
        """Set the page anew in these letters and colours; the place in it is kept."""
        bar = self.verticalScrollBar()
        part = bar.value() / bar.maximum() if bar.maximum() else 0
        self._set(look)
        bar.setValue(round(part * bar.maximum()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A line is as long as there is room, and never too long to read."""
        super().resizeEvent(event)
        self._fit(theme.look())

    def _fit(self, look: Look) -> None:
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), look.px(_LINE)))

    # ------------------------------------------------ the link that has the ring

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """To the next link; it is seen from across the bed."""
        moved = super().focusNextPrevChild(forward)
        self._mark()
        return moved

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No link has the keyboard."""
        super().focusOutEvent(event)
        self.setExtraSelections([])

    def _mark(self) -> None:
        cursor, look = self.textCursor(), theme.look()
        marked = QTextEdit.ExtraSelection()
        marked.cursor = cursor
        marked.format.setBackground(look.colour("cta"))
        marked.format.setForeground(look.colour("on_cta"))
        self.setExtraSelections([marked] if cursor.hasSelection() and self.hasFocus() else [])

    # ------------------------------------------------ setting

    def _set(self, look: Look) -> None:
        page = self.document()
        page.setDefaultFont(look.font("body"))
        page.setDocumentMargin(look.px(tokens.S4))
        page.setIndentWidth(look.px(tokens.S6))
        self.setMarkdown(self._source)
        cursor = QTextCursor(page)
        block = page.begin()
        while block.isValid():
            self._set_block(cursor, block, look)
            block = block.next()
        self._fit(look)

    def _set_block(self, cursor: QTextCursor, block: QTextBlock, look: Look) -> None:
        level = block.blockFormat().headingLevel()
        made = QTextBlockFormat()
        follows = block.previous().textList() is not None and block.textList() is None
        after = tokens.S2 if follows else 0  # what follows a list stands apart from it
        made.setTopMargin(look.px(tokens.S6 if level > 1 else after))
        made.setBottomMargin(look.px(tokens.S1 if block.textList() is not None else tokens.S2))
        made.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(made)
        for fragment in _fragments(block):
            cursor.setPosition(fragment.position())
            cursor.setPosition(
                fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor
            )
            cursor.mergeCharFormat(_format(fragment.charFormat(), level, look))


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """The pieces of a block that look alike, listed before any of them is changed."""
    found = []
    piece = block.begin()
    while not piece.atEnd():
        found.append(piece.fragment())
        piece += 1
    return found


def _format(was: QTextCharFormat, level: int, look: Look) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(look.colour("text"))
    if level:
        made.setFont(look.font(_LETTERS.get(level, "body"), tokens.SEMIBOLD))
    elif was.fontFixedPitch():
        made.setFontFamilies([fonts.FAMILY])
        made.setFontFixedPitch(False)
        made.setFontWeight(QFont.Weight.Medium)
        made.setBackground(look.colour("raised"))
    elif was.fontWeight() > QFont.Weight.Normal:
        made.setFontWeight(QFont.Weight(tokens.SEMIBOLD))
    if was.isAnchor():
        made.setForeground(look.colour("accent_text"))
        made.setFontUnderline(True)
    return made
