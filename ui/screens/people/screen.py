"""People: who unlocks this ledger, one's own passphrase, the recovery key, the ledger's key."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout

from ketachart.domain.wording import count
from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.screens.base import Screen, Window
from ui.screens.people import notice, recovery, words
from ui.screens.people.new_key import NewKeySheet
from ui.screens.people.others import AdmitSheet, IssueSheet, ShutOutSheet
from ui.screens.people.own import ChangeSheet
from ui.screens.people.page import PeoplePage, Shown
from ui.screens.people.sheet import TaskSheet
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from ketachart.charting.people import PersonRow

_SUPERVISOR: Final = "Only a supervisor changes this. Ask your clinic's supervisor to unlock."
_OWN: Final = "Nobody else can read or reset your passphrase; a recovery key gives you a new one."
_KEY_ROW: Final = ListRow(
    words.KEY, "The ledger's key", "encrypts everything here", mark="In force", sign="lock",
    tone="muted", names=True,
)  # fmt: skip
_KEY_SAID: Final = (
    "Give it a new one after shutting somebody out who may have copied the files of this laptop. "
    "Otherwise there is no need to."
)


class PeopleScreen(Screen):
    """Slow acts run in a worker; what they made is on the disk before a sheet clears."""

    title = "People"
    keys = (("↑ ↓", "choose"), ("Ctrl+Enter", "go on"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._people: dict[str, PersonRow] = {}
        self.change, self.admit, self.issue = ChangeSheet(desk), AdmitSheet(desk), IssueSheet(desk)
        self.shut_out, self.new_key = ShutOutSheet(desk), NewKeySheet(desk)
        self.make, self.take = recovery.MakeSheet(desk), recovery.TakeSheet(desk)
        self.rehearse, self.without = recovery.RehearseSheet(desk), recovery.WithoutSheet(desk)
        sheets = (
            self.change, self.admit, self.issue, self.shut_out, self.new_key, self.make, self.take,
            self.rehearse, self.without,
        )  # fmt: skip
        self.page = PeoplePage(sheets)
        self.card, self.one = self.page.card, self.page.one
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self.card.list.chosen.connect(self._show_one)
        self.card.list.opened.connect(lambda _key: self._first_way())
        self.card.let_in.clicked.connect(self._let_in_new)
        self.card.laptop.clicked.connect(lambda: self.asked.emit("laptop"))
        self.one.primary.clicked.connect(self._first_way)
        for act, button in self.one.buttons.items():
            button.clicked.connect(lambda _on, act=act: self._way(act))
        for sheet in sheets:
            sheet.done.connect(self._done)
            sheet.left.connect(self._leave)

    # ------------------------------------------------ the list

    def arrive(self) -> None:
        """To the list, read anew; a sheet that is open stays as it was typed."""
        notice.settle(self.desk)
        self._refresh()
        if self.page.sheet is not None:
            self.page.sheet.begin_typing()
        else:
            self.card.list.setFocus()

    def show_recovery(self) -> None:
        """To the recovery key."""
        self.card.list.choose(words.RECOVERY)

    def _refresh(self) -> None:
        people, now = self.desk.keeping.people, self.desk.now()
        try:
            rows = people.people()
            kept, declined = people.recovery(), people.declined()
        except KetaChartError as error:
            self.page.said.say("Who may unlock could not be read", str(error))
            return
        self._people = {f"person:{row.staff_id}": row for row in rows}
        unlock = count(sum(row.may_unlock for row in rows), "person", "people")
        self.card.heading.set_aside(f"{unlock} may unlock")
        self.card.let_in.setVisible(people.may_change())
        listed = [words.row_of_person(row, now) for row in rows]
        self.card.show_rows((*listed, words.row_of_recovery(kept, declined, now), _KEY_ROW))
        self._show_one(self.card.list.current_key())

    def _show_one(self, key: str) -> None:
        """The chosen row beside the list; a sheet that was open for another is put away."""
        sheet = self.page.sheet
        if sheet is not None and sheet.busy:
            return
        if sheet is not None:
            sheet.forget()
        self.page.open_sheet(None)
        person = self._people.get(key)
        if person is not None:
            self.one.show_one(self._shown_person(person))
        elif key == words.RECOVERY:
            self.one.show_one(self._shown_recovery())
        else:
            self.one.show_one(self._shown_key())

    def _shown_person(self, person: "PersonRow") -> Shown:
        may = self.desk.keeping.people.may_change()
        ways: tuple[str, ...] = ()
        if person.you:
            ways = ("passphrase", "privacy", "certificates")
        elif may and person.may_unlock:
            ways = (*self._certifying(person), "shut-out")
        elif may:
            ways = ("let-in", "certificates")
        return Shown(
            title=words.named(person),
            said=_OWN if person.you else "" if may else _SUPERVISOR,
            facts=words.facts_of_person(person, self.desk.now()),
            ways=ways,
        )

    def _certifying(self, person: "PersonRow") -> tuple[str, ...]:
        """Where the authority is: a certificate for whoever has none in force."""
        certificates = self.desk.certificates
        if not certificates.holds_authority or self.desk.office.nurse.role != "supervisor":
            return ("certificates",)
        good = any(
            one.staff_id == person.staff_id and one.state in {"valid", "ends soon"}
            for one in certificates.issued()
        )
        return ("certificates",) if good else ("issue", "certificates")

    def _shown_recovery(self) -> Shown:
        people = self.desk.keeping.people
        kept, declined = people.recovery(), people.declined()
        ways: tuple[str, ...] = ("try-key",) if kept else ()
        if people.may_change():
            ways = (*ways, "recovery-key", "take-key")
            if kept is None and declined is None:
                ways = (*ways, "go-without")
        said = (kept.fault or recovery.AWAY) if kept else words.NONE_SET
        return Shown(
            title="The clinic's recovery key",
            said=said if people.may_change() else f"{said} {_SUPERVISOR}",
            facts=words.facts_of_recovery(kept, declined, self.desk.now()),
            ways=ways,
        )

    def _shown_key(self) -> Shown:
        why = self.desk.keeping.people.why_no_new_key()
        said = f"{_KEY_SAID} {why}".strip()
        return Shown(title="The ledger's key", said=said, ways=() if why else ("new-key",))

    # ------------------------------------------------ acts

    def _first_way(self) -> None:
        for act in self.one.shown.ways[:1]:
            self._way(act)

    def _way(self, act: str) -> None:
        """What a button of the chosen row does."""
        person = self._chosen()
        if act in {"privacy", "certificates"}:
            self.asked.emit(act)
        elif act == "let-in" and person is not None:
            self._begin(self.admit)
            self.admit.put_in(person)
            self.admit.begin_typing()
        elif act in {"issue", "shut-out"} and person is not None:
            sheet = self.issue if act == "issue" else self.shut_out
            self._begin(sheet, person)
        else:
            self._begin(self._sheets()[act])

    def _sheets(self) -> dict[str, TaskSheet]:
        return {
            "passphrase": self.change,
            "new-key": self.new_key,
            "recovery-key": self.make,
            "take-key": self.take,
            "try-key": self.rehearse,
            "go-without": self.without,
        }

    def _by_key(self, act: str) -> None:
        """What a key does: on its own row, and only where its button stands there."""
        if self._busy():
            return
        if act == "passphrase":
            self.card.list.choose(f"person:{self.desk.office.staff_id}")
        elif act == "new-key":
            self.card.list.choose(words.KEY)
        elif act != "shut-out":
            self.card.list.choose(words.RECOVERY)
        if act in self.one.shown.ways:
            self._way(act)

    def _let_in_new(self) -> None:
        if not self._busy() and not self.card.let_in.isHidden():
            self._begin(self.admit)

    def _begin(self, sheet: TaskSheet, person: "PersonRow | None" = None) -> None:
        if self._busy():
            return
        self.page.said.settle()
        sheet.forget()
        if person is not None and isinstance(sheet, (IssueSheet, ShutOutSheet)):
            sheet.show_person(person)
        self.page.open_sheet(sheet)
        sheet.renew()
        sheet.begin_typing()

    def _busy(self) -> bool:
        return self.page.sheet is not None and self.page.sheet.busy

    def _chosen(self) -> "PersonRow | None":
        return self._people.get(self.card.list.current_key())

    def _done(self, said: str) -> None:
        """It is on the disk."""
        if self._window.screen_shown is not self:
            self._window.show_screen("people")  # the ledger was locked for it, and opened again
        first, _, rest = said.partition("\n")
        self.page.open_sheet(None)
        self.page.said.say(first, rest, tone="ok")
        self._refresh()
        self.card.list.setFocus()

    def _leave(self) -> None:
        if not self._busy():
            self._show_one(self.card.list.current_key())
            self.card.list.setFocus()

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """Whose they are."""
        return (self.title, self.desk.office.clinic.name)

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self._primary,
            "let-in": self._let_in_new,
            "suggest": lambda: self._in_secret("suggest"),
            "reveal": lambda: self._in_secret("reveal"),
            "recovery-file": self._choose_file,
            "recovery-row": self.show_recovery,
            "back": self._back,
            "people": self._back,
            "day": lambda: self._window.show_screen("day"),
        }
        if name in self._sheets() or name == "shut-out":
            self._by_key(name)
            return True
        if name not in acts:
            return False
        acts[name]()
        return True

    def _primary(self) -> None:
        if self.page.sheet is not None:
            self.page.sheet.primary.press()
        elif not self.one.primary.isHidden():
            self.one.primary.press()

    def _in_secret(self, which: str) -> None:
        secret = getattr(self.page.sheet, "secret", None)
        if secret is not None and not self._busy():
            (secret.suggest if which == "suggest" else secret.reveal).click()

    def _choose_file(self) -> None:
        file = getattr(self.page.sheet, "file", None)
        if file is not None and not self._busy():
            file.ask()

    def _back(self) -> None:
        """Out of a sheet that was begun; else to where one was."""
        if self.page.sheet is not None:
            self.page.sheet.leave.click()
        else:
            self._window.go_back()
