"""Writes a value as JSON in one way only, so that the same words always give the same hash."""

import hashlib
import json
from collections import deque
from typing import Final, NoReturn

# The clinic's protocol is a long text that every visit begins with: it is looked through once.
_LONG: Final = 10_000  # letters
_passed: Final[deque[bytes]] = deque(maxlen=8)  # the hashes of long texts that were found canonical


def canonical(value: object) -> str:
    """The one JSON text of ``value``: sorted keys, no spaces, letters as they are (not escaped).

    Allowed are texts, whole numbers, true, false, null, lists and mappings with text keys. A
    quantity travels as a decimal text with its unit; a float would change it without a word, and
    sqlite-utils turns a ``Decimal`` into a float (storage.md, section 1.2, trap 3).

    Raises:
        TypeError: a float, ``Decimal``, bytes or other value that JSON cannot hold exactly.
        ValueError: half of a surrogate pair, which no file can hold.
    """
    _refuse_inexact(value)
    text = spelled(value)
    text.encode("utf-8")
    return text


def spelled(value: object) -> str:
    """The same text for what came out of JSON without a float: there is nothing to refuse in it."""
    return _WRITER.encode(value)


def require_canonical(text: str) -> None:
    """Let only such a text pass as ``canonical`` writes.

    Raises:
        ValueError: it is no JSON, holds a float or NaN, repeats a key or is spelled otherwise.
    """
    if len(text) < _LONG:
        _look_through(text)
        return
    known = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    if known not in _passed:
        _look_through(text)
        _passed.append(known)


def _look_through(text: str) -> None:
    value = _READER.decode(text)
    # A repeated key is lost while reading, so the text written back is shorter and differs.
    if canonical(value) != text:
        raise ValueError("the body is not in its canonical form")


def _refuse_number(_number: str) -> NoReturn:
    raise ValueError("the body holds a number that is not whole")


# Made once: each entry is written and looked through while the nurse waits.
_WRITER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_READER: Final = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number)


def _refuse_inexact(value: object) -> None:
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key must be text, not {type(key).__name__}")
            _refuse_inexact(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_inexact(inner)
    else:
        raise TypeError(f"{type(value).__name__} cannot be kept exactly; write it as text")
