"""A question not asked yet and a verdict not signed yet are offered back after the lock."""

from ketachart import charting
from tests.ui.test_supervision import opened  # noqa: F401 - a fixture

FILE, PASSPHRASE = "ab" * 32, "not to be kept"


def test_questions_and_verdicts_come_back_each_to_its_report(opened):  # noqa: F811 - as above
    review = opened()
    desk, screen = review.desk, review.screen
    screen.asking.say_opening("one")  # as a report is opened that takes its time
    screen.page.sheet.take_up("entry-7", "14:05 Vitals", "Was it 28")
    screen.asking.say_opening("two")
    screen.verdict.take_unsent(FILE, (("has errors",), "The waste has no wit"))
    screen.verdict.passphrase.set_text(PASSPHRASE)
    desk.drafts.look()
    (draft,) = desk.office.keeping.drafts.all()
    assert (draft.form, draft.title, draft.stream) == ("review", "Review", "")
    assert PASSPHRASE not in str(draft.content)
    proof = desk.office._ledger.unwrapped
    review.window.act("lock")
    desk._open_office(charting.enter(desk.folder, proof, desk.clock))
    review.window.show_screen("drafts")
    review.act("primary")
    assert review.window.shown == "review"
    back = review.screen = review.window.screen_shown
    assert back.verdict.unsent() == {FILE: (("has errors",), "The waste has no wit")}
    assert back.page.sheet.words.text() == ""
    back.asking.say_opening("one")
    assert back.page.sheet.draft() == ("entry-7", "14:05 Vitals", "Was it 28")
    back.page.sheet.settle()  # asked
    back.verdict.take_unsent(FILE, (("no verdict of ours",), ""))
    desk.drafts.look()
    assert desk.office.keeping.drafts.all() == ()
