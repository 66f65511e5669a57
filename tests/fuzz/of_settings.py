"""What a laptop remembers beside the ledger, in clear; and the veil's PIN in it."""

import json
from types import SimpleNamespace

from ketachart.charting import veil_pin, vigil
from ketachart.clock import SetClock
from tests.fuzz.target import Target, room
from tests.storage.making import START
from ui import crash, preferences


def _preferences(content: bytes) -> None:
    with room() as folder:
        (folder / preferences.FILE).write_bytes(content)
        kept = preferences.read(folder)
        preferences.write(folder, kept)
        assert preferences.read(folder) == kept


def _preferences_seed() -> tuple[bytes, ...]:
    with room() as folder:
        told = preferences.Preferences(theme="light", scale=1.25, last_staff="n-1")
        preferences.write(folder, told)
        return ((folder / preferences.FILE).read_bytes(),)


def _stamps(content: bytes) -> None:
    clock = SetClock(START)
    with room() as folder:
        (folder / vigil.FILE).write_bytes(content)
        for stamp in vigil.read(folder).values():
            assert stamp.at <= clock.now() or stamp.at > clock.now()
        vigil.write(folder, "visit-1", vigil.Stamp(clock.now(), shut=False))
        assert "visit-1" in vigil.read(folder)


def _stamps_seed() -> tuple[bytes, ...]:
    told = {"visit-1": [START.isoformat(), False], "visit-0": [START.isoformat(), True]}
    return (json.dumps(told).encode(),)


def _last_words(content: bytes) -> None:
    said: list[object] = []
    notices = SimpleNamespace(say=lambda *words: said.append(words))
    with room() as folder:
        (folder / crash.FILE).write_bytes(content)
        crash._show_last(SimpleNamespace(notices=notices), folder / crash.FILE)


class _Kept:
    """A ledger that keeps one setting."""

    def __init__(self, kept: str) -> None:
        self._kept = kept
        person = SimpleNamespace(staff_id="n-1")
        self.unwrapped = SimpleNamespace(person=person, practice=True)

    def setting(self, _key: str) -> str:
        return self._kept

    def put_setting(self, _key: str, value: str) -> None:
        self._kept = value


def _pin(content: bytes) -> None:
    pin = veil_pin.VeilPin(_Kept(content.decode("utf-8", "replace")))
    if pin.tries_left():
        pin.check("4825")


def _pin_seed() -> tuple[bytes, ...]:
    return (veil_pin.VeilPin(_Kept("")).locked("4825").encode(),)


TARGETS = (
    Target(
        name="preferences",
        form="json",
        seeds=_preferences_seed,
        door=_preferences,
        in_suite=40,
    ),
    Target(name="open visits", form="json", seeds=_stamps_seed, door=_stamps, in_suite=40),
    Target(name="last words", form="text", seeds=lambda: (b"ValueError\n",), door=_last_words),
    Target(name="veil's PIN", form="json", seeds=_pin_seed, door=_pin, in_suite=20),
)
