"""Nurse to supervisor and back by files alone: out of order, twice, damaged, or for somebody else.

One world is made for the whole file, and its ledgers are copied for each test.
"""

import itertools
import random
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from ketachart.charting import post_reading
from ketachart.charting.post_items import item_of, said
from ketachart.charting.post_shapes import beside
from ketachart.domain.facts import ProtocolAdopted
from ketachart.domain.facts.post import (
    ConflictSeen,
    QuestionAsked,
    ReceiptTaken,
    ReportTaken,
    VerdictGiven,
    VisitPlanned,
    WithdrawnListed,
)
from ketachart.domain.visit import fold
from ketachart.errors import CannotRead, CannotSign, NotSaved, Refused
from ketachart.exchange.items import Item
from ketachart.exchange.package import Address, Parcel
from ketachart.exchange.people import signer_of
from ketachart.report.verify import verify
from ketachart.storage import codec
from tests.charting.test_room import PASSPHRASE, new_visit
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import (
    Copies,
    answer,
    found_clinic,
    granted,
    joined,
    packed,
    signed_visit,
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The whole way once: report, two questions, one taken back, answer, countersignature."""
    folder = tmp_path_factory.mktemp("world")
    copies = Copies(folder)
    clinic = found_clinic(folder / "clinic")
    laptop = joined(folder / "laptop", clinic.post.card().work(PASSPHRASE).content)
    granted(clinic, laptop)
    room = signed_visit(laptop, overridden=True)
    stream, first = room.stream, packed(laptop, note=False)
    clinic.close()
    before = copies.of(folder / "clinic", "sp")
    before.close()
    clinic = copies.of(folder / "clinic", "sp")
    clinic.post.take(first)
    asked = clinic.supervision.ask(stream, "Was it 28?")
    mistaken = clinic.supervision.ask(stream, "Whose is this?")
    questions = packed(clinic)
    clinic.supervision.take_back(mistaken)
    taken_back = packed(clinic)
    answer(room, asked)
    laptop.close()
    untouched = copies.of(folder / "laptop", "ja")
    second = packed(untouched)
    untouched.close()
    clinic.post.take(second)
    task = clinic.supervision.deciding(stream, "reviewed")
    clinic.supervision.finish(task.work(PASSPHRASE))
    (waiting,) = clinic.supervision.orders(stream)
    entry = [waiting.needs.entry]
    (wrong,) = clinic.supervision.acknowledge(stream, entry, "refused", words="another visit")
    clinic.supervision.take_back_acknowledgement(stream, wrong)
    clinic.supervision.acknowledge(stream, entry, "signed on paper")
    verdict = packed(clinic)
    clinic.close()
    made = SimpleNamespace(
        copies=copies, stream=stream, asked=asked, mistaken=mistaken, first=first, second=second,
        questions=questions, taken_back=taken_back, verdict=verdict,
        new_clinic=before.folder, clinic=clinic.folder, laptop=folder / "laptop",
        packed_laptop=untouched.folder,
    )  # fmt: skip
    known = {}

    def read(office, name):
        """A package as the worker reads it: once, since every copy of a ledger reads it alike."""
        if name not in known:
            known[name] = office.post.reading(getattr(made, name)).work()
        return known[name]

    made.read = read
    return made


@pytest.fixture
def laptop(world):
    """The nurse's laptop: two versions are signed, nothing came back yet."""
    office = world.copies.of(world.laptop, "ja")
    yield office
    office.close()


@pytest.fixture
def clinic(world):
    """The clinic as it stands at the end."""
    office = world.copies.of(world.clinic, "sp")
    yield office
    office.close()


@pytest.fixture
def new_clinic(world):
    """The clinic before any report came."""
    office = world.copies.of(world.new_clinic, "sp")
    yield office
    office.close()


def beside_of(office, stream):
    """What stands beside a visit, folded from the disk."""
    return fold(codec.entry_of(row) for row in office._ledger.stream(beside(stream)))


def state(office, stream):
    """All that two ledgers must agree on, whatever came first."""
    post = beside_of(office, stream)
    facts = set()
    for entry in post.entries:
        told = said(entry.fact)
        if isinstance(entry.fact, ReportTaken):
            del told["item"]
        facts.add((entry.kind, repr(sorted(told.items()))))
    papers = {paper.sha256 for paper in office._ledger.documents(beside(stream))}
    return facts, len(post.entries), papers, office.post.threads(stream)


# ------------------------------------------------ the way there and back


def test_after_the_whole_way_both_sides_tell_the_same_and_every_signature_stays(
    world, laptop, clinic
):
    taken = laptop.post.keep(world.read(laptop, "verdict"))
    assert {line.state for line in taken.lines} <= {"new", "known"}
    assert laptop.post.threads(world.stream) == clinic.post.threads(world.stream)
    there, here = beside_of(clinic, world.stream), beside_of(laptop, world.stream)
    assert [said(v) for v in here.facts(VerdictGiven)] == [
        said(v) for v in there.facts(VerdictGiven)
    ]
    assert {r.sha256 for r in here.facts(ReceiptTaken)} == {
        r.sha256 for r in there.facts(ReportTaken)
    }
    own = {thread.item: thread.state for thread in laptop.post.threads(world.stream)}
    assert own == {world.asked: "reviewed", world.mistaken: "taken back"}
    standing = laptop.post.standing(world.stream)
    assert standing.state == "reviewed"
    assert standing.version == 2
    assert "countersigned" in standing.words
    assert standing.words.endswith("1 phone order signed by Dr A. Okafor")
    (signed,), (there,) = (office.post.orders(world.stream) for office in (laptop, clinic))
    assert (signed.state, said(signed.fact)) == ("signed", said(there.fact))
    for office in (laptop, clinic):
        papers = office._ledger.documents(beside(world.stream))
        trust = office.post._book.trust_pem()
        judged = [verify(paper.content, trust_pem=trust) for paper in papers[-2:]]
        assert papers
        assert all(verdict.good for verdict in judged)
        assert max(len(verdict.signers) for verdict in judged) == 2
        assert office.verify() == ()


def test_any_order_and_any_number_of_times_comes_to_the_same(world, laptop, new_clinic):
    there = {"q": "questions", "b": "taken_back", "v": "verdict"}
    read = {short: world.read(laptop, name) for short, name in there.items()}
    chance = random.Random(11)
    orders = ["".join(order) for order in itertools.permutations("qbv")]
    orders += ["".join(chance.choices("qbv", k=6)) + "".join(chance.sample("qbv", 3))]
    ends = []
    for order in orders:
        office = world.copies.of(world.laptop, "ja")
        for name in order:
            office.post.keep(read[name])
        ends.append(state(office, world.stream))
        office.close()
    every = [item for name in there.values() for item in world.read(laptop, name).items]
    for _ in range(
        3
    ):  # thing by thing: a verdict before its receipt, a withdrawal before its question
        office = world.copies.of(world.laptop, "ja")
        for item in chance.sample(every, len(every)):
            office.post.keep(replace(read["v"], items=(item,)))
        ends.append(state(office, world.stream))
        office.close()
    assert all(end == ends[0] for end in ends), orders

    read = {"1": world.read(new_clinic, "first"), "2": world.read(new_clinic, "second")}
    ends = []
    for order in ("12", "21", "2121"):
        office = world.copies.of(world.new_clinic, "sp")
        for name in order:
            office.post.keep(read[name])
        ends.append(state(office, world.stream))
        office.close()
    assert all(end == ends[0] for end in ends)


def test_a_package_taken_in_twice_is_taken_in_once(world, laptop, new_clinic):
    for office, name in ((laptop, "verdict"), (new_clinic, "second")):
        first = office.post.keep(world.read(office, name))
        before = office._ledger.head()
        again = office.post.keep(world.read(office, name))
        assert first.new > 1
        assert again.new == 0
        assert office._ledger.head() == before


def test_a_question_taken_back_before_it_came_is_not_asked(world, laptop):
    read = world.read(laptop, "taken_back")
    back = [item for item in read.items if item.id == f"{world.mistaken}.back"]
    laptop.post.keep(replace(read, items=tuple(back)))
    (thread,) = laptop.post.threads(world.stream)
    assert thread.state == "taken back"
    laptop.post.keep(world.read(laptop, "questions"))
    assert {one.state for one in laptop.post.threads(world.stream)} == {"answered", "taken back"}
    assert laptop.post.open_questions() == ()


# ------------------------------------------------ the honest status


def test_packed_is_never_said_for_received(world, laptop):
    stream = world.stream
    assert laptop.post.standing(stream).state == "signed"
    assert laptop.post.standing(stream).words.endswith("not packed yet")
    (whom,) = laptop.post.correspondents()
    assert laptop.post.outbox(whom.ledger).waiting == 2
    made = laptop.post.packing(whom.ledger).work(PASSPHRASE)
    assert laptop.post.standing(stream).state == "signed", "the file is not on the disk yet"
    laptop.post.sent(made)
    laptop.post.sent(made)
    standing = laptop.post.standing(stream)
    assert standing.state == "packed"
    assert standing.words.endswith("for Clinic; no receipt yet")
    assert sum(step.state == "packed" for step in standing.steps) == 2
    outbox = laptop.post.outbox(whom.ledger)
    assert outbox.waiting == 0
    assert [line.packed for line in outbox.lines] == [True, True], "until the receipt it is packed"
    laptop.post.keep(world.read(laptop, "taken_back"))
    assert laptop.post.standing(stream).open_questions == 0, "its answer is in version 2"
    assert [line.version for line in laptop.post.outbox(whom.ledger).lines] == [2]
    assert laptop.post.standing(stream).state == "packed", "the receipt is for version 1"


def test_a_receipt_for_a_package_that_was_never_noted_is_believed(world, laptop):
    laptop.post.keep(world.read(laptop, "verdict"))
    standing = laptop.post.standing(world.stream)
    assert [step.state for step in standing.steps if step.version == 2] == [
        "signed", "received", "reviewed",
    ]  # fmt: skip


def test_what_the_laptop_says_it_has_is_not_packed_again(world, laptop, clinic):
    (whom,) = clinic.post.correspondents()
    assert clinic.post.outbox(whom.ledger).lines
    assert clinic.post.outbox(whom.ledger).waiting == 0
    laptop.post.keep(world.read(laptop, "verdict"))
    clinic.post.take(packed(laptop))
    assert clinic.post.outbox(whom.ledger).lines == ()
    with pytest.raises(Refused, match="has not got"):
        clinic.post.packing(whom.ledger)


def test_the_name_of_the_file_names_no_patient(laptop):
    (whom,) = laptop.post.correspondents()
    made = laptop.post.packing(whom.ledger).work(PASSPHRASE)
    assert made.name == "ketachart-ja-clinic-261124-1.keta"
    outside = made.content[: made.content.index(b"\n", 10)]
    assert len(outside) < 100
    for word in (b"Rivera", b"Elena", b"ja", b"Clinic"):
        assert word not in outside


# ------------------------------------------------ what is refused


def test_a_package_for_another_ledger_is_refused_by_name(world, laptop, clinic):
    with pytest.raises(CannotRead, match="is for Clinic, not for this laptop"):
        laptop.post.reading(world.first).work()
    with pytest.raises(CannotRead, match="is for Julia Alvarez, RN, not for the clinic"):
        clinic.post.reading(world.questions).work()


def test_any_changed_byte_is_refused(world, laptop):
    content, chance = world.questions, random.Random(7)
    places = {*range(0, 60, 3), len(content) - 1, *chance.sample(range(len(content)), 60)}
    for place in sorted(places):
        changed = content[:place] + bytes([content[place] ^ 0x11]) + content[place + 1 :]
        with pytest.raises(CannotRead):
            laptop.post.reading(changed).work()
    for cut in (0, 5, 30, len(content) // 2, len(content) - 1):
        with pytest.raises(CannotRead):
            laptop.post.reading(content[:cut]).work()


def forged(office, whom, items, **values):
    """A package as an attacker with this ledger's keys would make it."""
    book = office.post._book
    told = {
        "items": tuple(items), "id": "p1", "made_at": office.time.now(),
        "sender": Address(ledger=book.id, key=book.key.public),
        "recipient": Address(ledger=whom.post._book.id, key=whom.post._book.key.public),
    }  # fmt: skip
    from ketachart.charting import signing_key

    key = signing_key.own_key(office._ledger, office.staff_id, office.time.now())
    with key.opened(PASSPHRASE) as opened:
        return Parcel(**{**told, **values}).signed(signer_of(opened))


def question(item="q9"):
    return QuestionAsked(
        at=NOON, item=item, report=1, sha256="ab", words="Why?", by="Sue", staff_id="sp",
        asked_at=NOON,
    )  # fmt: skip


def test_a_nurse_cannot_send_what_only_the_clinic_sends(world, laptop, new_clinic):
    fact = question()
    good = Item("arrived-1", "moon-dust", b"x")
    content = forged(
        laptop, new_clinic, [item_of("question", "q9", fact, stream=world.stream), good]
    )
    taken = new_clinic.post.take(content)
    assert [line.state for line in taken.lines] == ["aside", "aside"]
    assert "Only the clinic may send this" in taken.lines[0].words
    assert "install the newer version" in taken.lines[1].words
    assert beside_of(new_clinic, world.stream).entries == ()


def test_a_nurse_cannot_write_as_the_clinic(world, laptop, clinic):
    other = world.copies.of(world.laptop, "ja")
    clinic_book = clinic.post._book
    as_clinic = Address(ledger=clinic_book.id, key=clinic_book.key.public)
    fact = item_of("question", "q9", question(), stream=world.stream)
    content = forged(laptop, other, [fact], sender=as_clinic)
    with pytest.raises(CannotRead, match="Julia Alvarez, RN signed this package for the clinic"):
        other.post.reading(content).work()
    stranger = Address(ledger="0123", key="ab" * 32)
    content = forged(laptop, other, [fact], sender=stranger)
    with pytest.raises(CannotRead, match="not on file here"):
        other.post.reading(content).work()
    other.close()


def test_a_package_cannot_be_passed_on(world, laptop, clinic):
    """Signed for one ledger, and closed again for another by whoever opened it."""
    from ketachart.exchange import envelope

    book, mine = laptop.post._book, clinic.post._book
    inner = envelope.opened(world.questions, book.key, here="", whose={})
    passed = envelope.closed(inner, to=mine.key.public, sender=book.key.public)
    with pytest.raises(CannotRead, match="for somebody else, not for the clinic"):
        clinic.post.reading(passed).work()


def test_a_withdrawn_or_ended_certificate_is_not_believed(laptop, clinic):
    content = forged(laptop, clinic, [])
    late = forged(laptop, clinic, [], made_at=NOON.replace(year=2031))
    assert clinic.post.reading(content).work().by == "Julia Alvarez, RN"
    with pytest.raises(CannotRead, match="certificate of Julia Alvarez, RN ended"):
        clinic.post.reading(late).work()
    (own,) = [one for one in clinic.certificates.issued() if one.staff_id == "ja"]
    task = clinic.certificates.withdrawing(own.serial, "key lost or stolen", clinic.time.now())
    clinic.certificates.finish(task.work(PASSPHRASE))
    with pytest.raises(CannotRead, match=r"withdrew the certificate .*key lost or stolen"):
        clinic.post.reading(content).work()
    taken = laptop.post.take(packed(clinic))
    assert any("List 1 of withdrawn" in line.words for line in taken.lines)
    (whom,) = laptop.post.correspondents()
    with pytest.raises(CannotSign, match="withdrew your certificate"):
        laptop.post.packing(whom.ledger)


def test_an_old_list_of_withdrawn_certificates_does_not_take_the_place_of_a_newer_one(
    laptop, clinic
):
    packages = []
    for _ in range(2):
        clinic.certificates.finish(clinic.certificates.listing().work(PASSPHRASE))
        packages.append(packed(clinic))
    older, newer = packages
    laptop.post.take(newer)
    taken = laptop.post.take(older)
    (line,) = [line for line in taken.lines if line.kind == "withdrawn-list"]
    assert line.state == "known"
    assert "list 2 is here already" in line.words
    listed = laptop.own_stream.facts(WithdrawnListed)
    assert [fact.number for fact in listed] == [2]


def test_a_countersignature_of_somebody_else_than_who_judged_is_not_taken_in(world, laptop):
    read = world.read(laptop, "verdict")
    (item,) = [one for one in read.items if isinstance(one.fact, VerdictGiven)]
    trust = laptop.post._book.trust_pem()
    assert post_reading._paper_fault(item.fact, item.content, trust) == ""
    other = replace(item.fact, staff_id="ja")
    assert "Somebody else countersigned" in post_reading._paper_fault(other, item.content, trust)


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_supervisors_both_verdicts_are_kept_and_the_later_one_counts(world, laptop, turn):
    read = world.read(laptop, "verdict")
    (item,) = [one for one in read.items if isinstance(one.fact, VerdictGiven)]
    later = replace(
        item.fact, item="v2", verdict="has errors", words="The weight is wrong.", staff_id="al",
        by="Ann Lee, MD", given_at=item.fact.given_at + timedelta(minutes=1), countersigned="",
    )  # fmt: skip
    both = (item, replace(item, id="v2", fact=later))[::turn]
    laptop.post.keep(replace(read, items=both))
    kept = laptop.post._book.post(world.stream).facts(VerdictGiven)
    assert {fact.by for fact in kept} == {"Sue Perry, MD", "Ann Lee, MD"}
    standing = laptop.post.standing(world.stream)
    assert standing.state == "has errors"
    assert "Ann Lee, MD: The weight is wrong." in standing.words


# ------------------------------------------------ conflicts


def test_the_same_id_with_other_words_is_told_and_the_first_stays(world, laptop):
    read = world.read(laptop, "questions")
    laptop.post.keep(read)
    asked = next(item for item in read.items if item.id == world.asked)
    other = replace(asked, fact=replace(asked.fact, words="Another question"))
    taken = laptop.post.keep(replace(read, id="other", items=(other,)))
    assert taken.conflict == 1
    assert "what came first stays" in taken.lines[0].words
    assert {one.words for one in laptop.post.threads(world.stream)} == {
        "Was it 28?", "Whose is this?",
    }  # fmt: skip


def test_two_files_of_one_version_are_both_kept_and_told(world, clinic, new_clinic):
    new_clinic.post.keep(world.read(new_clinic, "first"))
    read = world.read(new_clinic, "second")
    report = next(i.report for i in read.items if i.report is not None and i.report.version == 2)
    # the same bytes cannot be signed twice; a copy with another hash stands for the other file
    other = replace(report, version=1)
    item = next(i for i in read.items if i.report is report)
    taken = new_clinic.post.keep(replace(read, items=(replace(item, report=other),)))
    assert taken.conflict == 1
    assert "both are kept" in taken.lines[0].words
    post = beside_of(new_clinic, world.stream)
    assert len(post.of(ConflictSeen)) == 1
    assert len(new_clinic._ledger.documents(beside(world.stream))) == 2
    assert new_clinic.post.standing(world.stream).conflict
    assert not clinic.post.standing(world.stream).conflict


def test_a_fault_of_the_disk_in_the_middle_is_made_good_by_taking_it_in_again(
    world, laptop, monkeypatch
):
    real, calls = laptop._ledger.append, []

    def failing(*args, **values):
        calls.append(1)
        if len(calls) == 2:
            raise NotSaved("the disk did not answer")
        return real(*args, **values)

    monkeypatch.setattr(laptop._ledger, "append", failing)
    with pytest.raises(NotSaved):
        laptop.post.keep(world.read(laptop, "verdict"))
    laptop.post.keep(world.read(laptop, "verdict"))
    assert laptop.post.standing(world.stream).state == "reviewed"
    assert laptop.verify() == ()


# ------------------------------------------------ tomorrow's visits


def test_tomorrows_visits_come_with_protocol_and_are_opened(laptop, clinic):
    (whom,) = clinic.post.correspondents()
    told = new_visit()
    day = laptop.time.now().date()
    plan = VisitPlanned(
        at=NOON, item="", day=day, patient=replace(told.patient, mrn="KC-9"), order=told.order,
        staff_id="ja", note="Dog in the yard",
    )  # fmt: skip
    clinic.post.plan(plan)
    other = replace(plan.patient, mrn="KC-10")
    clinic.post.plan(replace(plan, staff_id="somebody else", patient=other))
    held = clinic.policy.in_force
    adopted = replace(held, version=str(int(held.version) + 1) if held.version.isdecimal() else
                      f"{held.version}.1")  # fmt: skip
    clinic.register(ProtocolAdopted(at=clinic.time.now(), protocol=adopted, reason="newer"))
    kinds = [line.kind for line in clinic.post.outbox(whom.ledger).lines]
    assert kinds.count("plan") == 1, "the other plan is somebody else's"
    content = packed(clinic)
    laptop.post.take(content)
    assert laptop.protocol.version == adopted.version
    (planned,) = laptop.post.planned(day)
    assert planned.state == "open"
    assert planned.plan.note == "Dog in the yard"
    assert planned.plan.by == "Sue Perry, MD"
    again = replace(planned.plan, item="again")  # a second visit of that patient on that day
    laptop.register(again)
    told = replace(told, patient=planned.plan.patient, order=planned.plan.order)
    room = laptop.new_visit(replace(told, plan=planned.item))
    assert room.visit.protocol.version == adopted.version
    assert room.visit.opened.plan == planned.item
    one = {p.item: (p.state, p.stream) for p in laptop.post.planned()}
    assert one == {planned.item: ("visit opened", room.stream), "again": ("open", "")}
    without = laptop.new_visit(told)  # as an older version opens it: by patient and day
    assert {p.item: p.stream for p in laptop.post.planned()} == {
        planned.item: room.stream, "again": without.stream,
    }  # fmt: skip
    assert laptop.post.take(content).new == 0
    with pytest.raises(Refused, match="Only a supervisor plans"):
        laptop.post.plan(plan)


def test_a_plan_is_changed_handed_on_or_taken_back_whatever_came_first(laptop, clinic):
    told, day = new_visit(), laptop.time.now().date()
    asked = VisitPlanned(
        at=NOON, item="p1", day=day, patient=replace(told.patient, mrn="KC-9"), order=told.order,
        staff_id="ja",
    )  # fmt: skip
    clinic.post.plan(asked)
    clinic.post.plan(asked)  # the same again changes nothing
    assert clinic.post.nurses() == (("ja", laptop.nurse.name + ", RN"),)
    (standing,) = clinic.post.planned()
    assert (standing.way, standing.plan.edition) == ("waits", 1)
    first = packed(clinic)
    assert clinic.post.planned()[0].way == "packed"
    clinic.post.plan(replace(asked, note="Gate 7"))
    second = packed(clinic)
    laptop.post.take(second)
    laptop.post.take(first)  # later, and older: it does not count
    assert [one.plan.note for one in laptop.post.planned()] == ["Gate 7"]
    clinic.post.take(packed(laptop, note=False))
    assert clinic.post.planned()[0].way == "arrived"
    for refused, words in (
        (replace(asked, day=day - timedelta(days=9)), "is over"),
        (replace(asked, item="p2"), "already"),
        (replace(asked, order=replace(asked.order, expires_on=day - timedelta(1))), "expires"),
    ):
        with pytest.raises(Refused, match=words):
            clinic.post.plan(refused)
    clinic.post.plan(replace(asked, staff_id="mk"))  # handed on to another nurse
    gone, new = sorted(clinic.post.planned(), key=lambda one: not one.plan.withdrawn)
    assert (gone.state, gone.item, new.plan.staff_id, new.plan.edition) == (
        "taken back", "p1", "mk", 1,
    )  # fmt: skip
    clinic.post.take_back_plan(new.item)
    clinic.post.plan(replace(asked, item=new.item, patient=told.patient))  # another's, by another
    kinds = [(one.plan.patient.mrn, one.plan.staff_id, one.state) for one in clinic.post.planned()]
    back, mrn = "taken back", told.patient.mrn
    assert set(kinds) == {("KC-9", "ja", back), ("KC-9", "mk", back), (mrn, "ja", "open")}
    (last,) = (one.item for one in clinic.post.planned() if one.state == "open")
    clinic.post.take_back_plan(last)
    clinic.post.plan(replace(asked, item=last, patient=told.patient))  # the same, wanted again
    assert len(clinic.post.planned()) == 3
    clinic.post.take_back_plan(last)
    room = laptop.new_visit(replace(told, patient=asked.patient, plan="p1"))
    laptop.time._clock.pass_time(timedelta(minutes=1))
    laptop.post.take(packed(clinic))
    (after,) = laptop.post.planned()
    assert (after.state, after.stream, after.changed_after) == ("visit opened", room.stream, True)
    with pytest.raises(Refused, match="no such"):
        clinic.post.take_back_plan("p9")


def test_the_clinic_learns_from_the_report_that_a_planned_visit_was_opened(laptop, clinic):
    told = new_visit()
    patient = replace(told.patient, mrn="KC-9")
    clinic.post.plan(
        VisitPlanned(
            at=NOON, item="p1", day=laptop.time.now().date(), patient=patient, order=told.order,
            staff_id="ja",
        )
    )  # fmt: skip
    laptop.post.take(packed(clinic))
    room = laptop.new_visit(replace(told, patient=patient, plan="p1"))
    room.sign(PASSPHRASE, incomplete="practice")
    assert clinic.post.planned()[0].state == "open"
    clinic.post.take(packed(laptop))
    (standing,) = clinic.post.planned()
    assert (standing.state, standing.stream) == ("visit opened", room.stream)
    with pytest.raises(Refused, match="was opened"):
        clinic.post.take_back_plan("p1")


def test_a_plan_taken_back_before_it_came_is_not_shown(laptop, clinic):
    told = new_visit()
    clinic.post.plan(
        VisitPlanned(
            at=NOON, item="p1", day=laptop.time.now().date(), patient=told.patient,
            order=told.order, staff_id="ja",
        )
    )  # fmt: skip
    first = packed(clinic)
    clinic.post.take_back_plan("p1")
    clinic.post.take_back_plan("p1")
    laptop.post.take(packed(clinic))
    assert laptop.post.planned() == ()
    laptop.post.take(first)
    assert [one.state for one in laptop.post.planned()] == ["taken back"]
