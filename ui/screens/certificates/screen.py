"""Certificates: one's own for everyone; issuing, renewing and withdrawing for a supervisor."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout

from ketachart.domain.wording import count
from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.laptop import breakable
from ui.screens.base import Screen, Window
from ui.screens.certificates import clinics, notice, own
from ui.screens.certificates.act import Act
from ui.screens.certificates.page import CertificatesPage
from ui.screens.certificates.words import row_of_certificate, row_of_request, standing_facts
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from ketachart.charting.certificates import Issued
    from ketachart.charting.post_shapes import JoinRequest

_OWN_ROW: Final = ListRow(
    "own", "Your certificate", "to be done", mark="See beside", sign="pencil", tone="warn"
)


class CertificatesScreen(Screen):
    """A key is opened in a worker; what it made is on the disk before a sheet clears."""

    title = "Certificates"
    keys = (("↑ ↓", "choose"), ("Ctrl+Enter", "go on"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._issued: dict[str, Issued] = {}
        self._requests: dict[str, JoinRequest] = {}
        self.page = CertificatesPage(desk)
        self.card, self.one, self.sheet = self.page.card, self.page.one, self.page.sheet
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self.card.list.chosen.connect(self._show_one)
        self.card.list.opened.connect(lambda _key: self._primary())
        for button, act in (
            (self.one.primary, self._go_on),
            (self.one.renew, self._renew),
            (self.one.withdraw, self._withdraw),
            (self.card.sign_list, self._sign_list),
            (self.card.card, self._card),
            (self.card.trust, self._save_trust),
            (self.card.guide, self._save_guide),
        ):
            button.clicked.connect(act)
        self.sheet.done.connect(self._done)
        self.sheet.left.connect(self._leave)

    # ------------------------------------------------ the list

    def arrive(self) -> None:
        """To the list, read anew; a sheet that is open stays as it was typed."""
        notice.settle(self.desk)
        self._refresh()
        if self.page.asks:
            self.sheet.begin()
            return
        first = self.card.list.key_at(0) if self.card.list.model().rowCount() else ""
        if first == _OWN_ROW.key or first in self._requests:
            self.card.list.choose(first)  # what is to be done comes first
        self.card.list.setFocus()

    def _supervises(self) -> bool:
        return self.desk.office.nurse.role == "supervisor"

    def _refresh(self) -> None:
        from ketachart.charting.checking import read_trust

        certificates, now = self.desk.certificates, self.desk.now()
        try:
            issued = certificates.issued()
            mine = certificates.own()
            requests = self.desk.post.requests() if self._supervises() else ()
            lists = read_trust(certificates.trust_file()).lists
        except KetaChartError as error:
            self.page.said.say("The certificates could not be read", str(error))
            return
        self._requests = {f"request:{one.item}": one for one in requests if not one.granted}
        seen = issued if self._supervises() else ()
        self._issued = {f"certificate:{one.serial}": one for one in (mine, *seen) if one}
        ids = "" if mine is None else f"certificate:{mine.serial}"
        rows = [row_of_request(one) for one in self._requests.values()]
        if mine is None or own.next_of(self.desk) != "none":
            rows.insert(0, _OWN_ROW)
        rows += [row_of_certificate(one, now, own=key == ids) for key, one in self._issued.items()]
        authority = certificates.holds_authority and self._supervises()
        how_many = count(len(self._issued), "certificate") if self._issued else "none yet"
        self.card.heading.set_aside(how_many)
        self.card.show_all(tuple(rows), lists=lists, authority=authority)
        self._warn()
        self._show_one(self.card.list.current_key())

    def _warn(self) -> None:
        warning = self.desk.certificates.warning() or self.desk.certificates.warning_of_authority()
        if warning:
            self.card.warning.say("In time", warning, tone="warn")
        else:
            self.card.warning.settle()

    def _show_one(self, key: str) -> None:
        """The chosen row beside the list; a sheet that was open for another is put away."""
        if self.sheet.busy:
            return
        self.page.open_sheet(opened=False)
        certificate, request = self._issued.get(key), self._requests.get(key)
        if request is not None:
            act = clinics.issue(self.desk, request)
            self.one.show_one(
                f"{request.fact.name}, {request.fact.credential}",
                "Asks for a certificate. Nothing is issued before the key was compared.",
                act.facts,
                does=act.title,
                renews=False,
                withdraws=False,
            )
        elif certificate is not None:
            mine = certificate.staff_id == self.desk.office.staff_id
            authority = self.desk.certificates.holds_authority
            self.one.show_one(
                f"{certificate.name}, {certificate.credential}",
                "",
                standing_facts(certificate, self.desk.now()),
                does="",
                renews=mine and (authority or own.next_of(self.desk) == "none"),
                withdraws=authority and certificate.state != "withdrawn",
            )
        else:
            self._show_own()

    def _show_own(self) -> None:
        act = own.act_of(self.desk, self)
        said = own.SAID[own.next_of(self.desk)]
        does = act.does if act is not None else ""
        self.one.show_one("Your certificate", said, (), does=does, renews=False, withdraws=False)

    # ------------------------------------------------ acts with a key

    def _begin(self, act: Act | None) -> None:
        if act is not None and not self.sheet.busy:
            self.page.said.settle()
            self.sheet.show_act(act)
            self.page.open_sheet(opened=True)
            self.sheet.begin()

    def _chosen(self) -> "Issued | None":
        return self._issued.get(self.card.list.current_key())

    def _go_on(self) -> None:
        request = self._requests.get(self.card.list.current_key())
        act = clinics.issue(self.desk, request) if request else own.act_of(self.desk, self)
        self._begin(act)

    def _renew(self) -> None:
        """Where the authority is, at once; on another laptop a request goes to the clinic."""
        chosen = self._chosen()
        if chosen is None or self.one.renew.isHidden():
            return
        here = self.desk.certificates.holds_authority
        self._begin(clinics.renew(self.desk, chosen) if here else own.ask(self.desk))

    def _withdraw(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not self.one.withdraw.isHidden():
            self._begin(clinics.withdraw(self.desk, chosen))

    def _sign_list(self) -> None:
        if not self.card.sign_list.isHidden():
            self._begin(clinics.sign_list(self.desk))

    def _card(self) -> None:
        if not self.card.card.isHidden():
            self._begin(clinics.card(self.desk, self))

    def _done(self, said: str) -> None:
        """It is on the disk."""
        first, _, rest = said.partition("\n")
        self.page.open_sheet(opened=False)
        self.page.said.say(first, rest, tone="ok")
        self._refresh()
        self.card.list.setFocus()

    def _leave(self) -> None:
        if not self.sheet.busy:
            self._show_one(self.card.list.current_key())
            self.card.list.setFocus()

    # ------------------------------------------------ files

    def _save_trust(self) -> None:
        self._save("Save the trust file", "clinic-trust.pem", self.desk.certificates.trust_file())

    def _save_guide(self) -> None:
        """Drawn in a worker, one at a time, then asked where to."""
        if not self.card.guide.isEnabled():
            return
        task = self.desk.certificates.guide_task()
        self.card.guide.setEnabled(False)
        self.page.said.say("The guide is being made", "It asks where to save it.", tone="muted")
        job = self.desk.workers.start(lambda _job: task.work())
        job.done.connect(self._guide_made)
        job.failed.connect(lambda error: self._no_guide(str(error)))
        job.stopped.connect(lambda: self._no_guide("Nothing was changed: press it once more."))

    def _guide_made(self, content: bytes) -> None:
        self.card.guide.setEnabled(True)
        self.page.said.settle()
        self._save("Save the guide", "how-to-trust.pdf", content)

    def _no_guide(self, why: str) -> None:
        self.card.guide.setEnabled(True)
        self.page.said.say("No guide was made", why)

    def _save(self, title: str, name: str, content: bytes) -> None:
        try:
            path = clinics.saved(self.desk, self, title, name, content)
        except KetaChartError as error:
            self.page.said.say("It was not saved", str(error))
            return
        if path is not None:
            self.page.said.say("Saved", breakable(path), tone="ok")

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """Whose they are."""
        return (self.title, self.desk.office.clinic.name)

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self._primary,
            "renew": self._renew,
            "withdraw": self._withdraw,
            "sign-list": self._sign_list,
            "card": self._card,
            "trust-file": self._save_trust,
            "guide": self._save_guide,
            "seen": self.page.seen.click,
            "back": self._back,
            "certificates": self._back,
            "day": lambda: self._window.show_screen("day"),
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def _primary(self) -> None:
        if self.page.asks:
            self.sheet.primary.press()
        elif not self.one.primary.isHidden():
            self.one.primary.press()

    def _back(self) -> None:
        """Out of a sheet that was begun; else to where one was."""
        if self.page.asks:
            self._leave()
        else:
            self._window.go_back()
