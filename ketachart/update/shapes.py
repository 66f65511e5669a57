"""What an update file says of itself, signed: which KetaChart, for which computers, its files."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, get_args

from ketachart.errors import CannotRead

FORMAT: Final = "ketachart-update-1"
SUFFIX: Final = ".ketachart-update"

System = Literal["linux", "windows", "macos"]
Machine = Literal["x86_64", "aarch64"]
PayloadKind = Literal["archive", "deb", "setup", "dmg"]
"""A folder in a .tar.gz, a Debian package, a Windows installer, a disk image for macOS."""

Version = tuple[int, int, int]

LONGEST_PAYLOAD: Final = 1 << 31
"""Bytes; ours have about 100 million, and FAT32 holds no file of more than 4 GiB."""
MOST_PAYLOADS: Final = 4
LONGEST_NOTES: Final = 4000
"""Letters of what is new, in each language."""

_VERSION: Final = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,119}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_COMMIT: Final = re.compile(r"[0-9a-f]{7,64}|")

BAD_LIST: Final = (
    "The list of what is in this update cannot be read. Nothing was changed: ask for a new one."
)
_LATER_FORMAT: Final = (
    "This update is made in a way that this KetaChart does not know yet. Nothing was changed: "
    "install the version that its makers name as the step between."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One file with a whole KetaChart in it; ``size`` in bytes, ``sha256`` hexadecimal."""

    name: str
    kind: PayloadKind
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateList:
    """What an update file says of itself.

    ``since`` is the oldest version that it can be put on, ``ledger`` the shape of the ledgers that
    it writes, ``key`` the mark of the key that signed; ``notes_en`` and ``notes_es`` say what is
    new, for those who chart.
    """

    version: str
    built_at: datetime
    commit: str
    system: System
    machine: Machine
    since: str
    ledger: int
    key: str
    notes_en: str
    notes_es: str
    payloads: tuple[Payload, ...]

    def as_bytes(self) -> bytes:
        """The list as it is signed."""
        told = {
            "format": FORMAT,
            "version": self.version,
            "built_at": self.built_at.isoformat(),
            "commit": self.commit,
            "system": self.system,
            "machine": self.machine,
            "since": self.since,
            "ledger": self.ledger,
            "key": self.key,
            "notes": {"en": self.notes_en, "es": self.notes_es},
            "payloads": [
                {"name": each.name, "kind": each.kind, "size": each.size, "sha256": each.sha256}
                for each in self.payloads
            ],
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()

    def payload(self, kind: PayloadKind) -> Payload | None:
        """The one of that kind, where there is one."""
        return next((each for each in self.payloads if each.kind == kind), None)


def version_of(text: str) -> Version:
    """A version as numbers that can be compared.

    Raises:
        ValueError: it is not three numbers, such as 1.0.1.
    """
    found = _VERSION.fullmatch(text)
    if found is None:
        raise ValueError(f"no version: {text!r}")
    first, second, third = (int(part) for part in found.groups())
    return first, second, third


def file_name(version: str, system: System, machine: Machine) -> str:
    """What an update file is called; its name is never trusted."""
    return f"KetaChart-{version}-{system}-{machine}{SUFFIX}"


def list_of(content: bytes) -> UpdateList:
    """The list, read back; only what is signed is handed in here.

    Raises:
        CannotRead: it is not as KetaChart's makers write it.
    """
    try:
        told = json.loads(content)
        if told["format"] != FORMAT:
            raise CannotRead(_LATER_FORMAT)
        made = _read(told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CannotRead(BAD_LIST) from error
    return made


def _read(told: dict[str, Any]) -> UpdateList:
    payloads = tuple(_payload(each) for each in told["payloads"])
    names, kinds = {each.name for each in payloads}, {each.kind for each in payloads}
    _require(0 < len(payloads) <= MOST_PAYLOADS and len(names) == len(kinds) == len(payloads))
    for version in (told["version"], told["since"]):
        version_of(version)
    return UpdateList(
        version=told["version"],
        built_at=_moment(told["built_at"]),
        commit=_text(told["commit"], _COMMIT),
        system=_one_of(told["system"], System),
        machine=_one_of(told["machine"], Machine),
        since=told["since"],
        ledger=_number(told["ledger"], 10_000),
        key=_text(told["key"], re.compile(r"[0-9a-f]{16}")),
        notes_en=_text(told["notes"]["en"][:LONGEST_NOTES]),
        notes_es=_text(told["notes"]["es"][:LONGEST_NOTES]),
        payloads=payloads,
    )


def _payload(told: dict[str, Any]) -> Payload:
    return Payload(
        name=_text(told["name"], _NAME),
        kind=_one_of(told["kind"], PayloadKind),
        size=_number(told["size"], LONGEST_PAYLOAD),
        sha256=_text(told["sha256"], _HASH),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    _require(moment.tzinfo is not None)
    return moment


def _number(value: object, most: int) -> int:
    if type(value) is not int or not 0 < value <= most:
        raise ValueError("no such number")
    return value


def _text(value: object, like: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or (like is not None and not like.fullmatch(value)):
        raise ValueError("no such text")
    return value


def _one_of(value: object, choices: Any) -> Any:  # noqa: ANN401 - one of a Literal's own
    _require(value in get_args(choices))
    return value


def _require(good: bool) -> None:  # noqa: FBT001 - one condition, said at the call
    if not good:
        raise ValueError("not as it is written")
