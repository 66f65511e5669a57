"""Pictures of the gallery: every widget in every state, and each once more with the keyboard."""

from tests.shot_stage import settle


def takes():
    """Each picture by its name, and how it is taken."""
    yield "gallery", lambda app, camera: _whole(app, camera, "Gallery")
    yield "gallery-rest", lambda app, camera: _whole(app, camera, "Rest")
    yield "gallery-focus", _focused


def _laid_out(app, name):
    from ui import gallery, theme

    made = getattr(gallery, name)()
    theme.clothe(made)
    made.resize(gallery.WIDTH, gallery.WIDTH)
    made.show()
    settle(app)
    made.resize(made.width(), made.heightForWidth(made.width()))
    settle(app)
    return made


def _whole(app, camera, name):
    """All of a page, as high as it is; made anew in each look."""

    def play():
        made = _laid_out(app, name)
        there = app.focusWidget()
        if there is not None:
            there.clearFocus()
        camera.as_it_is(made)
        made.close()
        made.deleteLater()

    camera.each(play)


def _focused(app, camera):
    """What takes the keyboard in the card of states, each with its ring, one below the other."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

    from tests.helpers.qt import reachable

    def play():
        made = _laid_out(app, "Rest")
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        kinds = set()
        for stop in reachable(made):
            kind = (type(stop).__name__, stop.height())
            if kind in kinds or stop.height() > 200:
                continue
            kinds.add(kind)
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            settle(app)
            label = QLabel()
            label.setPixmap(stop.grab())
            column.addWidget(label)
        made.close()
        made.deleteLater()
        sheet.show()
        camera.as_it_is(sheet)
        sheet.close()
        sheet.deleteLater()

    camera.each(play)
