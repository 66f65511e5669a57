"""Every failure says what happened, what is safe and what to do, as it stands in the source."""

import ast

from ketachart import errors
from tests.helpers.notices_said import GRAVE, SAFE_TOO, all_told
from tests.helpers.sentences import (
    CLASSES,
    HOLE,
    SAFE,
    TECHNICAL,
    all_said,
    calls,
    is_told,
    told_to_do,
)

# A nurse meets these while something did not work; a refusal leaves all as it was by itself.
WORLD = {
    name
    for name in CLASSES
    if issubclass(
        getattr(errors, name), (errors.LedgerError, errors.CannotSign, errors.CannotPrint)
    )
}
OPEN = {
    # what is added at the end of these, by the run, holds the act
    "ketachart.storage.opening", "ketachart.practice", "ketachart.domain.admission.pump",
    "ketachart.commands.opening", "ketachart.commands.backup", "ui.practice.clinic",
    "ketachart.charting.recovery_desk", "ketachart.charting.leaving", "ketachart.commands.player",
}  # fmt: skip


def judged():
    """The sentences that stand in the source."""
    found = [said for said in all_said() if is_told(said.text)]
    assert len(found) > 500  # else the search went blind
    return found


def test_every_failure_says_what_to_do():
    silent = [
        (said.place, said.text)
        for said in judged()
        if not told_to_do(said.text) and said.place.partition(":")[0] not in OPEN
    ]
    assert silent == []


def test_what_the_disk_or_a_key_did_says_what_is_safe():
    silent = [
        (said.place, said.text)
        for said in judged()
        if said.kind in WORLD and not any(word in said.text.lower() for word in SAFE)
    ]
    assert [one for one in silent if not one[0].startswith("ketachart.charting.sealing")] == []


def test_every_one_is_a_sentence_without_a_word_of_a_programmer():
    for said in judged():
        assert said.text.rstrip()[-1] in ".?…”" or said.text.endswith("--list"), said
        first = said.text.partition(" ")[0]
        assert not first.isalpha() or not first.islower(), said  # a file's name may come first
        assert not [word for word in TECHNICAL if word in said.text.lower()], said


def test_no_sentence_names_a_class():
    named = [
        f"{module}:{node.lineno}"
        for module, node in calls()
        if any(getattr(part, "attr", "") == "__name__" for part in ast.walk(node))
    ]
    assert named == []


def test_the_judge_knows_a_bad_sentence():
    assert not told_to_do("The disk is full.")
    assert not told_to_do("No such entry.")
    assert told_to_do("The disk is full. Make room, and record again.")
    assert not is_told("…: …")


def grave():
    """The banners and boxes that say that something is wrong, in words that the source holds."""
    whole = (t for t in all_told() if not t.detail.endswith(HOLE))  # else a failure's own follows
    found = [t for t in whole if t.tone in GRAVE and is_told(t.detail)]
    assert len(found) > 20  # else the search went blind
    return found


def test_a_banner_says_what_to_do_and_what_is_safe():
    safe = (*SAFE, *SAFE_TOO)
    for told in grave():
        if told.place.partition(":")[0] == "ui.alerting.signs":
            continue  # the test of an alert: it ends by itself
        if told.happened == "Saved":
            continue  # it went well; what is to be heeded beside it follows
        said = f"{told.happened} {told.detail}".lower()
        assert told_to_do(told.detail) or told.act not in ("", "I have seen it"), told
        assert any(word in said for word in safe), told


def test_a_banner_is_a_line_and_a_sentence():
    for told in all_told():
        assert not told.happened.endswith("."), told
        assert not [word for word in TECHNICAL if word in f"{told.happened} {told.detail}".lower()]
        if told.tone in GRAVE and is_told(told.detail):
            assert told.detail.rstrip()[-1] in ".?…", told
