"""The draft of an edition survives the lock, and is adopted as it was gathered."""

import json

from ketachart import charting
from tests.charting.test_policy import edit
from tests.helpers.door import settled
from tests.ui.test_protocol import made, opened


def test_a_draft_of_an_edition_comes_back_row_by_row(qtbot, tmp_path):
    window = opened(qtbot, made(tmp_path / "ledger"))
    desk, screen = window.desk, window.screen_shown
    desk.drafts.look()
    assert desk.office.keeping.drafts.all() == ()
    policy = desk.office.protocol
    edits = (
        edit(policy, "limits", "systolic/during/pause/high", above="170"),
        edit(policy, "values", "observe.default", value="90"),
    )
    for one in edits:
        screen._take(one)
    desk.drafts.look()
    (draft,) = desk.office.keeping.drafts.all()
    assert (draft.form, draft.title) == ("protocol", "Protocol, draft of an edition")
    json.dumps(draft.content)
    proof = desk.office._ledger.unwrapped
    window.act("lock")
    desk._open_office(charting.enter(desk.folder, proof, desk.clock))
    settled(qtbot, window)
    window.show_screen("drafts")
    window.act("primary")
    assert window.shown == "protocol"
    back = window.screen_shown
    assert back._edits == edits
    back._take_all((edit(policy, "values", "observe.default", value="-5"),))  # taken no more
    assert back._edits == edits
    back._adopt("The medical director asks for it.", "Desert Bloom")
    assert desk.office.policy.in_force.minutes("observe.default").total_seconds() == 90 * 60
    assert desk.office.keeping.drafts.all() == ()
