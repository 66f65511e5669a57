"""Takes the pictures of the guides: scenes of `shots`, made small enough to be kept."""

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TAKEN: Final = ROOT / "build" / "site-pictures"
KEPT: Final = ROOT / "docs" / "pictures" / "guide"
WINDOW: Final = (1366, 768)  # pixels of the window, an ordinary laptop's
LARGEST: Final = 80_000  # bytes of one picture
COLOURS: Final = (64, 48, 32, 24)  # fewer pixels would blur the letters and take more room


def listed() -> dict[str, tuple[str, str]]:
    """Each picture by its name: the scene, and the light that it is shown in."""
    file = Path(__file__).with_name("pictures.toml")
    told = tomllib.loads(file.read_text(encoding="utf-8"))["pictures"]
    return {name: (scene, theme) for name, (scene, theme) in told.items()}


def take(names: Iterable[str] = ()) -> None:
    """Plays the scenes, all or those of the pictures named, and keeps their pictures.

    Raises:
        KeyError: a picture or a scene of that name is not known.
        RuntimeError: a scene could not be played.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the first import of Qt
    from ketachart.storage import calibrate
    from ketachart.storage.kdf import STANDARD
    from tests.shot_camera import photograph
    from tests.shot_looks import Shown
    from tests.shot_stage import scenes
    from ui import app

    # as in the tests: nobody guesses here
    calibrate._measured_once = lambda: STANDARD  # noqa: SLF001
    application, known = app.application(), {scene.name: scene for scene in scenes()}
    TAKEN.mkdir(parents=True, exist_ok=True)
    for name in names or listed():
        scene, theme = listed()[name]
        look = Shown(theme, 1.0, WINDOW)
        told = photograph(application, known[scene], [look], TAKEN)
        if told["failed"]:
            raise RuntimeError(f"{scene}: {told['failed']}")
        size = _small(TAKEN / f"{scene}_{look.name}.png", KEPT / f"{name}.png")
        print(f"docs/pictures/guide/{name}.png: {size / 1000:.0f} kB", flush=True)
    for old in KEPT.glob("*.png"):
        if old.stem not in listed():
            old.unlink()


def _small(taken: Path, kept: Path) -> int:
    """The same pixels in as many colours as there is room for; returns the bytes of it."""
    from PIL import Image

    kept.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(taken) as whole:
        picture = whole.convert("RGB")
    for colours in COLOURS:
        few = picture.quantize(colours, dither=Image.Dither.NONE)
        few.save(kept, optimize=True)
        if kept.stat().st_size <= LARGEST:
            break
    return kept.stat().st_size
