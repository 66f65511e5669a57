"""Writes what the program is made of as a CycloneDX bill of materials, and has it judged."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import dev_setup
from freeze import rooms
from freeze.names import ROOT, Release
from freeze.parts import Part

SPECIFICATION: Final = "1.6"
_JUDGE: Final = f"""
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
wrong = JsonStrictValidator(SchemaVersion.V{SPECIFICATION.replace(".", "_")}).validate_str(
    open(sys.argv[1], encoding="utf-8").read())
sys.exit(str(wrong) if wrong else 0)
"""


def write(release: Release, frozen: Iterable[Part], others: Iterable[Part], into: Path) -> None:
    """Write the bill of a release: what of the lock is frozen, and what came from elsewhere.

    Raises:
        Stop: the tool failed, or its bill is not as its specification says.
    """
    words = [
        str(rooms.tools_python()),
        "-m",
        "cyclonedx_py",
        "environment",
        "--output-reproducible",
    ]
    words += ["--mc-type", "application", "--pyproject", str(ROOT / "pyproject.toml")]
    words += ["--spec-version", SPECIFICATION, "-o", str(into), str(rooms.frozen_python())]
    dev_setup.must(words, failing="What is inside could not be listed.", **release.settings)
    told = json.loads(into.read_text("utf-8"))
    kept = narrowed(told, {part.name for part in frozen}, [_component(part) for part in others])
    kept["metadata"]["component"]["version"] = release.version
    into.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    judge(into)


def judge(bill: Path) -> None:
    """Hold a bill against the schema of its specification.

    Raises:
        Stop: it is not as the schema says.
    """
    dev_setup.must(
        [str(rooms.tools_python()), "-c", _JUDGE, str(bill)],
        failing="The bill of materials is not as CycloneDX says.",
    )


def narrowed(
    told: dict[str, Any], frozen: set[str], others: list[dict[str, Any]]
) -> dict[str, Any]:
    """The bill of an environment, with what of it is frozen and what came from elsewhere."""
    components = [part for part in told["components"] if part["name"] in frozen] + others
    known = {part["bom-ref"] for part in components} | {"root-component"}
    links = [
        {**link, "dependsOn": [ref for ref in link.get("dependsOn", []) if ref in known]}
        for link in told["dependencies"]
        if link["ref"] in known
    ]
    links += [{"ref": part["bom-ref"]} for part in others]
    return {**told, "components": components, "dependencies": [_tidy(link) for link in links]}


def _tidy(link: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in link.items() if value}


def _component(part: Part) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "library", "name": part.name, "bom-ref": f"other-{part.name}"}
    if part.version:
        made["version"] = part.version
    if part.package:
        made["purl"] = f"pkg:deb/debian/{part.package}@{part.version}"
    return made


def components_in(bill: Path) -> int:
    """How many parts a bill lists."""
    return len(json.loads(bill.read_text("utf-8"))["components"])
