"""Takes one scene's pictures in all its looks, measures every text in them, and keeps the tiles."""

import time
import traceback
from json import dumps

from tests import shot_accepted as accepted
from tests.shot_looks import languages, wear
from tests.shot_stage import scratch, settle


class Camera:
    """Looks at the window that a scene shows; called once, when the scene is played."""

    def __init__(self, app, scene, looks, out):
        self._app, self._scene, self._out = app, scene, out
        self._looks = [look for look in looks if look.language in languages()]
        self._known = accepted.read(accepted.ACCEPTED / f"{scene.name}.tiles")
        self._look = looks[0]
        self._tiles, self.pictures, self._seen = {}, [], set()

    def place(self):
        """A folder for the scene, under the same path in every run."""
        return scratch(self._scene.name)

    def __call__(self, window):
        """Every look of it; where chart and actions take turns, both of them."""
        for look in self._looks:
            wear(self._app, window, look)
            self._take(window, look, "")
            if _takes_turns(window):
                window.act("turn")
                settle(self._app)
                self._take(window, look, "_turned")
                window.act("turn")
                settle(self._app)
        wear(self._app, window, self._looks[0])

    def each(self, play, window=None):
        """Plays something in each look that looks at itself with ``as_it_is``: a question."""
        for look in self._looks:
            self._look = look
            wear(self._app, window, look)
            play()

    def as_it_is(self, widget):
        """A picture in the look that stands; the widget keeps its size."""
        settle(self._app)
        self._take(widget, self._look, "")

    def _take(self, window, look, side):
        name = f"{look.name}{side}"
        self._seen |= seen(window)
        faults = self._faults(window)  # first: the window may have to come to rest for it
        image = window.grab().toImage()
        file = f"{self._scene.name}_{name}.png"
        image.save(str(self._out / file))
        tiles = accepted.tiles_of(image)
        self._tiles[name] = (image.width(), image.height(), tiles)
        picture = {"file": file, "theme": look.theme, "scale": round(look.scale * 100)}
        picture |= {"size": "x".join(map(str, look.size)), "language": look.language}
        picture |= {"changed": 0, "new": name not in self._known, "cut": faults}
        picture["faint"] = self._faint(window, look)
        if not picture["new"]:
            wide, high, before = self._known[name]
            same = (wide, high) == (image.width(), image.height())
            numbers = accepted.changed(before if same else b"", tiles)
            picture["changed"] = len(numbers)
            if numbers:
                picture["marked"] = file.replace(".png", "_marked.png")
                accepted.mark(image, numbers).save(str(self._out / picture["marked"]))
        self.pictures.append(picture)

    def _faults(self, window):
        """What is cut once it is at rest: sizes travel a layout at a time."""
        from tests.helpers.measuring import cut

        found = cut(window)
        for _ in range(4):
            if not found:
                break
            settle(self._app)
            found = cut(window)
        return found

    def _faint(self, window, look):
        """What is too faint to be read or, in a dim light, too bright, as it is painted."""
        from PySide6.QtWidgets import QApplication

        from tests.helpers import pixels

        image, written = pixels.picture_of(window)
        said = pixels.faint(window, image, written)
        if look.theme != "light":
            full = self._scene.module == "tests.shot_long" and look.scale == 2.0
            mean = pixels.MEAN_FULL if full else pixels.MEAN_DIM
            caret = pixels.place_of(QApplication.focusWidget(), window)
            said += pixels.too_bright(image, caret=caret, most_mean=mean)
        return said

    def keep(self, told):
        """What the page and a later ``--accept`` need."""
        file = self._out / f"{self._scene.name}.tiles"
        accepted.write(file, self._tiles, seen=self._seen)
        (self._out / f"{self._scene.name}.json").write_text(dumps(told), encoding="utf-8")


def seen(window):
    """What can be seen in it, by name: the screen, the sheet, and every kind of our widgets."""
    from PySide6.QtWidgets import QWidget

    from ui.forms.action_column import ActionColumn
    from ui.main_window import MainWindow

    shown = [w for w in [window, *window.findChildren(QWidget)] if w.isVisible()]
    names = {f"{type(w).__module__}.{type(w).__name__}" for w in shown}
    names = {name for name in names if name.startswith("ui.")}
    names |= {f"sheet {w.open_name}" for w in shown if isinstance(w, ActionColumn) and w.open_name}
    if isinstance(window, MainWindow):
        names.add(f"screen {window._shown}")
    return names


def _takes_turns(window):
    from ui.screens.sides import Sides

    return any(sides.isVisible() for sides in window.findChildren(Sides))


def photograph(app, scene, looks, out):
    """Plays a scene and takes its pictures; what went wrong is told, not raised."""
    began, camera, failed = time.monotonic(), Camera(app, scene, looks, out), ""
    for old in out.glob(f"{scene.name}_*.png"):
        old.unlink()
    try:
        scene.take(app, camera)
    except Exception:  # noqa: BLE001 - one scene that fails must not cost the others
        failed = traceback.format_exc()
    told = {"name": scene.name, "room": scene.module.removeprefix("tests.shot_")}
    told |= {"pictures": camera.pictures, "failed": failed}
    told |= {"seconds": round(time.monotonic() - began, 1)}
    camera.keep(told)
    return told
