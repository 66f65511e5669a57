"""What a release is made of: its names, what goes into it and what stays out, its licences."""

import json
import plistlib
import re
import sys
import tarfile
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

import dev_setup
from ui.line import parser

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
ENDINGS = ("keta", "ketacard", "ketachart-update")  # of the files that KetaChart makes and reads
PARTS = (
    *("smoke", "freeze.archive", "freeze.bill", "freeze.contents", "freeze.differing"),
    *("freeze.imports", "freeze.licences", "freeze.names", "freeze.parts", "linux.deb"),
    *("linux.man", "macos.bundle", "windows.version"),
)


@pytest.fixture(scope="module")
def tool():
    """The modules that make a release; their folder is no package."""
    sys.path.insert(0, str(PACKAGING))
    yield SimpleNamespace(**{name.rpartition(".")[2]: import_module(name) for name in PARTS})
    sys.path.remove(str(PACKAGING))


@pytest.fixture(scope="module")
def release(tool):
    return tool.names.Release.of_this_checkout()


# ---------------------------------------------------------------- names


def test_a_release_is_named_by_version_system_and_machine_and_made_of_the_last_commit(release):
    assert re.fullmatch(r"ketachart-\d+\.\d+\.\d+-linux-(x86_64|aarch64)", release.name)
    assert re.fullmatch(r"ketachart_\d+\.\d+\.\d+_(amd64|arm64)\.deb", release.deb)
    assert re.fullmatch("[0-9a-f]{12}", release.commit)
    assert release.settings["SOURCE_DATE_EPOCH"] == str(release.epoch)
    assert f"{release.made:%Y-%m-%d}" in release.note
    assert release.commit in release.note


@pytest.mark.parametrize("source", ["", '__version__ = "1.0"', '__version__ = "1.0.0rc1"', "x = 1"])
def test_a_version_that_is_not_three_numbers_makes_no_release(tool, source):
    with pytest.raises(dev_setup.Stop, match="three numbers"):
        tool.names.version_in(source)


@pytest.mark.parametrize(
    ("told", "machine"), [("AMD64", "x86_64"), ("x86_64", "x86_64"), ("arm64", "aarch64")]
)
def test_every_system_calls_its_machine_otherwise(tool, told, machine):
    assert tool.names.machine_of(told) == machine


def test_there_is_no_release_for_a_machine_nobody_tried(tool):
    with pytest.raises(dev_setup.Stop, match="riscv64"):
        tool.names.machine_of("riscv64")


# ---------------------------------------------------------------- what goes in


KEPT = [
    ("PySide6/Qt/plugins/platforms/libqxcb.so", "/x/site-packages/a", "BINARY"),
    ("PySide6/plugins/platforms/qwindows.dll", "C:/x/site-packages/a", "BINARY"),
    ("PySide6/Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so", "/", "B"),
    ("PySide6/Qt/translations/qtbase_es.qm", "/x/site-packages/a", "DATA"),
    ("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0", "BINARY"),
    ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", "BINARY"),
    ("resources/locale/es/LC_MESSAGES/ketachart.mo", "/x/resources", "DATA"),
    ("python3.11/lib-dynload/_ssl.so", "/usr/lib/python3.11/lib-dynload/_ssl.so", "EXTENSION"),
]
OUT = [
    ("PySide6/Qt/plugins/platforms/libqeglfs.so", "/x/site-packages/a", "BINARY"),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/x/site-packages/a", "BINARY"),
    ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "/x/site-packages/a", "BINARY"),
    ("PySide6/Qt/plugins/imageformats/libqjpeg.so", "/x/site-packages/a", "BINARY"),
    ("PySide6/Qt/translations/qtbase_de.qm", "/x/site-packages/a", "DATA"),
    ("libX11.so.6", "/usr/lib/x86_64-linux-gnu/libX11.so.6", "BINARY"),
    ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", "BINARY"),
    ("resources/locale/es/LC_MESSAGES/ketachart.po", "/x/resources", "DATA"),
    ("click-8.5.1.dist-info/RECORD", "/x/site-packages/click", "DATA"),
]


def test_the_window_gets_what_it_needs_of_qt_and_of_the_system_and_no_more(tool):
    assert [entry for entry in KEPT if not tool.contents.is_kept(entry)] == []
    assert [entry for entry in OUT if tool.contents.is_kept(entry)] == []


def test_a_library_comes_along_only_where_something_is_linked_with_it(tool):
    linked = {"/m": ["libone.so"], "/one": ["libtwo.so"], "/three": ["libone.so"]}
    files = [
        ("a/module.so", "/m", "EXTENSION"),
        ("a/libone.so", "/one", "BINARY"),
        ("a/libtwo.so", "/two", "BINARY"),
        ("a/libthree.so", "/three", "BINARY"),
    ]
    kept, left = tool.contents.needed(files, lambda source: linked.get(source, []))
    assert [entry[0] for entry in kept] == ["a/module.so", "a/libone.so", "a/libtwo.so"]
    assert [entry[0] for entry in left] == ["a/libthree.so"]


