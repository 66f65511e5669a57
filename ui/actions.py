"""Every act that has a key: its words, its one key for the whole window, and where it acts."""

from dataclasses import dataclass
from typing import Final, Literal

Where = Literal["any", "door", "unlocked", "day", "new-visit", "order", "visit", "stock", "review"]


@dataclass(frozen=True, slots=True)
class Action:
    """One act. ``name`` is what a screen is asked to do; ``key`` is Qt's text for the key."""

    name: str
    words: str
    key: str
    where: Where = "visit"


# One key map for the whole window: a key means the same thing wherever it acts.
ACTIONS: Final[tuple[Action, ...]] = (
    Action("keys", "All keys", "F1", "any"),
    Action("vitals", "Vitals", "F2"),
    Action("note", "Note", "F3"),
    Action("medicine", "Medicine given", "F4"),
    Action("effect", "Side effect", "F5"),
    Action("rate", "Change rate", "F6"),
    Action("pause", "Pause or resume", "F7"),
    Action("emergency", "Emergency steps", "F8", "unlocked"),
    Action("ems", "Emergency sheet for the crew", "Shift+F8"),
    Action("theme", "Light of the screen", "F9", "any"),
    Action("sound", "Sound of alerts, on or off", "Shift+F9", "unlocked"),
    Action("test-alert", "Test the alert", "Shift+F7", "any"),
    Action("touch-keys", "Keys on the screen", "Ctrl+K", "any"),
    Action("stop", "Stop the infusion", "F10"),
    Action("measure", "What was done", "F11"),
    Action("access", "IV and site", "F12"),
    Action("primary", "The main button", "Ctrl+Return", "any"),
    Action("back", "Back, close", "Esc", "any"),
    Action("phase-1", "Screening", "Ctrl+1"),
    Action("phase-2", "Order & dose", "Ctrl+2"),
    Action("phase-3", "Infusion", "Ctrl+3"),
    Action("phase-4", "Observation", "Ctrl+4"),
    Action("phase-5", "Instructions", "Ctrl+5"),
    Action("phase-6", "Sign", "Ctrl+6"),
    Action("turn", "Chart or actions, in a narrow window", "Ctrl+Tab"),
    Action("mark", "Mark this moment", "Ctrl+M"),
    Action("marks", "A marked moment was nothing", "Ctrl+Shift+M"),
    Action("timeline", "To the timeline", "Ctrl+T"),
    Action("log", "To the entries", "Ctrl+G"),
    Action("correct", "Correct the chosen entry", "Ctrl+E"),
    Action("undo", "Strike the last entry", "Ctrl+Z"),
    Action("call", "Call to the prescriber", "Ctrl+P"),
    Action("order-change", "Order changed by phone", "Ctrl+Shift+P"),
    Action("bolus", "Bolus", "Ctrl+B"),
    Action("bag-change", "Another bag hung", "Ctrl+H"),
    Action("fluid", "Fluid", "Ctrl+U"),
    Action("flush", "Line primed or flushed", "Shift+F12"),
    Action("waste", "Drug count", "Ctrl+D", "unlocked"),
    Action("visit-times", "Times of the visit", "Ctrl+Shift+T"),
    Action("clock", "Another clock", "Ctrl+Shift+C"),
    Action("home", "The home", "Ctrl+Shift+H"),
    Action("kit", "Kit check", "Ctrl+Shift+K"),
    Action("all-present", "All of the kit is present", "Alt+Z"),
    Action("time-out", "Time-out before the start", "Ctrl+Shift+O"),
    Action("not_done", "Vitals not done", "Shift+F2"),
    Action("scale", "Scales", "Ctrl+Shift+S"),
    Action("response", "Response to a medicine", "Shift+F4"),
    Action("pump-read", "Read the pump", "Shift+F6"),
    Action("answer", "Answer an alert", "Alt+L"),
    Action("put-off", "Put an alert off", "Shift+F3"),
    Action("elsewhere", "Infusion elsewhere", "Ctrl+O"),
    Action("other-ketamine", "Other ketamine", "Alt+Q"),
    Action("home-medicines", "Medicines at home", "Ctrl+Shift+D"),
    Action("history", "Headache history", "Ctrl+Shift+B"),
    Action("symptoms", "Symptoms beside pain", "Ctrl+Shift+Y"),
    Action("add", "All that can be charted", "Ctrl+I"),
    Action("release", "Release the patient", "Ctrl+R"),
    Action("score", "Recovery score", "Alt+R"),
    Action("handout", "Sheet left", "Alt+H"),
    Action("sheets", "Sheets for the patient", "Ctrl+J", "unlocked"),
    Action("calls", "Plan the calls", "Alt+C"),
    Action("ink-done", "Signature done", "Alt+D"),
    Action("no_ink", "Cannot or refuses to sign", "Alt+N"),
    Action("explain", "Give a reason", "Alt+E"),
    Action("read", "Read the pages", "Alt+P"),
    Action("incomplete", "Sign incomplete", "Alt+I"),
    Action("after-call", "Call after the visit", "Ctrl+Shift+F"),
    Action("addendum", "Addendum", "Ctrl+Shift+A"),
    Action("trust-file", "Save the trust file", "Alt+T"),
    *(Action(f"row-{n}", f"Row {n} of the list", f"Alt+{n}") for n in range(1, 10)),
    Action("new-visit", "New visit", "Ctrl+N", "day"),
    Action("search", "Search", "Ctrl+F", "day"),
    Action("protocol", "Protocol", "Alt+Y", "day"),
    Action("save-report", "Save the signed report", "Ctrl+S", "unlocked"),
    Action("add-allergy", "Add an allergy", "Alt+A", "new-visit"),
    Action("add-medicine", "Add a medicine if needed", "Alt+M", "order"),
    Action("add-step", "Add a step of the rate", "Alt+G", "order"),
    Action("add-limit", "Add a limit", "Alt+U", "order"),
    Action("add-treatment", "Add a treatment", "Alt+J", "order"),
    Action("add-plan", "Add monitoring", "Alt+V", "order"),
    Action("add-line", "Add bag and line", "Alt+O", "order"),
    Action("on-file", "Take over the order on file", "Alt+F", "new-visit"),
    Action("receive", "Receive vials", "Alt+K", "stock"),
    Action("move", "Move vials", "Alt+W", "stock"),
    Action("lost", "Broken, missing, expired", "Alt+X", "stock"),
    Action("show-all", "Show it without a count", "Alt+B", "stock"),
    Action("review", "Review signed reports", "Ctrl+Shift+R", "unlocked"),
    Action("open-folder", "Open a folder of reports", "Ctrl+Shift+I", "review"),
    Action("queue", "The reports that wait", "Ctrl+Shift+U", "review"),
    Action("last-report", "The report before", "Alt+Left", "review"),
    Action("next-report", "The next report", "Alt+Right", "review"),
    Action("details", "What the check of the signature found", "Ctrl+Shift+J", "review"),
    Action("ask", "Ask about the chosen row", "Ctrl+Shift+Q", "review"),
    Action("verdict", "The verdict", "Ctrl+Shift+V", "review"),
    Action("trends", "Trends over the reports", "Ctrl+Shift+E", "review"),
    Action("reveal", "Show what you type", "Alt+S", "door"),
    Action("day", "Back to the list of visits", "Ctrl+W", "visit"),
    Action("larger", "Larger text", "Ctrl++", "any"),
    Action("smaller", "Smaller text", "Ctrl+-", "any"),
    Action("lock", "Lock", "Ctrl+L", "unlocked"),
    Action("quit", "Quit", "Ctrl+Q", "any"),
)

BY_NAME: Final = {action.name: action for action in ACTIONS}


def key_of(name: str) -> str:
    """The key of an act, as it is printed on a button: “Ctrl+Enter” for Qt's “Ctrl+Return”."""
    return BY_NAME[name].key.replace("Return", "Enter")
