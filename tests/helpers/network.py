"""A trap for whatever reaches a network: every socket that Python opens is told, whoever asks."""

import socket
import sys
from contextlib import contextmanager

_INTERNET = {socket.AF_INET, socket.AF_INET6}
_NAMES = {
    "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo",
    "socket.getservbyname", "urllib.Request", "http.client.connect", "ftplib.connect",
    "smtplib.connect", "webbrowser.open",
}  # fmt: skip
_watching = []  # where what is reached is noted; a hook stays for good, so it is set once
_set = []


def _hook(event, arguments):
    if not _watching:
        return
    told = event in _NAMES
    if event == "socket.__new__":
        told = arguments[1] in _INTERNET
    elif event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        told = arguments[0].family in _INTERNET
    if told:
        for reached in _watching:
            reached.append((event, repr(arguments[1:])))


@contextmanager
def trap():
    """Everything that reached for a network meanwhile; nothing, where all is well."""
    if not _set:
        sys.addaudithook(_hook)
        _set.append(True)
    reached = []
    _watching.append(reached)
    try:
        yield reached
    finally:
        _watching.remove(reached)
