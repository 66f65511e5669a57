"""Patient, allergies and order in one form, with what the order comes to beside it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ketachart.domain.facts import Fact, OrderRecorded, PatientRecorded, ProtocolAdopted
from ketachart.domain.order_on_file import OrderOnFile
from ketachart.domain.quantities import Kg
from ketachart.errors import LedgerError, Refused
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.drafts.content import part
from ui.drafts.form import Drafted
from ui.earlier_reader import EarlierReader
from ui.forms.order.form import OrderForm
from ui.forms.patient_form import PatientForm
from ui.screens.base import Screen, Window
from ui.screens.before_sheet import BeforeSheet
from ui.screens.order_reference import OrderReference
from ui.theme import Dressed, Look
from ui.widgets.boxes import Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field import Field, Judgement, Standing
from ui.widgets.keeping import Fields
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble


class VisitFormScreen(Screen, Dressed, Drafted):
    """What a visit is opened from, or planned with; nothing typed is lost before it is kept."""

    words = ""
    why_not = ""
    at_clinic = False

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self.form_title = self.title
        protocol = desk.office.protocol
        self._weight: Kg | None = None
        self._taken_for = ""
        self._filled_before: dict[str, str] = {}
        self._patient = PatientForm(self._known, today=desk.now().date(), at_clinic=self.at_clinic)
        self._order = OrderForm(protocol)
        self._reference = OrderReference(protocol)
        self._trouble = Trouble(self.why_not)
        self._primary = PrimaryButton(self.words, key=key_of("primary"))
        self._side = Card("What it comes to", inset=tokens.S3)
        self._beside = Scroller("What it comes to", self._reference)
        self._beside.setProperty("bare", "true")
        self._sheet = Button("Sheet before the visit", sign="file-text", key=key_of("sheets"))
        self._side.add(self._beside, stretch=1)
        self._side.add(self._trouble)
        for button in self._buttons():
            self._side.add(button)
        self._before = BeforeSheet(desk, self._whose, width=tokens.ACTION_WIDTH)
        self._ahead = EarlierReader(desk, self)
        self._lay_parts()
        self._listen()
        self.dress(theme.look())

    def _buttons(self) -> tuple[QWidget, ...]:
        """What is pressed, at the foot of what it comes to."""
        return (self._sheet, self._primary)

    def _press(self) -> None:
        """What the main button does."""
        raise NotImplementedError

    def _lay_parts(self) -> None:
        columns = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, columns)
        self._columns.setContentsMargins(0, 0, 0, 0)
        for form in (self._patient, self._order):
            form.add_room()
            self._columns.addWidget(form, 1)
        self._form = Scroller(self.title, columns)
        page = QWidget()
        self._page = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._page.addWidget(self._form, 1)
        self._page.addWidget(self._side)
        self._page.addWidget(self._before)
        self._whole = Scroller(f"{self.title}, with what it comes to", page)
        for scroller in (self._form, self._whole):
            scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
            scroller.setProperty("bare", "true")
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._whole)
        self._inside = columns

    def _listen(self) -> None:
        self._patient.changed.connect(self._renew)
        self._order.changed.connect(self._renew)
        self._patient.looked_up.connect(self._take_weight)
        self._patient.looked_up.connect(self._offer_order)
        self._patient.looked_up.connect(self._ahead.start)
        self._order.on_file.wanted.connect(self._want_order)
        self._order.on_file.taken.connect(self._take_order)
        self._primary.clicked.connect(self._press)
        self._sheet.clicked.connect(self._show_before)
        self._before.left.connect(self._leave_before)

    # ------------------------------------------------ layout

    def dress(self, look: Look) -> None:
        """Patient, order and reference beside each other; below each other where it is narrow."""
        gutter = look.px(tokens.GUTTER)
        self._page.setContentsMargins(gutter, gutter, gutter, gutter)
        self._page.setSpacing(gutter)
        self._columns.setSpacing(gutter)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        effective = self.width() / look.scale
        narrow = effective < tokens.MIDDLE
        self._before.set_fills(fills=narrow)
        self._columns.setDirection(across if effective >= tokens.WIDE else down)
        self._page.setDirection(down if narrow else across)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(self.width())
            width = max(1, self._form.viewport().width())
            self._form.setMinimumHeight(self._inside.heightForWidth(width))
            self._beside.setMinimumHeight(self._reference.heightForWidth(self._beside.width()))
            self._form.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        else:
            self._beside.setMinimumHeight(0)
            self._form.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self._side.setFixedWidth(look.px(tokens.ACTION_WIDTH))
            self._form.setMinimumHeight(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self.dress(theme.look())

    # ------------------------------------------------ what is known, what it comes to

    def _known(self, mrn: str) -> PatientRecorded | None:
        try:
            return self.desk.office.known_patient(mrn)
        except LedgerError as error:
            self._trouble.say("What is on file for this number cannot be read", str(error))
            return None

    def _take_weight(self, mrn: str) -> None:
        try:
            self._weight = self.desk.office.last_weight(mrn) if mrn else None
        except LedgerError:
            self._weight = None  # the reason was said when the patient was looked up
        self._renew()

    def _offer_order(self, mrn: str) -> None:
        """What was taken over for another number is taken out again."""
        if self._taken_for not in ("", mrn):
            self._order.empty()
        self._taken_for = ""
        try:
            found = self.desk.office.order_on_file(mrn) if mrn else None
        except LedgerError:
            found = None  # the reason was said when the patient was looked up
        self._order.on_file.offer(found)

    def _want_order(self) -> None:
        self._order.on_file.take(begun=self._order.begun())

    def _take_order(self, found: OrderOnFile) -> None:
        self._taken_for = self._patient.mrn()
        self._order.show_order(found.order, number=found.next_number, dated=not found.expired)
        self._renew()

    def _renew(self) -> None:
        now = self.desk.now()
        self._reference.show_goal(self._order.goal())
        self._reference.show_order(self._order.sketch(now), self._weight, at=now)
        try:
            self._reference.show_code(self._patient.fact(now), self._order.fact(now))
        except Refused:
            self._reference.show_code(None, None)

    # ------------------------------------------------ the sheet before the visit

    def _whose(self) -> PatientRecorded:
        return self._patient.fact(self.desk.now())

    def _show_before(self) -> None:
        self._side.setVisible(False)
        self._before.open()

    def _leave_before(self) -> None:
        self._before.setVisible(False)
        self._side.setVisible(True)
        self._sheet.setFocus()

    # ------------------------------------------------ what is typed

    def _read(self) -> tuple[PatientRecorded, OrderRecorded] | None:
        """Patient and order as the record would take them; None, and why not is said."""
        self._trouble.settle()
        now = self.desk.now()
        patient = self._checked(self._patient, lambda: self._patient.fact(now))
        if patient is None:
            return None
        protocol = ProtocolAdopted(at=now, protocol=self.desk.office.protocol)
        order = self._checked(self._order, lambda: self._order.fact(now), protocol, patient)
        if not isinstance(patient, PatientRecorded) or not isinstance(order, OrderRecorded):
            return None
        return patient, order

    def _checked(
        self, form: PatientForm | OrderForm, read: Callable[[], Fact], *beside: Fact
    ) -> Fact | None:
        """What a form says, as the record would take it; else why not, and the focus there."""
        from ketachart import charting

        try:
            fact = read()
            charting.check_fact(fact, self.desk.clock, beside=beside)
        except Refused as refusal:
            self._trouble.say("Not yet", str(refusal))
            field = form.field(refusal.field)
            if isinstance(field, Field):
                field.set_judgement(Judgement(Standing.BAD, str(refusal), short="look here"))
            if field is not None:
                field.setFocus()
            return None
        return fact

    # ------------------------------------------------ kept while it is typed

    def form_root(self) -> QWidget:
        """Patient and order."""
        return self._inside

    def kept_inside(self) -> Fields:
        """What was filled in and not typed, and for which record number."""
        return {"filled": self._patient.filled(), "taken_for": self._taken_for}

    def take_back_inside(self, kept: Fields) -> None:
        """For whom the order was taken over; and nobody is looked up while fields are put back."""
        self._taken_for = str(kept.get("taken_for", ""))
        self._filled_before = {k: str(v) for k, v in part(kept, "filled").items()}

    def taken_back(self) -> None:
        """Weight and order on file of the number that stands there."""
        taken_for = self._taken_for
        self._patient.go_on_with(self._filled_before)
        self._taken_for = taken_for
        self._renew()

    # ------------------------------------------------ what every screen has

    def arrive(self) -> None:
        """To the record number."""
        with self.desk.drafts.opening(self):
            self._begin()

    def _begin(self) -> None:
        self._patient.begin()

    def _leave(self) -> None:
        self._window.show_screen("day")

    def _acts(self) -> dict[str, Callable[[], object]]:
        """What the keys do."""
        asked = self._before.isVisible()
        return {
            "primary": (self._before.primary if asked else self._primary).press,
            "back": self._leave_before if asked else self._leave,
            "sheets": self._show_before,
            "on-file": self._want_order,
            "add-allergy": self._patient.allergies.add_row,
        }

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        if self._order.more.act(name):
            return True
        acts = self._acts()
        if name not in acts:
            return False
        acts[name]()
        return True
