"""Writes PDF by hand, the way a forger does: objects, tables and trailers that need not be true."""

import re


def body_of(pdf, number):
    """The newest object of that number, as it stands between obj and endobj."""
    found = list(re.finditer(rb"(?<![0-9])%d 0 obj\s(.*?)\sendobj" % number, pdf, re.DOTALL))
    return found[-1][1]


def stream(content, entries=b""):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def words(text):
    """What a page is told to show."""
    return stream(b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % text)


def last_table(pdf):
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])


def saved_again(pdf, objects, **other):
    """The file with a revision after it; ``objects`` by number, b"" where one is taken away.

    ``root`` and ``previous`` replace what the trailer says, ``table`` the table itself; ``end``
    what closes the file.
    """
    out, rows = bytearray(pdf), b""
    for number, body in objects.items():
        row = b"%010d 00000 n " % len(out) if body else b"0000000000 00001 f "
        rows += b"%d 1\n%s\n" % (number, row)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body) if body else b""
    at = len(out)
    out += other.get("table", b"xref\n" + (rows or b"0 0\n"))
    root = other.get("root", re.findall(rb"/Root (\d+ 0 R)", pdf)[-1])
    info = re.findall(rb"/Info (\d+ 0 R)", pdf)[-1]
    trailer = b"trailer\n<< /Size 2000 /Root %s /Info %s /Prev %d /ID [<00> <00>] >>\n" % (
        root,
        info,
        other.get("previous", last_table(pdf)),
    )
    out += other.get("trailer", trailer)
    out += other.get("end", b"startxref\n%d\n%%%%EOF\n" % at)
    return bytes(out)
