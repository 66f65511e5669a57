"""The column of the signature: the report at a glance above it, where there is height for both."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.screens.preview_card import PreviewCard
from ui.widgets.boxes import Column

_BOTH_FROM = 540  # the height from which the picture of the first page finds room


class SignPanel(Column):
    """The picture gives way before anything that is typed or pressed does."""

    def __init__(self, cards: QWidget) -> None:
        super().__init__(gap=tokens.S3)
        self._preview: PreviewCard | None = None
        self._folded = False
        self._cards = cards
        self.add(cards, stretch=1)

    def take(self, preview: PreviewCard) -> None:
        """Put the preview above the signature."""
        self._preview = preview
        self.put_first(preview)
        self._fit()

    def fold(self) -> None:
        """Leave only the heading of the preview."""
        self._folded = True
        self._fit()

    def unfold(self) -> None:
        """Show the picture, where there is height."""
        self._folded = False
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether both find room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        preview = self._preview
        if preview is not None and preview.parentWidget() is self:
            high = self.height() >= theme.look().px(_BOTH_FROM)
            preview.page.setVisible(high and not self._folded)