def test_a_link_to_what_stayed_out_stays_out_too(tool):
    links = [("libone.so", "a/libone.so", "SYMLINK"), ("libtwo.so", "a/libtwo.so", "SYMLINK")]
    kept = tool.contents.without_loose_ends(links, [("a/libone.so", "/one", "BINARY")])
    assert [entry[0] for entry in kept] == ["libone.so"]


def test_every_module_is_shipped_but_those_that_only_a_developer_opens(tool):
    modules = tool.contents.own_modules(ROOT)
    assert {"ketachart.commands.line", "ui.warming", "ui.forms", "ui.demo", "ui.line"} <= {*modules}
    assert not [name for name in modules if "gallery" in name or name.startswith("tests")]


def test_nothing_that_the_program_imports_is_left_out(tool):
    names = "|".join(re.escape(name) for name in tool.contents.LEFT_OUT)
    asked = re.compile(rf"^ *(?:import|from) (?:{names})(?![\w.])", re.MULTILINE)
    sources = [file for top in tool.contents.OWN for file in (ROOT / top).rglob("*.py")]
    assert len(sources) > 500
    found = {str(file): asked.findall(file.read_text("utf-8")) for file in sources}
    assert {file: what for file, what in found.items() if what} == {}


SOURCE = """
from typing import TYPE_CHECKING
import heavy
if TYPE_CHECKING:
    from never import run
else:
    import otherwise
def later():
    from lazy.deep import thing
    def deeper():
        import deepest.of_all
"""


def test_an_import_is_found_in_whatever_function_it_hides(tool):
    found = {*tool.imports.imports_of(SOURCE)}
    assert found >= {"heavy", "otherwise", "lazy.deep.thing", "deepest.of_all"}
    assert "never.run" not in found
    assert tool.imports.is_held("lazy.deep.thing", {"lazy.deep"})
    assert not tool.imports.is_held("deepest.of_all", {"lazy.deep"})


# ---------------------------------------------------------------- licences and bill


def test_every_package_that_is_run_has_the_text_of_its_licence(tool):
    packages = Path(dev_setup.__file__).parent / ".venv"
    (place, *_) = packages.glob("lib/python3.*/site-packages")
    locked = set(
        re.findall("^([a-z0-9.-]+)==", (PACKAGING / "run.lock").read_text("utf-8"), re.MULTILINE)
    )
    parts = [
        part
        for part in tool.parts.distributions(place)
        if re.sub(r"[-_.]+", "-", part.name).lower() in locked
    ]
    assert len(parts) > 30
    told = tool.licences.notices("1.0.0", [*parts, *tool.licences.bundled()])
    for words in (
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "SIL OPEN FONT LICENSE",
        "pikepdf",
        "Lucide",
    ):
        assert words in told
    assert str(Path.home()) not in told


def test_a_part_without_a_licence_stops_the_release_by_its_name(tool):
    with pytest.raises(LookupError, match="mystery"):
        tool.licences.notices("1.0.0", [tool.parts.Part("mystery", "1", "", ())])


def test_the_bill_lists_what_is_frozen_and_what_came_from_elsewhere_and_no_more(tool):
    told = {
        "components": [{"name": "click", "bom-ref": "click"}, {"name": "pip", "bom-ref": "pip"}],
        "dependencies": [
            {"ref": "root-component", "dependsOn": ["click", "pip"]},
            {"ref": "click", "dependsOn": ["pip"]},
            {"ref": "pip"},
        ],
    }
    other = {"name": "libffi8", "bom-ref": "other-libffi8"}
    kept = tool.bill.narrowed(told, {"click"}, [other])
    assert [part["name"] for part in kept["components"]] == ["click", "libffi8"]
    assert "pip" not in json.dumps(kept)
    assert kept["dependencies"][0] == {"ref": "root-component", "dependsOn": ["click"]}


# ---------------------------------------------------------------- packed


def test_the_same_folder_packs_to_the_same_bytes_of_nobody(tool, tmp_path):
    folder = tmp_path / "ketachart-1.0.0"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "file").write_text("words", "utf-8")
    (folder / "link").symlink_to("a/file")
    files = [tmp_path / "one.tar.gz", tmp_path / "two.tar.gz"]
    for file in files:
        tool.archive.pack(folder, file, 1_700_000_000)
        (folder / "a" / "file").touch()
    assert tool.differing.same(*files)
    with tarfile.open(files[0]) as packed:
        entries = packed.getmembers()
    assert {(e.uid, e.gid, e.uname, e.mtime) for e in entries} == {(0, 0, "root", 1_700_000_000)}
    assert entries[-1].linkname == "a/file"


