"""The gallery's cards of questions, entries, signatures and pages; all content is made up."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from ui import fonts, tokens
from ui.gallery_parts import Tall, card
from ui.tokens import Tone
from ui.widgets.answer_row import Answer, AnswerRow, ComputedRow
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading, Section
from ui.widgets.empty_state import EmptyState
from ui.widgets.entry_table import EntryRow, EntryTable
from ui.widgets.ink_pad import InkPad
from ui.widgets.page_preview import PagePreview
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.spans import Span

INK: Final = (
    ((900, 6000), (1300, 3000), (1700, 6200), (2200, 4800), (2600, 6000), (3100, 3800)),
    ((3600, 6000), (4200, 5000), (4800, 6100), (5600, 5200), (7400, 5600)),
    ((7700, 4200),),
)


def screening() -> Card:
    """Rows of questions: open, clear, ask, stop and computed."""
    rows: list[QWidget] = [Section("Heart")]
    told: tuple[tuple[str, Answer | None, str, Tone], ...] = (
        (
            "Chest pain, infarct or angina in the last 6 weeks",
            Answer.CLEAR,
            "No, asked today",
            "muted",
        ),
        (
            "Aneurysm, AVM, past brain bleed or stroke",
            Answer.STOP,
            "New: 4 mm, MRI 10 Nov",
            "danger",
        ),
        ("Blood pressure medicine taken today", Answer.ASK, "Amlodipine missed today", "warn"),
        ("Alcohol, cannabis or other in the last 48 h", None, "Not asked yet", "muted"),
    )
    for question, answer, note, tone in told:
        row = AnswerRow(question)
        row.set_answer(answer)
        row.set_note(note, tone=tone)
        rows.append(row)
    resting = ComputedRow("Resting reading today, after 5 min")
    resting.set_note("148/92, then 146/90: over 140/90", tone="warn")
    resting.set_answer(Answer.ASK, why="authorised ask")
    fasting = ComputedRow("Fasting")
    fasting.set_note("Solid food 07:05")
    return card("Medical review", *rows, resting, fasting, aside="heart, blood pressure")


def entries() -> Card:
    """The log: plain, late, struck, corrected, one chosen."""
    table = EntryTable("Entries")
    corrected = (
        Span("BP 138/84  HR "),
        Span("48", struck=True, tone="faint"),
        Span(" 84", strong=True),
        Span(" C2", tone="accent_text"),
        Span("  SpO₂ 97 %  RR 14  pain 3, drowsy"),
    )
    moved = (Span("14:49", struck=True, tone="faint"), Span("\n14:46", strong=True))
    paused = (Span("Infusion paused", tone="danger"),)
    table.show_rows(
        (
            EntryRow("e1", "15:40", "Vitals", corrected, by="JA"),
            EntryRow(
                "e2",
                "15:04",
                "Phone order",
                "Dr A. Okafor: resume at 17.1 mg/h once systolic is under 160; read back, "
                "code QF-57",
                "+8 min",
                "JA",
            ),
            EntryRow("e3", "15:02", paused, "BP 163/98, over the limit of 160", "+6 min", "JA"),
            EntryRow("e4", moved, "Nausea began", "Moderate", by="JA"),
            EntryRow(
                "e5",
                "14:35",
                "Vitals (5 min late)",
                "BP 142/88  HR 90  SpO₂ 96 %",
                by="JA",
                late=True,
            ),
            EntryRow(
                "e6",
                "14:20",
                "Medicine given",
                "Ondansetron 4 mg IV; entered twice",
                by="JA",
                struck=True,
            ),
        )
    )
    table.choose("e2")
    return card("Entries", Tall(table), aside="27, 1 late, 2 corrected")


def signatures() -> Card:
    """The pad, empty and signed."""
    empty, signed = InkPad("Signature of the adult"), InkPad("Signature of the patient")
    signed.set_strokes(INK)
    line = Heading("Patient: Elena M. Rivera", aside="signed 17:22")
    clear = Button("Clear", sign="rotate-ccw", kind=Kind.QUIET)
    clear.clicked.connect(signed.clear)
    line.set_right(clear)
    return card("Signatures", line, signed, empty)


def page(number: int) -> QImage:
    page = QImage(612, 792, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.setPen(Qt.GlobalColor.black)
    painter.setFont(fonts.font(tokens.TYPE["value"], tokens.BOLD))
    painter.drawText(
        QRect(0, 0, 612, 120), Qt.AlignmentFlag.AlignCenter, "Ketamine infusion record"
    )
    painter.setFont(fonts.font(tokens.TYPE["label"], tokens.REGULAR))
    for line in range(20):
        painter.drawText(60, 160 + 30 * line, f"Page {number}, line {line + 1}: BP 141/86, HR 86")
    painter.end()
    return page


def pages() -> Card:
    """The report before it is signed."""
    preview = PagePreview("Report")
    preview.show_pages((page(1), page(2)))
    preview.head().set_right(Button("Read", sign="file-text"))
    return card("Pages", Tall(preview))


def emptiness() -> Card:
    """Nothing here yet, and the way on."""
    made = EmptyState(
        "clipboard-list",
        "No visits for today on this laptop",
        explained="Visits come from your clinic on a stick or as a file. Without one you can "
        "still start a visit from a paper order.",
        fact="Last loaded 21 Nov 06:58, 5 visits, all signed and sent",
    )
    made.add_way(PrimaryButton("Load visits from a stick", sign="usb", key="L"))
    made.add_way(Button("New visit from paper", sign="plus"))
    return card("Empty", made)
