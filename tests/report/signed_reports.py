"""A small report, a clinic with its staff, and the report signed: made once, shared by tests."""

import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ketachart.report.authority import (
    Credential,
    OpenCredential,
    issue,
    make_authority,
    open_credential,
)
from ketachart.report.signing import countersign, sign

MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=-5)))
SIGNED_AT = datetime(2026, 3, 1, 13, 42, 7, tzinfo=timezone(timedelta(hours=-5)))
FEW = 1000  # rounds: hundreds of key files are opened here
SECRET = "correct horse battery"


def report(*, words: str = "Ketamine 41.25 mg delivered", pages: int = 2) -> bytes:
    """The same bytes every time."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1, pdfVersion=(1, 7))
    for number in range(pages):
        canvas.drawString(72, 700, f"{words}, page {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def clinic(name: str = "Northside Clinic") -> Credential:
    return _clinic(name)


@cache
def _clinic(name: str) -> Credential:
    return make_authority(clinic=name, passphrase=SECRET, now=MORNING, rounds=FEW)


def credential_of(
    name: str = "Jane Roe", staff_id: str = "RN-014", *, of: str = "Northside Clinic"
) -> Credential:
    return _credential_of(name, staff_id, of)


@cache
def _credential_of(name: str, staff_id: str, of: str) -> Credential:
    return issue(
        clinic(of),
        SECRET,
        name=name,
        staff_id=staff_id,
        credential="RN",
        clinic=of,
        passphrase=SECRET,
        now=MORNING,
        rounds=FEW,
    )


@cache
def nurse() -> OpenCredential:
    return open_credential(credential_of().pkcs12, SECRET)


@cache
def supervisor() -> OpenCredential:
    return open_credential(credential_of("Sue Perry", "MD-001").pkcs12, SECRET)


def root_of(name: str = "Northside Clinic") -> bytes:
    return clinic(name).certificate_pem.encode()


@cache
def signed() -> bytes:
    return sign(report(), nurse(), at=SIGNED_AT, reason="I charted this visit", place="Home")


@cache
def countersigned() -> bytes:
    return countersign(
        signed(),
        supervisor(),
        at=SIGNED_AT + timedelta(days=1),
        reason="Reviewed",
        place="Clinic",
    )


def ask(tool: str, *words: str | Path) -> str:
    """What another program says; it must be there, and it must not fail."""
    found = shutil.which(tool)
    assert found, f"{tool} is missing: install poppler-utils, libnss3-tools, qpdf and openssl"
    answer = subprocess.run([found, *words], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout
