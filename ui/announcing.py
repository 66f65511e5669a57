"""What a screen reader says of its own accord: an alert, a refusal, what was recorded.

Nothing of it is heard without one, and nothing of it is said of what lies under the veil.
"""

from PySide6.QtWidgets import QWidget

from ui.language import shown


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have this said, as soon as nothing else is; ``at_once`` breaks in on what is being read."""
    if not text or not widget.isVisible():
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not for the first paint

    said = QAccessibleAnnouncementEvent(widget, shown(text))
    if at_once:
        said.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(said)
