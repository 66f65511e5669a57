"""Fuzzes one target in a process of its own: `python tests/fuzz/child.py TARGET FOLDER [options]`.

What it finds is kept in the folder; a file of it given in the place of the folder is tried once.
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FOLLOWED = ["ketachart", "ui"]


def mutator(form: str, fuzzer) -> Callable[[bytes, int, int], bytes]:
    """Half of all wounds suit the kind of the file, the others are libFuzzer's own."""
    from tests.fuzz.mutate import mutated

    def mutate(content: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.4:
            return fuzzer.Mutate(content, most)
        return mutated(form, content, chance)[:most]

    return mutate


def main(words: list[str]) -> None:
    """Fuzz until libFuzzer ends it; the exit code is libFuzzer's."""
    import atheris

    with atheris.instrument_imports(include=FOLLOWED, enable_loader_override=False):
        from tests.fuzz.table import TARGETS
        from tests.fuzz.target import knock
    name, place, *options = words
    target = TARGETS[name]
    folder = Path(place)
    if folder.is_dir():
        for number, seed in enumerate(target.seeds()):
            (folder / f"seed-{number}").write_bytes(seed)
    arguments = [sys.argv[0], str(folder), f"-max_len={target.longest}", *options]

    def once(content: bytes) -> None:
        knock(target, content)

    atheris.Setup(arguments, once, custom_mutator=mutator(target.form, atheris))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