def test_what_differs_between_two_releases_is_named(tool, tmp_path):
    for name, words in (("one", "same"), ("two", "same")):
        (tmp_path / name / "inside").mkdir(parents=True)
        (tmp_path / name / "inside" / "file").write_text(words, "utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    assert "byte for byte" in tool.differing.told(one, two, [])
    (two / "inside" / "file").write_text("else", "utf-8")
    assert "inside/file" in tool.differing.told(one, two, [])


# ---------------------------------------------------------------- Linux


def test_the_package_says_what_it_is_and_asks_for_what_does_not_come_along(tool, release):
    linked = "libssl3 (>= 3.0.3), libc6 (>= 2.36), libx11-6"
    depends = tool.deb.tidied(linked, {"libssl3"})
    assert depends == "libc6 (>= 2.36), libegl1, libgl1, libx11-6"
    control = tool.deb.control_file(release, depends, 170_000)
    fields = dict(re.findall(r"^([A-Z][\w-]*): (.*)$", control, re.MULTILINE))
    assert fields["Package"] == "ketachart"
    assert fields["Version"] == release.version
    assert fields["Depends"] == depends
    assert fields["Installed-Size"] == "170000"
    assert control.endswith("\n")
    assert all(len(line) <= 80 for line in control.splitlines() if not line.startswith("Depends"))


def test_the_manual_page_has_every_command_with_what_it_says_of_itself(tool, release):
    line = parser()
    page = tool.man.page(line, release.version, release.made)
    commands = [*tool.man.commands_of(line)]
    assert {"verify", "report", "window", "demo"} <= {name for name, _, _ in commands}
    for name, said, _ in commands:
        assert f".SS {name}\n" in page
        assert said.replace("-", r"\-")[1:20] in page
    assert not [row for row in page.splitlines() if row.startswith(("'", ". "))]


def test_menu_and_kinds_of_files_say_what_the_program_opens(tool):
    entry = (PACKAGING / "linux" / "ketachart.desktop").read_text("utf-8")
    fields = dict(row.split("=", 1) for row in entry.splitlines() if "=" in row)
    assert fields["Exec"].split()[0] in tool.deb.PROGRAMS
    assert fields["Terminal"] == "false"
    assert fields["Name"] == "KetaChart"
    kinds = (PACKAGING / "linux" / "ketachart.xml").read_text("utf-8")
    assert re.findall(r'pattern="([^"]+)"', kinds) == [f"*.{end}" for end in ENDINGS]


@pytest.mark.parametrize(
    ("left", "strange"),
    [
        ("home/nurse/.local/share/ketachart/ledger.db", False),
        ("home/nurse/visit/report.pdf", False),
        ("var/lib/dpkg/status-old", False),
        ("opt/ketachart", True),
        ("usr/share/mime/packages/ketachart.xml", True),
        ("home/nurse/.config/KetaChart.conf", True),
        ("home/nurse/.config/QtProject.conf", False),
    ],
)
def test_after_it_is_removed_only_ledger_and_report_may_be_left(tool, left, strange):
    assert tool.smoke.strangers([left]) == ([left] if strange else [])


# ---------------------------------------------------------------- Windows and macOS


def test_every_file_that_the_installer_for_windows_names_is_one_that_the_build_makes():
    script = (PACKAGING / "windows" / "ketachart.iss").read_text("utf-8")
    told = set(re.findall(r"\{#(\w+)\}", script))
    build = (PACKAGING / "windows" / "build.ps1").read_text("utf-8")
    assert told == set(re.findall(r"/D(\w+)=", build))
    assert set(re.findall(r"\{app\}\\([\w.-]+\.exe)", script)) == {"ketachart-window.exe"}
    assert re.findall(r"Classes\\\.([\w-]+)", script) == ["ketachart-update", "ketacard", "keta"]
    assert "PrivilegesRequired=lowest" in script
    assert script.count("{") == script.count("}") + script.count("{{")
    assert {"en.", "es."} == set(re.findall(r"^(en\.|es\.)", script, re.MULTILINE))


def test_windows_is_told_the_version_as_numbers_and_of_what_it_was_made(tool):
    told = tool.version.told("1.0.12", "Somebody's", "built on a day")
    assert "filevers=(1, 0, 12, 0)" in told
    assert '"Somebody\'s"' in told
    compile(told, "version.txt", "eval")


def test_the_application_for_macos_says_what_it_opens_and_asks_for_nothing(tool):
    told = plistlib.loads(plistlib.dumps(tool.bundle.info("1.0.0")))
    endings = [
        ending
        for kind in told["UTExportedTypeDeclarations"]
        for ending in kind["UTTypeTagSpecification"]["public.filename-extension"]
    ]
    assert endings == [*ENDINGS]
    assert told["CFBundleExecutable"] == "ketachart-window"
    assert not [name for name in told if name.endswith("UsageDescription")]
    allowed = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert not [name for name in allowed if "network" in name or "device" in name]


def test_what_is_frozen_is_read_as_python_on_every_system():
    source = (PACKAGING / "freeze" / "ketachart.spec").read_text("utf-8")
    compile(source, "ketachart.spec", "exec")
    for name in re.findall(r'"packaging" / "(\w+)" / "([\w.]+)"', source):
        assert (PACKAGING / Path(*name)).is_file(), name
