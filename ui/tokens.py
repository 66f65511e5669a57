"""Every colour, size and space of the window, in one place, for a dim room and for a bright one.

The values come from the measured mock (design notes, look.md section 4); ``ui/contrast.py`` holds
them to their least contrasts.
"""

from typing import Final, Literal

TypeName = Literal["display", "value", "h1", "h2", "body", "label", "small"]
Tone = Literal["text", "muted", "faint", "accent_text", "danger", "warn", "ok", "on_cta"]
ThemeName = Literal["dim", "dim-green", "light"]

TYPE: Final[dict[TypeName, int]] = {
    "display": 27,
    "value": 24,
    "h1": 20,
    "h2": 16,
    "body": 14,
    "label": 13,
    "small": 12,  # the floor: nothing is set smaller, on the chart neither
}
REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700

S1, S2, S3, S4, S6 = 4, 8, 12, 16, 24  # the 4-px grid
GUTTER = 12  # between the columns of a screen
RADIUS_SMALL, RADIUS, RADIUS_LARGE = 6, 8, 10
HAIR, RING = 1, 2  # an outline at rest; the ring of what has the focus

TARGET = 44  # the least height and width of anything that is pressed
PRIMARY = 50  # the one filled button
FIELD = 48
QUESTION = 96  # a field with its label and a line below
FIELD_COLUMN = 140  # the least width of one of several fields side by side
STEP = 54
EMERGENCY_STEP, EMERGENCY_STEP_FAR = 60, 100
ROW = 33  # a one-line row of the entry log
ANSWER_WIDTH = 65  # the least width of one of three answers
BAR = 4  # the bar of a countdown
SCROLL_BAR = 10
MARK = 16  # how much of a mark's height stands beside a line of small words
ICON_SMALL, ICON, ICON_LARGE, ICON_EMPTY = 16, 20, 24, 40
CLOSE_LINES = 18  # one row of a list of facts
KEY_COLUMN = 62  # the first column of a list of facts set in columns
READING_WIDTH = 440  # a sentence wider than this is hard to read
SOURCE_COLUMN = 180  # where a question comes from, on a wide screen
UNIT_COLUMN = 54  # the unit of a result, so that numbers above each other line up
QUESTION_ROOM = 220  # a question narrower than this lets its buttons go beneath it
POINT_WIDTH, POINT_ROOM = 340, 150  # a point of a list; its words before a button goes beneath
PAGE_WIDTH = 900  # a page of the report that is read on the screen
INK_HEIGHT = 84
INK_STROKE = 2
EDGE, EDGE_SEEN = 4, 2  # the glow of an alert around the window; thinner once it was answered

STRIP, STATUS = 70, 25  # patient strip, status bar
TWO_NOTICES = 680  # a window lower than this shows one notice at a time
LOW = 420  # a window lower than this has no room to spare around the patient
STEPS_WIDTH, RAIL_WIDTH, ACTION_WIDTH = 186, 84, 324
QUEUE_WIDTH = 68  # the reports that wait, as signs in a rail
DOOR_WIDTH, SEARCH_WIDTH = 300, 360  # the list of visits: the chosen patient, the search
VISIT_ROW = 58
VISIT_TIME, VISIT_SERIES, VISIT_NARROW = 88, 104, 620  # columns; under the last it is one
DOT = 9
# A card in the middle of the window: its left page, its right page, its least height.
UNLOCK_CARD = (380, 482, 470)
GUIDE_CARD = (236, 682, 520)
FAR = 1700  # the width at which a script can be read from further away
WIDE, MIDDLE, TALL = 1260, 900, 680  # effective sizes at which the screen is laid out anew

SCALES: Final = (1.0, 1.25, 1.5, 2.0)
LARGE_FROM: Final = 2.0  # these letters have palettes of their own: `ui/tokens_large.py`


class Palette:
    """One theme: a hex colour for every use; names beginning with ``c_`` are the chart's."""

    bg: str
    surface: str
    raised: str
    field: str
    line: str
    control: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_text: str
    accent_soft: str
    cta: str
    cta_hover: str
    on_cta: str
    focus: str
    danger: str
    danger_bg: str
    danger_line: str
    warn: str
    warn_bg: str
    warn_line: str
    ok: str
    ok_bg: str
    ok_line: str
    axis: str
    grid: str
    future: str
    c_expected: str
    c_rate: str
    c_rate_fill: str
    c_cum: str
    c_bp: str
    c_hr: str
    c_spo2: str
    c_pain: str
    c_fx: str
    c_now: str

    __slots__ = tuple(__annotations__)

    def __init__(self, **colours: str) -> None:
        for name in self.__slots__:  # no dataclass: it is made before the first paint
            setattr(self, name, colours.pop(name))
        if colours:
            raise TypeError(f"no tokens: {', '.join(colours)}")

    def varied(self, **colours: str) -> "Palette":
        """The same palette with other colours for some uses."""
        return Palette(**{name: self[name] for name in self.__slots__} | colours)

    def __getitem__(self, name: str) -> str:
        """The hex colour of a token; raises KeyError for a name that is no token."""
        if name not in self.__slots__:
            raise KeyError(name)
        return str(getattr(self, name))


