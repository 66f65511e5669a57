"""One's own certificate: where it stands, and the one thing to do about it next."""

from typing import TYPE_CHECKING, Final, Literal, cast

from PySide6.QtWidgets import QWidget

from ui.actions import key_of
from ui.desk import Desk
from ui.laptop import breakable
from ui.screens.certificates import clinics
from ui.screens.certificates.act import Act, Answers, Begun
from ui.screens.certificates.words import in_fours
from ui.widgets.key_value import KeyValue

if TYPE_CHECKING:
    from ketachart.charting.certifying import Made
    from ketachart.charting.post_shapes import Packed
    from ketachart.charting.requesting import MadeRequest

Next = Literal["none", "complete", "send", "ask", "renew"]
"""What comes next: nothing, put the certificate that came to its key, give the request to the
clinic, ask for a new one, or make it here, where the authority is."""

SAID: Final[dict[Next, str]] = {
    "none": "",
    "complete": "Your certificate came from the clinic. Put it to your key to sign with it.",
    "send": "Your request waits for the clinic's answer. Charting goes on; signing waits for it.",
    "ask": "Ask the clinic for a certificate. Charting goes on; signing waits for it.",
    "renew": "The clinic's authority is on this laptop: make the new key here.",
}


def next_of(desk: Desk) -> Next:
    """What comes next for the unlocked person."""
    certificates = desk.certificates
    if desk.post.granted():
        return "complete"
    if certificates.waiting_request():
        return "send"
    own = certificates.own()
    if own is not None and own.state == "valid":
        return "none"
    return "renew" if certificates.holds_authority and own is not None else "ask"


def act_of(desk: Desk, parent: QWidget) -> Act | None:
    """The sheet of what comes next; None where nothing does."""
    match next_of(desk):
        case "complete":
            return _complete(desk)
        case "send":
            return _send(desk, parent)
        case "ask":
            return ask(desk)
        case "renew":
            own = desk.certificates.own()
            return None if own is None else clinics.renew(desk, own)
        case "none":
            return None


def _complete(desk: Desk) -> Act:
    def begin(answers: Answers) -> Begun:
        task = desk.certificates.completing(desk.post.granted())
        return lambda told: task.work(answers.passphrase, told)

    def keep(made: object) -> str:
        desk.certify(lambda certificates: certificates.finish(cast("Made", made)))
        return "Your certificate is in force. You can sign."

    return Act(
        title="Your certificate came",
        does="Put it to my key",
        means="The key never left this laptop. Type the passphrase that you chose for it.",
        asks="Your passphrase",
        begin=begin,
        keep=keep,
    )


def ask(desk: Desk) -> Act:
    """A new key on this laptop, and the request for the clinic."""

    def begin(answers: Answers) -> Begun:
        task = desk.certificates.requesting()
        return lambda told: task.work(answers.passphrase, told)

    def keep(made: object) -> str:
        request = cast("MadeRequest", made)
        desk.certify(lambda certificates: certificates.keep_request(request))
        groups = in_fours(request.fingerprint)
        return f"The key is made. The clinic will call you; read this to them: {groups}"

    return Act(
        title="Ask for a new certificate",
        does="Make a new key",
        means="A new key is made on this laptop, and a request for the clinic. The key itself "
        "never leaves the laptop.",
        asks="Your passphrase",
        begin=begin,
        keep=keep,
    )


def _send(desk: Desk, parent: QWidget) -> Act:
    def begin(answers: Answers) -> Begun:
        clinic = next((one for one in desk.post.correspondents() if one.role == "clinic"), None)
        task = desk.post.packing(clinic.ledger if clinic is not None else "")
        return lambda told: task.work(answers.passphrase, told)

    def keep(made: object) -> str:
        packed = cast("Packed", made)
        path = clinics.saved(desk, parent, "Save the request", packed.name, packed.content)
        if path is None:
            return ""
        desk.mail(lambda post: post.sent(packed))
        return f"Saved: {breakable(path)}\nGive this file to the clinic, on a stick or by mail."

    return Act(
        title="Your request waits",
        does="Save the request for the clinic",
        facts=(KeyValue("Your key", in_fours(desk.certificates.waiting_fingerprint())),),
        means="The clinic answers with a package. Take it in with the post "
        f"({key_of('post')}), then come back here. Saving the request again does no harm.",
        asks="Your passphrase",
        begin=begin,
        keep=keep,
    )
