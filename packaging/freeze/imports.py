"""Whether all that the program ever imports is in the frozen program, the lazy imports too."""

import ast
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import dev_setup
from freeze import frozen, rooms
from freeze.contents import own_modules
from freeze.names import SOURCE

# Asked for where they are there, and done without where they are not.
_WHERE_THERE: Final = {"pkcs11"}
_OF_OTHER_SYSTEMS: Final = {"winreg", "msvcrt", "_winapi", "fcntl", "pwd", "grp", "resource"}

_LISTING: Final = """
import sys
print(*sys.builtin_module_names, sep="\\n")
from PyInstaller.archive.readers import CArchiveReader
program = CArchiveReader(sys.argv[1])
for name, entry in program.toc.items():
    print(name)
    if entry[4] in "zZ":
        print(*program.open_embedded_archive(name).toc, sep="\\n")
"""


def check(held: set[str]) -> None:
    """See that no import of the program, at whatever depth, would fail in the frozen one.

    Raises:
        Stop: some would; they are named.
    """
    lost = sorted({name for name in imported_by(SOURCE) if not is_held(name, held)})
    if lost:
        raise dev_setup.Stop(
            f"The frozen program lacks what it imports: {', '.join(lost)}. See "
            "packaging/freeze/contents.py for what is left out."
        )


def is_held(name: str, held: set[str]) -> bool:
    """Say whether a module, or the module whose attribute it is, can be imported there."""
    return name in held or name.rpartition(".")[0] in held


def modules_in(folder: Path) -> set[str]:
    """Every module of a frozen folder: of its archive, its libraries and Python's own."""
    listing = subprocess.run(
        [str(rooms.frozen_python()), "-c", _LISTING, str(frozen.program(folder))],
        env={**os.environ, "PYTHONPATH": str(rooms.packages_of(rooms.TOOLS))},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    held = {*listing.stdout.split()}
    inside = frozen.inside(folder)
    for file in inside.rglob("*"):
        if {".so", ".pyd"} & {*file.suffixes}:
            place = file.relative_to(inside).with_name(file.name.partition(".")[0])
            parts = [part for part in place.parts if not part.startswith("python3")]
            held.add(".".join(part for part in parts if part != "lib-dynload"))
    return held | _in_the_first_library(inside)


def _in_the_first_library(inside: Path) -> set[str]:
    """What Python needs before it can read its own archive lies in a library apart."""
    with zipfile.ZipFile(inside / "base_library.zip") as library:
        names = [name.removesuffix(".pyc").replace("/", ".") for name in library.namelist()]
    return {name.removesuffix(".__init__") for name in names}


def imported_by(root: Path) -> Iterator[str]:
    """Every module that KetaChart imports, in whatever function; ``from a import b`` as ``a.b``."""
    for module in own_modules(root):
        yield module
        file = root.joinpath(*module.split("."))
        source = (
            file.with_suffix(".py") if file.with_suffix(".py").is_file() else file / "__init__.py"
        )
        yield from imports_of(source.read_text("utf-8"))


def imports_of(source: str) -> Iterator[str]:
    """The modules that one source imports when it runs; what only a type checker reads is not."""
    for node in _run(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if _is_wanted(name.partition(".")[0]))


def _is_wanted(top: str) -> bool:
    if top in _WHERE_THERE:
        return False
    return top not in _OF_OTHER_SYSTEMS or (sys.platform == "linux" and top in {"fcntl", "pwd"})


def _run(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            for other in child.orelse:
                yield other
                yield from _run(other)
            continue
        yield child
        yield from _run(child)
