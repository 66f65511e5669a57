"""The gallery's cards of the rest of the kit: lists, waiting, trouble, keys; all is made up."""

from datetime import date

from ketachart.domain.earlier.outcome import Outcome
from ui import tokens
from ui.gallery_parts import Tall, card, side_by_side
from ui.gallery_record import page
from ui.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.bar import Bar
from ui.widgets.booklet import Booklet
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.cells import Cell, Cells
from ui.widgets.choices import Choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.first_page import FirstPage
from ui.widgets.key_list import KeyList
from ui.widgets.mark import Mark
from ui.widgets.offered import Offered
from ui.widgets.outcome_chart import OutcomeChart
from ui.widgets.passages import Passages, Text
from ui.widgets.picker import Picker
from ui.widgets.point_row import PointRow
from ui.widgets.queue_list import QueueList
from ui.widgets.queue_row import QueueRow, RowFlag
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.signed_choices import SignedChoices
from ui.widgets.text_field import TextField
from ui.widgets.touch_keys import TouchKeys
from ui.widgets.trouble import Trouble
from ui.widgets.verdict_line import VerdictLine
from ui.widgets.visit_line import ColumnLine, HeadLine, VisitLine
from ui.widgets.visit_list import VisitList
from ui.widgets.wait import Wait
from ui.widgets.ways import Ways
from ui.widgets.words import Words

LONG_NAME = "Featherstonehaugh-Wojciechowska, María Guadalupe"


def lists() -> Card:
    """Visits, reports that wait, rows with a value."""
    visits = VisitList("Visits")
    visits.show_lines(
        (
            HeadLine("Today", "2 visits"),
            ColumnLine(),
            VisitLine(
                "v1", "13:45", "261122-04", "Rivera, Elena M.", "14 Mar 1986", "Migraine", "3 of 5",
                "Running", "droplet", "accent_text",
            ),
            VisitLine(
                "v2", "16:00", "261122-05", LONG_NAME, "2 Feb 1950", "Induction", "",
                "To sign: 3 points", "pencil", "warn",
            ),
        )
    )  # fmt: skip
    queue = QueueList("Reports")
    flags = (RowFlag("octagon-alert", "1 stop passed over", "danger"), RowFlag("clock", "2 late"))
    queue.show_rows(
        (
            QueueRow("q1", LONG_NAME, "2 days", "2 d", "J. Alvarez, 22 Nov", flags, "warn"),
            QueueRow("q2", "Rivera, Elena M.", "3 h", "3 h", "M. Bell, 24 Nov"),
        )
    )
    rows = RowList("Limits")
    rows.show_rows(
        (
            ListRow(
                "r1", "Systolic over", "160 mmHg", "Clinic policy 12", "changed", "pencil", "warn"
            ),
            ListRow("r2", "SpO₂ under", "92 %", "ASA 2018, a source with a long name"),
        )
    )  # fmt: skip
    return card("Lists", Tall(visits), Tall(queue), Tall(rows))


def said() -> Card:
    """Trouble, banners, verdict lines, waiting, a bar, points to settle."""
    trouble = Trouble("Why it is not saved")
    trouble.say("The stick is full.", "Nothing is lost. Take another stick and press Save again.")
    wait = Wait("Next try in")
    wait.show_left(45)
    bar = Bar()
    bar.show_part(0.43)
    lines = []
    told: tuple[tuple[Tone, str], ...] = (
        ("ok", "As ordered."),
        ("warn", "Ask first."),
        ("danger", "Tenfold the order."),
    )
    for tone, words in told:
        line = VerdictLine()
        line.say(tone, words)
        lines.append(line)
    point = PointRow("Vitals at 14:35")
    point.show_point("Vitals at 14:35", note="5 min late, no reason", sign="clock", tone="warn")
    point.add_button(Button("Give a reason", key="Alt+E"))
    banner = Banner("warn", "The battery lasts 25 min", detail="Plug it in.", act="Show")
    marks = side_by_side(*(Mark(sign) for sign in ("check", "clock", "info", "lock", "phone")))
    return card("Said and waited for", trouble, banner, wait, bar, *lines, point, marks)


def asked() -> Card:
    """What is looked for, offered, signed with a minus, and set in two columns."""
    effects = tuple(Choice(n, n) for n in ("Nausea", "Dizziness", "Headache", "Blurred sight"))
    picker = Picker("Side effect", effects, label="Which", own_words="Charted in these words.")
    offered = Offered("Bag", empty="No bag is on file.")
    offered.offer((Choice("B1", "Bag B1, 100 mL"), Choice("B2", "Bag B2, 250 mL")))
    nothing = Offered("Vial", empty="No vial is on file.")
    nothing.offer(())
    rass = tuple(Choice(n, n) for n in ("2", "1", "0", "-1", "-2"))
    signed = SignedChoices("RASS", rass, common=("1", "0", "-1"), columns=5)
    grid = FieldGrid(
        TextField("Name", label="Name"), TextField("Telephone", label="Telephone"), columns=2
    )
    ways = Ways(Button("Save", key="Ctrl+S"), Button("Read", sign="file-text"))
    return card("Asked", picker, offered, nothing, signed, grid, ways)


def read() -> Card:
    """Cells, keys, passages with their source, a first page."""
    cells = Cells("Known", grows=1)
    cells.show_rows(
        (
            (Cell("Blood pressure"), Cell("141/86", strong=True), Cell("3 min")),
            (Cell("Side effects"), Cell("mild dissociation, nausea"), Cell("18 min", "warn")),
        )
    )
    keys = KeyList("Keys", (("F2", "vitals"), ("F7", "pause or resume"), ("Ctrl+Enter", "go on")))
    passages = Passages("Sources")
    passages.show_texts((Text("Nausea", "Ondansetron 4 mg IV.", "Clinic protocol, page 4"),))
    first = FirstPage("First page")
    first.show_page(page(1))
    words = side_by_side(Words("small", size="small"), Words("body"), Words("h1", size="h1"))
    series = OutcomeChart(
        (Outcome(date(2026, 11, 8), (7, 5, 3, 4)), Outcome(date(2026, 11, 22), (6, 4, None, 2)))
    )
    return card("Read", series, cells, keys, passages, first, words)


def booklet() -> Card:
    """Two pages side by side, one above the other where it is narrow."""
    left, right = (
        card("Left page", Words("What is known.")),
        card("Right page", Words("What to do.")),
    )
    return card("Booklet", Tall(Booklet("Booklet", left, right, sizes=tokens.GUIDE_CARD)))


def touch() -> Card:
    """Keys for a pointer or a finger."""
    return card("Keys on the screen", TouchKeys())
