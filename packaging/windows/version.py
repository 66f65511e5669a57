"""What Windows shows of a program under Properties, Details."""

from typing import Final

_TEXT: Final = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", {company!r}),
      StringStruct("FileDescription", "KetaChart"),
      StringStruct("FileVersion", {version!r}),
      StringStruct("ProductName", "KetaChart"),
      StringStruct("ProductVersion", {version!r}),
      StringStruct("Comments", {note!r})])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])])
  ]
)
"""


def told(version: str, company: str, note: str) -> str:
    """The text that PyInstaller reads it from."""
    numbers = (*(int(part) for part in version.split(".")), 0)
    return _TEXT.format(numbers=numbers, version=version, company=company, note=note)
