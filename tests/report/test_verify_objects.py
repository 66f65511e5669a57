"""Nothing may be slipped into the report along with a true signature."""

from dataclasses import replace

import pytest

from ketachart.report import signing, verify_objects
from ketachart.report.verify_bytes import find_signatures
from tests.report.hostile_reports import (
    another_first_page,
    another_title,
    codes,
    countersigned_by_hand,
    signed_with,
)
from tests.report.signed_reports import (
    nurse,
    signed,
)


@pytest.fixture(autouse=True)
def honest():
    """The honest report is made, once, before a test lets the signing do something else."""
    signed()


def test_an_object_replaced_along_with_the_signature_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        another_title(writer)

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_another_page_turned_along_with_the_signature_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        another_first_page(writer)

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_an_object_added_along_with_the_signature_is_named(monkeypatch):
    def prepared(honest, writer):
        from pyhanko.pdf_utils.generic import pdf_string

        honest(writer)
        writer.add_object(pdf_string("for later"))

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


@pytest.mark.parametrize(
    ("entry", "value"),
    [("/PageMode", "/FullScreen"), ("/Extensions", "/None"), ("/Version", "/2.0")],
)
def test_a_catalog_that_does_more_is_named(monkeypatch, entry, value):
    def prepared(honest, writer):
        from pyhanko.pdf_utils.generic import pdf_name

        honest(writer)
        writer.root[pdf_name(entry)] = pdf_name(value)

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_another_start_of_the_file_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        writer.set_info(writer.root["/Pages"]["/Kids"].raw_get(1))

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_an_annotation_beside_the_places_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"].append(writer.root["/Pages"]["/Kids"].raw_get(1))

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_a_list_of_annotations_written_over_another_page_is_named(monkeypatch):
    """The second page vanishes, although every object seems to be one that may be written."""

    def prepared(honest, writer):
        honest(writer)
        first = writer.root["/Pages"]["/Kids"][0]
        second = writer.root["/Pages"]["/Kids"].raw_get(1)
        writer.objects[(second.generation, second.idnum)] = first["/Annots"]
        first["/Annots"] = second

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_an_object_replaced_along_with_the_countersignature_is_named(monkeypatch):
    honest = signing._quiet_writer

    def changing(pdf):
        writer = honest(pdf)
        another_title(writer)
        return writer

    monkeypatch.setattr(signing, "_quiet_writer", changing)
    assert codes(countersigned_by_hand()) == ["OVERWRITE"]


def test_an_object_added_along_with_the_countersignature_is_named(monkeypatch):
    honest = signing._quiet_writer

    def changing(pdf):
        from pyhanko.pdf_utils.generic import pdf_string

        writer = honest(pdf)
        writer.add_object(pdf_string("for later"))
        return writer

    monkeypatch.setattr(signing, "_quiet_writer", changing)
    assert codes(countersigned_by_hand()) == ["OVERWRITE"]


def test_a_place_altered_along_with_the_countersignature_is_named(monkeypatch):
    honest = signing._quiet_writer

    def changing(pdf):
        writer = honest(pdf)
        form = writer.root["/AcroForm"]
        form["/Fields"][1]["/F"] = form["/SigFlags"]
        return writer

    monkeypatch.setattr(signing, "_quiet_writer", changing)
    assert codes(countersigned_by_hand()) == ["OVERWRITE"]


def test_a_supervisor_who_takes_over_the_certification_is_named(monkeypatch):
    honest = signing._signature_object
    changed = with_permission(1)
    monkeypatch.setattr(signing, "_signature_object", lambda *given: changed(honest, *given))
    assert codes(countersigned_by_hand()) == ["DOCMDP", "OVERWRITE"]


def test_a_place_that_shows_something_on_the_page_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/Rect"][2] = field["/F"]

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["FIELD_NAMES"]


def test_a_place_that_does_something_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        form = writer.root["/AcroForm"]
        form["/Fields"][1]["/AA"] = form["/SigFlags"]

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["FIELD_NAMES"]


def test_a_form_that_does_more_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        writer.root["/AcroForm"]["/CO"] = writer.root["/AcroForm"]["/Fields"]

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["FIELD_NAMES"]


def test_usage_rights_beside_the_certification_are_named(monkeypatch):
    def prepared(honest, writer):
        from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name

        honest(writer)
        rights = DictionaryObject({pdf_name("/UR3"): pdf_name("/None")})
        writer.root[pdf_name("/Perms")] = rights

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["DOCMDP"]


def cross_checked(*sealed):
    """What is found where the reader of the PDF sees other signatures than these."""
    chain = verify_objects.Chain(nurse().certificate, nurse().root)
    structure = verify_objects.read_structure(signed(), sealed, (chain,) * len(sealed))
    return [fault.code for fault in structure.faults]


def test_the_reader_must_see_the_signatures_that_the_bytes_show():
    (one,), _ = find_signatures(signed())
    assert cross_checked(one) == []
    assert cross_checked(replace(one, resumes=7)) == ["BYTERANGE_POS"]
    assert cross_checked(replace(one, blob=b"another")) == ["CONTENTS_NOT_IN_GAP"]
    assert cross_checked() == ["REVISION_COUNT", "FIELD_NAMES"]


def test_another_field_beside_the_signatures_is_named(monkeypatch):
    def prepared(honest, writer):
        from pyhanko.sign.fields import SigFieldSpec, append_signature_field

        honest(writer)
        append_signature_field(writer, SigFieldSpec("Prescriber"))

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["FIELD_NAMES"]


def test_a_nurse_in_the_supervisors_place_is_named(monkeypatch):
    def swapped(honest, writer):
        honest(writer)
        first, second = writer.root["/AcroForm"]["/Fields"]
        first.get_object()["/T"], second.get_object()["/T"] = (
            second.get_object()["/T"],
            first.get_object()["/T"],
        )

    assert codes(signed_with(monkeypatch, "_prepare", swapped)) == ["FIELD_NAMES"]


def with_permission(level, *, certify=True):
    def made(honest, *given):
        from pyhanko.sign.fields import MDPPerm

        asked = honest(*given)
        rules = replace(asked.mdp_setup, docmdp_perms=MDPPerm(level), certify=certify)
        return replace(asked, mdp_setup=rules)

    return made


@pytest.mark.parametrize("level", [1, 3])
def test_a_signature_that_allows_other_changes_is_named(monkeypatch, level):
    assert codes(signed_with(monkeypatch, "_signature_object", with_permission(level))) == [
        "DOCMDP"
    ]


def test_a_signature_that_does_not_certify_is_named(monkeypatch):
    changed = with_permission(2, certify=False)
    assert set(codes(signed_with(monkeypatch, "_signature_object", changed))) == {"DOCMDP"}


def test_a_place_for_the_supervisor_that_leaves_the_file_open_is_named(monkeypatch):
    def prepared(honest, writer):
        from pyhanko.pdf_utils.generic import NumberObject

        honest(writer)
        writer.root["/AcroForm"]["/Fields"][1]["/Lock"]["/P"] = NumberObject(2)

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["DOCMDP"]


@pytest.mark.parametrize(
    ("entry", "value"), [("/SubFilter", "/adbe.pkcs7.detached"), ("/Changes", "/None")]
)
def test_a_signature_of_another_kind_is_named(monkeypatch, entry, value):
    def made(honest, *given):
        from pyhanko.pdf_utils.generic import pdf_name

        asked = honest(*given)
        asked.sig_placeholder[pdf_name(entry)] = pdf_name(value)
        return asked

    assert codes(signed_with(monkeypatch, "_signature_object", made)) == ["SUBFILTER"]
