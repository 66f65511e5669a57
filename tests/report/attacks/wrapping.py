"""What a signature covers is moved, or what it says of it is forged.

Mladenov and others, 1 Trillion Dollar Refund: How To Spoof PDF Signatures (CCS 2019): signature
wrapping, universal signature forgery; here with the cases of each, and other lies of the bytes.
"""

import re
import zlib

from ketachart.report.verify_bytes import find_signatures
from tests.report.attacks import attack
from tests.report.attacks.raw import last_table, saved_again, stream, words
from tests.report.hostile_reports import blob_of, with_blob
from tests.report.signed_reports import countersigned, report, signed

_RANGE = re.compile(rb"/ByteRange \[[0-9 ]+\] *")


def _place(pdf):
    return find_signatures(pdf)[0][0]


def _ranged(value, *, name=b"/ByteRange", keep=True):
    """Another value in the note of what is covered; ``keep``: nothing after it moves."""
    found = _RANGE.search(signed())
    new = name + b" " + value
    return (
        signed()[: found.start()]
        + (new.ljust(len(found[0])) if keep else new)
        + signed()[found.end() :]
    )


def _held(value, *, keep=True):
    """Something else where the signature stood."""
    one = _place(signed())
    new = value.ljust(one.resumes - one.gap) if keep else value
    return signed()[: one.gap] + new + signed()[one.resumes :]


RANGES = {
    "missing": (b"", b"/Rangeless"),
    "null": (b"null", b"/ByteRange"),
    "empty": (b"[]", b"/ByteRange"),
    "all zero": (b"[0 0 0 0]", b"/ByteRange"),
    "negative": (b"[0 -1 -1 -1]", b"/ByteRange"),
    "three numbers": (b"[0 100 200]", b"/ByteRange"),
    "six numbers": (b"[0 10 20 30 40 50]", b"/ByteRange"),
    "fractions": (b"[0.0 100.0 200.0 300.0]", b"/ByteRange"),
    "gigantic": (b"[0 99999999999999999999 1 99999999999999999999]", b"/ByteRange"),
    "beyond the file": (b"[0 1 2 999999999]", b"/ByteRange"),
    "words": (b"(all of it)", b"/ByteRange"),
    "a name": (b"/All", b"/ByteRange"),
    "not from the start": (b"[1 100 200 300]", b"/ByteRange"),
    "the first part alone": (b"[0 100 0 0]", b"/ByteRange"),
    "its name written otherwise": (b"[0 1 2 3]", b"/Byte#52ange"),
}
HELD = {
    "null": b"null",
    "nothing": b"<>",
    "one zero byte": b"<00>",
    "empty words": b"()",
    "a number": b"0",
    "a reference": b"8 0 R",
    "zeros": b"<" + b"0" * 64 + b">",
    "odd digits": b"<308>",
    "other letters": b"<zz>",
}


def _wrapped(*, close=True):
    """The second part is moved to the end; what was in between lies in the gap now."""
    pdf, one = signed(), _place(signed())
    evil = words(b"Ketamine 0 mg")
    middle = b"\n/ByteRange [0 %d %%d %d]\n/Type /Sig >>\nendobj\n8 0 obj\n%s\nendobj\n" % (
        one.gap,
        one.end - one.resumes,
        evil,
    )
    head = pdf[: one.resumes]
    moved = len(head) + len(middle) + 4
    middle = middle.replace(b"%d", b"%06d") % moved
    wrapped = head + middle + pdf[one.resumes :]
    return wrapped if not close else saved_again(wrapped, {})


def _beside():
    """The covered bytes stay; the note of what is covered is told once more, in the gap."""
    pdf, one = signed(), _place(signed())
    extra = b"/ByteRange [0 %d %d %d] /Contents " % (one.gap, one.resumes, one.end - one.resumes)
    return pdf[: one.gap] + extra + pdf[one.gap :]


def _twice():
    pdf, one = signed(), _place(signed())
    return pdf[: one.gap] + b"<00>\n/Contents " + pdf[one.gap :]


def _first_again():
    """The same signature stands a second time, over an update of its own."""
    pdf, one = signed(), _place(signed())
    return saved_again(pdf, {8: words(b"0 mg"), 1900: pdf[one.gap - 12 : one.resumes + 60]})


