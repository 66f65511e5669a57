"""Every attack that we know is built, refused, and named; what a file cannot show is written down.

Of all attacks (`python3 dev.py attack` builds the long ones as well) see
docs/decisions/0027-attacks.md for how many pyHanko and poppler take for good.
"""

import pytest

from ketachart.errors import CannotRead
from ketachart.report import verify as verify_module
from ketachart.report import verify_drawing
from ketachart.report.signing import countersign
from ketachart.report.verify import verify
from ketachart.report.verify_drawing import too_heavy
from tests.attack import trusting_store
from tests.report import whole_reports as whole
from tests.report.attacks import corpus, families
from tests.report.attacks.judges import poppler_accepts, pyhanko_accepts
from tests.report.hostile_reports import VISIT
from tests.report.signed_reports import report, root_of, supervisor

BEYOND = {
    "back to before the countersignature",
    "dated back within the certificate's time",
    "withdrawn, left the clinic, after",
    "withdrawn, replaced, after",
    "a record made up as a whole",
    "claims another version: nothing else",
}
"""What a file alone does not show, or what is no fault: see the decision."""


def told(one):
    """What is wrong with the answer to an attack, in words; nothing where it is right."""
    verdict = verify(one.make(), trust_pem=one.trust(), numbers=one.numbers)
    codes = {fault.code for fault in verdict.faults}
    if verdict.good != (not one.codes) or (verdict.trusted is True) != verdict.good:
        return f"{one}: taken for {'good' if verdict.good else 'bad'}, {codes}"
    if one.codes and not codes & one.codes:
        return f"{one}: {codes}, not {set(one.codes)}"
    said = " ".join([verdict.sentence, *(fault.sentence for fault in verdict.faults)])
    return "" if one.says in said else f"{one}: “{one.says}” is not said in {said}"


@pytest.mark.parametrize("family", ["saving", "wrapping", "blobs", "people", "insiders", "shadows"])
def test_every_attack_is_refused_and_named(family):
    wrong = [told(one) for one in families()[family] if not one.long]
    assert [words for words in wrong if words] == []


def test_what_a_file_alone_does_not_show_is_known():
    assert {one.name for one in corpus() if not one.codes} == BEYOND
    names = [one.name for one in corpus()]
    assert len(names) == len(set(names)) > 200


def test_the_pages_compared_are_the_pages_that_a_reader_finds(monkeypatch):
    """An honest report first, then another that the tables lead to: only they give it away."""
    from tests.report.attacks.shadows import decoy

    file = decoy()
    assert not verify(file, trust_pem=root_of(), numbers=True).good
    monkeypatch.setattr(verify_module, "odd_tables", lambda *_: ())
    assert verify(file, trust_pem=root_of(), numbers=True).numbers.exact


@pytest.mark.parametrize("size", [0, 1, 4])
def test_a_file_of_hardly_any_bytes_is_no_pdf(size):
    with pytest.raises(CannotRead, match="not a PDF"):
        verify(b"%PDF"[:size], trust_pem=root_of())


def test_what_would_fill_the_memory_is_not_unpacked(monkeypatch):
    assert not too_heavy(report())
    monkeypatch.setattr(verify_drawing, "MOST", 50)  # bytes, where 64 MiB may be
    assert too_heavy(report())
    odd = report().replace(b"/FlateDecode", b"/DCTDecode  ")
    monkeypatch.undo()
    assert too_heavy(odd)


def test_the_genuine_reports_are_good_for_all_three(tmp_path):
    store = trusting_store(tmp_path, root_of())
    both = countersign(whole.signed(), supervisor(), **VISIT)
    for pdf in (whole.signed(), both):
        file = tmp_path / "report.pdf"
        file.write_bytes(pdf)
        assert verify(pdf, trust_pem=root_of()).good
        assert pyhanko_accepts(pdf, root_of())
        assert poppler_accepts(file, store)
