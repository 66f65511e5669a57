"""KetaChart talks to nobody: there is nothing in it that could."""

import re
import socket
import urllib.request
from pathlib import Path

import pytest

from ketachart.charting import updating
from tests.helpers.network import trap
from tests.update import making

ROOT = Path(__file__).resolve().parent.parent
NETWORK = {
    "aiohttp", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "websockets", "xmlrpc",
    "QtNetwork", "QtWebSockets", "QtWebEngineCore", "QtWebEngineWidgets", "QtHttpServer",
}  # fmt: skip
SOURCES = sorted([*(ROOT / "ketachart").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])

FROM = re.compile(r"^\s*from\s+([\w.]+)\s+import\s+([^\n]*)", re.MULTILINE)
PLAIN = re.compile(r"^\s*import\s+([^\n]*)", re.MULTILINE)


def reached(source):
    """What reaches a network among all that a program imports, at its head or in a function."""
    found = set()
    for module, names in FROM.findall(source):
        found.add(module.partition(".")[0])
        if module.startswith("PySide6"):
            found |= set(re.findall(r"\w+", f"{module} {names}"))
    for names in PLAIN.findall(source):
        for name in names.split(","):
            parts = name.split()[0].split(".")
            found |= set(parts) if parts[0] == "PySide6" else {parts[0]}
    return found & NETWORK


def test_no_part_of_the_program_imports_what_reaches_a_network():
    assert len(SOURCES) > 500
    told = {path.name: reached(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {name: what for name, what in told.items() if what} == {}


@pytest.mark.parametrize(
    "line",
    ["import urllib.request", "from http import client", "from PySide6 import QtCore, QtNetwork",
     "def f():\n    import socket", "from PySide6.QtNetwork import QTcpSocket", "import os, ssl"],
)  # fmt: skip
def test_an_import_anywhere_would_be_seen(line):
    assert reached(f"import os\n{line}\n")


def test_what_is_opened_outside_of_it_is_a_folder_of_this_laptop():
    opened = [
        line.strip()
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if "openUrl(" in line
    ]
    assert opened
    assert [line for line in opened if "QUrl.fromLocalFile(" not in line] == []


# What runs is watched as well: a whole visit in tests/ui/test_whole_visit.py, and here an update.


def test_the_trap_sees_whoever_reaches_for_a_network():
    with trap() as reached:
        socket.socket(socket.AF_INET).close()
        socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()
        socket.socket(socket.AF_UNIX).close()  # the laptop's own: a bus, a screen reader
        with pytest.raises(pytest.fail.Exception):
            urllib.request.urlopen("http://192.0.2.1/")
    assert [event for event, _ in reached].count("socket.__new__") >= 2
    assert "urllib.Request" in {event for event, _ in reached}
    socket.socket(socket.AF_INET).close()
    assert len(reached) <= 4  # and afterwards it is asleep


def test_an_update_is_looked_at_and_put_in_without_a_network(tmp_path, monkeypatch):
    monkeypatch.setattr("ketachart.update.keys.pinned", lambda: making.KEYS)
    monkeypatch.setattr("ketachart.update.unpacking._to_disk", lambda: None)
    laptop = making.Laptop(tmp_path / "laptop")
    with trap() as reached:
        path = making.made(laptop.stick)
        assert updating.look_at(path, making.BUILT, here=laptop.here()).why_not == ""
        laptop.update(path)
        assert laptop.starts() == "1.0.1"
        updating.left_over(laptop.folder, laptop.here("1.0.1"))
    assert reached == []