def _nested(depth):
    return saved_again(signed(), {1900: b"[" * depth + b"]" * depth})


def _bomb():
    packed = zlib.compress(b"0" * 50_000_000, 9)
    return saved_again(signed(), {8: stream(packed, b"/Filter /FlateDecode")})


def _packed_table():
    """A table in a stream, of a size that fills the memory."""
    packed = zlib.compress(b"\1\0\0\0\0" * 10_000_000, 9)
    table = b"1900 0 obj\n%s\nendobj\n" % stream(
        packed, b"/Type /XRef /Size 9999999 /W [1 3 1] /Root 5 0 R /Filter /FlateDecode"
    )
    return saved_again(signed(), {}, table=table, trailer=b"")


def _swapped():
    """Two reports of one length, each with the signature of the other."""
    return with_blob(signed(), blob_of(_other()))


def _other():
    from tests.report.attacks.keys import other_signed

    return other_signed()


def _supervisors_elsewhere():
    """The supervisor's revision, cut off one file and put after another."""
    return _other() + countersigned()[len(signed()) :]


def _cut(pdf, end):
    return pdf[:end]


def _header_moved():
    return b"%PDF-1.4 an older one\n" + signed()


_MOVED = "BYTERANGE_POS BYTERANGE_GAP CONTENTS_NOT_IN_GAP NO_SIGNATURE HEADER"
_ENDS = "REVISION_COUNT COVERAGE TRAILING_BYTES"

ATTACKS = [
    *(
        attack(
            f"forgery: range {name}{'' if keep else ', the rest moved'}",
            lambda value=value, keep=keep: _ranged(value[0], name=value[1], keep=keep),
            _MOVED,
        )
        for keep in (True, False)
        for name, value in RANGES.items()
    ),
    *(
        attack(
            f"forgery: signature {name}{'' if keep else ', the rest moved'}",
            lambda value=value, keep=keep: _held(value, keep=keep),
            _MOVED + " CMS_SHAPE",
        )
        for keep in (True, False)
        for name, value in HELD.items()
    ),
    attack("wrapping 1: the second part moved", lambda: _wrapped(close=False), _MOVED),
    attack("wrapping 2: moved, and a table after it", _wrapped, _MOVED),
    attack("wrapping 3: the range told twice", _beside, _MOVED),
    attack("wrapping 4: the signature told twice", _twice, _MOVED),
    attack("wrapping 5: the signature again in an update", _first_again, _MOVED + " " + _ENDS),
    attack("signature of another file", _swapped, "DIGEST_MISMATCH", "changed after it was signed"),
    attack(
        "countersignature of another file",
        _supervisors_elsewhere,
        "DIGEST_MISMATCH BYTERANGE_POS",
    ),
    attack("deep nesting", lambda: _nested(50_000), "REVISION_COUNT"),
    attack("gigantic number", lambda: saved_again(signed(), {8: b"9" * 100_000}), "REVISION_COUNT"),
    attack("bomb in a page", _bomb, "REVISION_COUNT"),
    attack("bomb in a packed table", _packed_table, "REVISION_COUNT"),
    attack("cut in the middle", lambda: _cut(signed(), 2000), "NO_SIGNATURE BYTERANGE_POS"),
    attack("cut before the end", lambda: _cut(signed(), -1), "BYTERANGE_POS COVERAGE"),
    attack("never signed", report, "NO_SIGNATURE", "Nobody signed"),
    attack("another header before the file", _header_moved, "HEADER BYTERANGE_GAP"),
    attack("the file twice", lambda: signed() + signed(), _MOVED + " " + _ENDS),
    attack(
        "encryption named in the trailer",
        lambda: signed().replace(b"/Info 6 0 R\n/Root", b"/Encrypt 6 0 R /Root", 1),
        "DIGEST_MISMATCH BYTERANGE_POS BYTERANGE_GAP",
    ),
    attack(
        "the place of the table moved",
        lambda: signed().replace(b"startxref\n%d" % last_table(signed()), b"startxref\n9999"),
        "DIGEST_MISMATCH BYTERANGE_POS",
    ),
    attack("back to before the countersignature", lambda: countersigned()[: len(signed())], ""),
]
