"""Keeps the signing library off the network: it may not bring a web client into the program.

pyHanko imports aiohttp to fetch timestamps and revocation lists, which KetaChart never asks for.
An inert stand-in takes its place: nothing can be fetched, and half the start-up time is saved.
"""

import logging
import sys
from types import ModuleType

_WEB_CLIENT = "aiohttp"
_TALKATIVE = ("pyhanko", "pyhanko_certvalidator")


class NoNetwork(Exception):
    """Something tried to reach the network; nothing left this machine."""

    def __init__(self) -> None:
        super().__init__("KetaChart signs and verifies without a network.")


class _Nothing(Exception):
    """Stands where a class of the web client would; an exception, since some are caught."""

    def __init__(self, *_: object, **__: object) -> None:
        raise NoNetwork


class _InertModule(ModuleType):
    """Whatever is asked of it is a class that cannot be made."""

    def __getattr__(self, name: str) -> type[_Nothing]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing


def keep_offline() -> None:
    """Call before every import of pyHanko; calling it again does nothing more.

    Also silences pyHanko's log, which would put names and tracebacks on the terminal. Raises
    NoNetwork where the real web client is already in the program.
    """
    present = sys.modules.setdefault(_WEB_CLIENT, _InertModule(_WEB_CLIENT))
    if not isinstance(present, _InertModule):
        raise NoNetwork
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
        logger.propagate = False
