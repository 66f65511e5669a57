"""The visit is signed: when, by whose certificate, and the file that may now leave the laptop."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal

from ketachart.domain.addenda import addenda
from ketachart.domain.after.calls import calls, state_words
from ketachart.domain.facts import VisitSigned
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock_with_seconds, count, day
from ketachart.errors import KetaChartError, LedgerError
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.screens.post.questions import QuestionCards
from ui.screens.post.status import status_of
from ui.screens.save_signed import OPEN_TO_READ
from ui.widgets.boxes import Column, Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.key_value import FactColumns, KeyValue, KeyValues
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.verdict_box import VerdictBox
from ui.widgets.words import Words

_LOCKED = "Nothing in it can be changed. What is missing is written as an addendum."
_SHORT = 16  # letters of a digest that are enough to compare by eye


class SignedCard(Card):
    """Saves the signed file and the clinic's trust file; the ledger keeps both for ever."""

    saved = Signal(Path)
    sheet_wanted = Signal(str)
    act_wanted = Signal(str)  # an act of the window

    def __init__(self, desk: Desk) -> None:
        super().__init__("Signed", inset=tokens.S3)
        self.desk = desk
        self._shown = ""
        self._verdict = VerdictBox("Signed")
        self._facts = Column(gap=tokens.S1)
        self._way = KeyValues("How far the report came")
        self._steps = Words(size="small", tone="muted")
        self.questions = QuestionCards()
        self._trouble = Trouble("Saving")
        self.save = PrimaryButton("Save the PDF…", sign="file-text", key=key_of("save-report"))
        self.trust = Button("Save the clinic's trust file…", sign="shield-check")
        self.trust.set_key(key_of("trust-file"))
        self.after_call = Button("Call after the visit", sign="phone")
        self.after_call.set_key(key_of("after-call"))
        self.answer = Button("Answer the clinic", sign="notebook-pen")
        self.answer.set_key(key_of("answer-question"))
        self.post = Button("Post", sign="usb", key=key_of("post"))
        self.addendum = Button("Write an addendum", sign="notebook-pen")
        self.addendum.set_key(key_of("addendum"))
        body = Column(gap=tokens.S3)
        body.add(self._verdict)
        body.add(self.questions)
        body.add(self._way)
        body.add(self._steps)
        body.add(self._facts)
        body.add(
            Words(
                "Whoever checks the signature needs the trust file once; it holds no secret.",
                size="small",
                tone="muted",
            )
        )
        body.add(self.trust)
        body.add(Words(OPEN_TO_READ, size="small", tone="muted"))
        body.add_room()
        self.add(Heading("Signed"))
        self.add(Scroller("Signed", body), stretch=1)
        self.add(self._trouble)
        self.add(self.answer)
        self.add(self.post)
        self.add(self.after_call)
        self.add(self.addendum)
        self.add(self.save)
        self.save.clicked.connect(self.save_report)
        self.trust.clicked.connect(self.save_trust)
        self.after_call.clicked.connect(lambda: self.sheet_wanted.emit("after-call"))
        self.addendum.clicked.connect(lambda: self.sheet_wanted.emit("addendum"))
        self.answer.clicked.connect(lambda: self.sheet_wanted.emit("answer-question"))
        self.post.clicked.connect(lambda: self.act_wanted.emit("post"))

    def show_signed(self, visit: Visit, signed: Entry[VisitSigned]) -> None:
        """When, by whose certificate, and the digest of the newest file; and how far it came."""
        self._show_way()
        version = visit.report.fact.sha256 if visit.report is not None else signed.id
        if version == self._shown:
            return
        self._shown = version
        incomplete = signed.fact.incomplete
        who = visit.nurse.name if visit.nurse else signed.fact.signer
        self._verdict.show_verdict(
            "warn" if incomplete else "ok",
            "Signed incomplete" if incomplete else "Signed and locked",
            sentence=incomplete
            or "Nothing in it can be changed. What is missing is written as an addendum.",
        )
        rows = [
            KeyValue("By", who),
            KeyValue("At", f"{day(signed.at.date())}, {clock_with_seconds(signed.at)}"),
            KeyValue("Certificate", signed.fact.certificate[:_SHORT]),
        ]
        if visit.report is not None:
            rows.append(KeyValue("SHA-256", visit.report.fact.sha256[:_SHORT]))
            pages = count(visit.report.fact.pages, "page")
            rows.append(KeyValue("Report", f"{pages}, version {visit.report.fact.version}"))
        added = addenda(visit)
        if added:
            rows.append(KeyValue("Added", count(len(added), "addendum", "addenda")))
        rows += [KeyValue("Call", state_words(call, self.desk.now())) for call in calls(visit)]
        self._facts.empty()
        self._facts.add(FactColumns("Signature", tuple(rows)))

    def _show_way(self) -> None:
        """A package may have come since: where the report stands, and what the clinic asks."""
        post, stream = self.desk.post, self.desk.room.stream
        try:
            standing, threads = post.standing(stream), post.threads(stream)
            leaves = not post.is_clinic and bool(post.correspondents())
        except KetaChartError as error:
            self._trouble.say("How far the report came could not be read", str(error))
            return
        sign, words, tone = status_of(standing, self.desk.now(), posts=leaves)
        known = leaves or standing.state != "signed"
        self._way.show_facts((KeyValue("Report", words, tone, sign),) if known else ())
        steps = [f"Version {one.version}: {one.words}" for one in standing.steps]
        self._steps.setText("\n".join(steps))
        self._steps.setVisible(known)
        self.post.setVisible(leaves and standing.state == "signed")
        self.questions.show_threads(threads)
        self.answer.setVisible(standing.open_questions > 0)

    # ------------------------------------------------ saving

    def save_report(self) -> None:
        """Saves the signed file, the same to the byte as it is kept."""
        try:
            report = self.desk.signed_report()
            if report is None:
                raise LedgerError("The signed file is not in the ledger. Ask your clinic.")
            self._save("Save the signed report", report.name, report.content)
        except KetaChartError as error:
            self._trouble.say("The report was not saved", str(error))

    def save_trust(self) -> None:
        """Saves the clinic's root certificate."""
        try:
            content = self.desk.office.root_certificate.encode("ascii")
            self._save("Save the clinic's trust file", "clinic-root.pem", content)
        except KetaChartError as error:
            self._trouble.say("The trust file was not saved", str(error))

    def _save(self, title: str, name: str, content: bytes) -> None:
        start = Path(self.desk.preferences.export_folder or Path.home())
        path = Dialogs.ask_save_path(self, title, start / name)
        if path is None:
            return
        save_file(path, content)
        self.desk.prefer(replace(self.desk.preferences, export_folder=str(path.parent)))
        self._trouble.say("Saved", breakable(path), tone="ok")
        self.saved.emit(path)
