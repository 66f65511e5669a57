"""What two other programs say of a file: pyHanko's own validator, and poppler's pdfsig."""

import subprocess
from io import BytesIO

from ketachart.report.offline import keep_offline


def pyhanko_accepts(pdf, trust_pem):
    """Whether it finds every signature in the file valid and trusted."""
    keep_offline()
    from asn1crypto import pem as asn1_pem
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    _, _, der = asn1_pem.unarmor(trust_pem)
    context = ValidationContext(trust_roots=[x509.Certificate.load(der)], allow_fetching=False)
    try:
        signatures = list(PdfFileReader(BytesIO(pdf)).embedded_signatures)
        said = [
            validate_pdf_signature(one, signer_validation_context=context) for one in signatures
        ]
        return bool(said) and all(one.bottom_line for one in said)
    except Exception:  # noqa: BLE001  (whatever it stumbles over, it does not accept)
        return False


def poppler_accepts(file, store):
    """Whether it finds every signature valid and trusted; ``store``: a folder of certificates."""
    done = subprocess.run(
        ["pdfsig", "-nssdir", store, str(file)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=60,
    )
    found = done.stdout.count("Signature #") - done.stdout.count("is not signed")
    valid = done.stdout.count("Signature is Valid.")
    trusted = done.stdout.count("Certificate is Trusted.")
    return found > 0 and found == valid == trusted
