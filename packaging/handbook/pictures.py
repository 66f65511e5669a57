"""Takes the pictures of the guides: scenes of `shots` and pages of a report, few colours each."""

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from PIL import Image

ROOT: Final = Path(__file__).resolve().parents[2]
TAKEN: Final = ROOT / "build" / "site-pictures"
KEPT: Final = ROOT / "docs" / "pictures" / "guide"
WINDOW: Final = (1366, 768)  # pixels of the window, an ordinary laptop's
LARGEST: Final = 80_000  # bytes of one picture
PAPER_SCALE: Final = 1.6  # pixels for each point of the paper
PAPER_COLOURS: Final = (16, 10, 8, 6)
COLOURS: Final = (64, 48, 32, 24)  # fewer pixels would blur the letters and take more room


def screens() -> dict[str, tuple[str, str]]:
    """Each picture of a screen by its name: the scene, and the light that it is shown in."""
    return {name: (scene, theme) for name, (scene, theme) in _told()["pictures"].items()}


def papers() -> dict[str, tuple[str, int]]:
    """Each picture of a page by its name: the story whose report it is of, and which page."""
    return {name: (story, page) for name, (story, page) in _told()["papers"].items()}


def listed() -> set[str]:
    """The names of all pictures."""
    return {*screens(), *papers()}


def _told() -> dict[str, dict[str, list[Any]]]:
    return tomllib.loads(Path(__file__).with_name("pictures.toml").read_text(encoding="utf-8"))


def take(names: Iterable[str] = ()) -> None:
    """Takes all pictures, or those that are named, and removes those that nobody shows.

    Raises:
        KeyError: a scene of that name is not known.
        RuntimeError: a scene could not be played.
    """
    wanted = set(names) or listed()
    KEPT.mkdir(parents=True, exist_ok=True)
    _take_papers({name: told for name, told in papers().items() if name in wanted})
    _take_screens({name: told for name, told in screens().items() if name in wanted})
    for old in KEPT.glob("*.png"):
        if old.stem not in listed():
            old.unlink()


def _take_papers(wanted: dict[str, tuple[str, int]]) -> None:
    import pypdfium2

    from ketachart.commands import line

    for name, (story, number) in wanted.items():
        with TemporaryDirectory() as place:
            line.main(["replay", str(ROOT / f"tests/stories/{story}.jsonl"), "--out", place])
            with pypdfium2.PdfDocument(Path(place) / "report.pdf") as report:
                _keep(report[number - 1].render(scale=PAPER_SCALE).to_pil(), name, PAPER_COLOURS)


def _take_screens(wanted: dict[str, tuple[str, str]]) -> None:
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
    for name, (scene, theme) in wanted.items():
        look = Shown(theme, 1.0, WINDOW)
        told = photograph(application, known[scene], [look], TAKEN)
        if told["failed"]:
            raise RuntimeError(f"{scene}: {told['failed']}")
        with Image.open(TAKEN / f"{scene}_{look.name}.png") as whole:
            _keep(whole, name, COLOURS)


def _keep(taken: Image.Image, name: str, choices: tuple[int, ...]) -> None:
    """The same pixels in as many colours as there is room for."""
    kept, picture = KEPT / f"{name}.png", taken.convert("RGB")
    for colours in choices:
        picture.quantize(colours, dither=Image.Dither.NONE).save(kept, optimize=True)
        if kept.stat().st_size <= LARGEST:
            break
    print(f"docs/pictures/guide/{name}.png: {kept.stat().st_size / 1000:.0f} kB", flush=True)