DIM: Final = Palette(
    bg="#14110c",
    surface="#1a1610",
    raised="#251f15",
    field="#100d09",
    line="#383023",
    control="#807159",
    text="#bdb09b",
    muted="#a69881",
    faint="#998b74",
    accent="#c9994f",
    accent_text="#d5aa66",
    accent_soft="#2f2517",
    cta="#5c441d",
    cta_hover="#644a20",
    on_cta="#d9c8a8",
    focus="#e0bb7c",
    danger="#e08a7a",
    danger_bg="#2e1511",
    danger_line="#a55446",
    warn="#d8ab55",
    warn_bg="#2e230d",
    warn_line="#94742e",
    ok="#93b080",
    ok_bg="#1a2216",
    ok_line="#58724a",
    axis="#a89a83",
    grid="#2a241a",
    future="#18140e",
    c_expected="#1d2018",
    c_rate="#c9994f",
    c_rate_fill="#433215",
    c_cum="#d9c7a3",
    c_bp="#d68f7d",
    c_hr="#c993a8",
    c_spo2="#85b3a2",
    c_pain="#b3a0cf",
    c_fx="#a98d55",
    c_now="#e0bb7c",
)

# The same luminances in another hue; what means something (danger, done, series) keeps its own.
DIM_GREEN: Final = Palette(
    bg="#0d130e",
    surface="#121812",
    raised="#19221a",
    field="#0a0f0b",
    line="#283429",
    control="#62795f",
    text="#a3b7a2",
    muted="#8b9f8b",
    faint="#7e927e",
    accent="#7ead7a",
    accent_text="#8fbc8a",
    accent_soft="#1b2a1c",
    cta="#2d5034",
    cta_hover="#325639",
    on_cta="#bad0b5",
    focus="#9acd94",
    danger=DIM.danger,
    danger_bg=DIM.danger_bg,
    danger_line=DIM.danger_line,
    warn=DIM.warn,
    warn_bg=DIM.warn_bg,
    warn_line=DIM.warn_line,
    ok=DIM.ok,
    ok_bg=DIM.ok_bg,
    ok_line=DIM.ok_line,
    axis="#8da18c",
    grid="#1d271e",
    future="#101611",
    c_expected="#15221a",
    c_rate="#7ead7a",
    c_rate_fill="#233a23",
    c_cum="#b4d1ad",
    c_bp=DIM.c_bp,
    c_hr=DIM.c_hr,
    c_spo2=DIM.c_spo2,
    c_pain=DIM.c_pain,
    c_fx="#84985b",
    c_now="#9acd94",
)

LIGHT: Final = Palette(
    bg="#ece7de",
    surface="#faf7f1",
    raised="#f1ece2",
    field="#fefcf8",
    line="#d8d0c1",
    control="#857a68",
    text="#26211a",
    muted="#595043",
    faint="#62584b",
    accent="#85560d",
    accent_text="#7a4e0a",
    accent_soft="#f3e4c6",
    cta="#7d5010",
    cta_hover="#6b440c",
    on_cta="#fffaf0",
    focus="#7a4e0a",
    danger="#9c2b1c",
    danger_bg="#f9e1dc",
    danger_line="#b8493a",
    warn="#7a5200",
    warn_bg="#f8e8c2",
    warn_line="#a67a1c",
    ok="#3c6328",
    ok_bg="#e3edd9",
    ok_line="#6f9159",
    axis="#595043",
    grid="#e6dfd2",
    future="#f3eee4",
    c_expected="#eef2e6",
    c_rate="#8c5a0f",
    c_rate_fill="#f3e5c4",
    c_cum="#4d412c",
    c_bp="#a33b22",
    c_hr="#9a3563",
    c_spo2="#1d6a55",
    c_pain="#5b429b",
    c_fx="#8a6a22",
    c_now="#7a4e0a",
)

# For paper: greys that survive a fax; on the chart, shape tells the series apart, not shade.
PRINT: Final = Palette(
    bg="#ffffff",
    surface="#ffffff",
    raised="#f2f2f2",
    field="#ffffff",
    line="#c4c4c4",
    control="#767676",
    text="#111111",
    muted="#404040",
    faint="#595959",
    accent="#111111",
    accent_text="#111111",
    accent_soft="#e4e4e4",
    cta="#333333",
    cta_hover="#262626",
    on_cta="#ffffff",
    focus="#111111",
    danger="#111111",
    danger_bg="#ebebeb",
    danger_line="#404040",
    warn="#262626",
    warn_bg="#f2f2f2",
    warn_line="#595959",
    ok="#333333",
    ok_bg="#f7f7f7",
    ok_line="#737373",
    axis="#404040",
    grid="#dedede",
    future="#f7f7f7",
    c_expected="#efefef",
    c_rate="#111111",
    c_rate_fill="#dcdcdc",
    c_cum="#333333",
    c_bp="#111111",
    c_hr="#333333",
    c_spo2="#404040",
    c_pain="#262626",
    c_fx="#595959",
    c_now="#111111",
)

THEMES: Final[dict[ThemeName, Palette]] = {"dim": DIM, "dim-green": DIM_GREEN, "light": LIGHT}
