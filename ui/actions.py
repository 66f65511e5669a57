"""Every act that has a key: its words, its one key for the whole window, and where it acts."""

from dataclasses import dataclass
from typing import Final, Literal

Where = Literal[
    "any",
    "door",
    "unlocked",
    "day",
    "new-visit",
    "order",
    "visit",
    "stock",
    "review",
    "check",
    "certificates",
    "post",
    "laptop",
    "restore",
    "people",
    "recovery",
    "practice",
]


@dataclass(frozen=True, slots=True)
class Action:
    """One act. ``name`` is what a screen is asked to do; ``key`` is Qt's text for the key."""

    name: str
    words: str
    key: str
    where: Where = "visit"


# The screens on which acts of a place have a meaning; “any” and “unlocked” ask for no screen.
_SCREENS: Final[dict[Where, tuple[str, ...]]] = {
    "door": ("unlock", "first-start", "people", "recover"),
    "day": ("day", "help"),  # the search of each
    "new-visit": ("new-visit", "plan-visit"),
    "order": ("new-visit", "plan-visit", "visit"),  # a new order, or one that is changed
    # the drug count has its rows, its corrections and its way back under the same keys
    "visit": ("visit", "emergency", "stock", "review", "certificates", "post", "laptop"),
    "stock": ("stock",),
    "review": ("review", "trends", "check"),
    "check": ("check",),
    "certificates": ("certificates",),
    "post": ("post",),
    "laptop": ("laptop",),
    "people": ("people", "recover"),
    "recovery": ("unlock", "first-start", "people", "recover", "restore"),
    # a restore begins where nothing is unlocked, or where the backups are looked after
    "restore": ("unlock", "first-start", "laptop", "restore"),
    "practice": (),  # only the window of a practice clinic has these
}


def acts_at(where: Where, screen: str, *, unlocked: bool) -> bool:
    """Whether an act of that place has a meaning on a screen."""
    if where == "any":
        return True
    return unlocked if where == "unlocked" else screen in _SCREENS[where]


# One key map for the whole window: a key means the same thing wherever it acts.
ACTIONS: Final[tuple[Action, ...]] = (
    Action("keys", "All keys", "F1", "any"),
    Action("find", "Find an act by its words", "Ctrl+Space", "any"),
    Action("help", "Help, at the page for this screen", "Alt+.", "any"),
    Action("settings", "Settings", "Ctrl+,", "any"),
    Action("language", "English or Spanish: Español", "Alt+,", "any"),
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
    Action("views", "Graph, grid or table of the visit", "Alt+F10"),
    Action("closer", "Timeline: a shorter part", "Alt++"),
    Action("wider", "Timeline: a longer part", "Alt+-"),
    Action("to-now", "Timeline: go with now", "Alt+0"),
    Action("last-visit", "Timeline: last visit behind this one", "Alt+F9"),
    Action("save-log", "Save the entries as a table (CSV)", "Ctrl+Shift+F5"),
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
    Action("more", "More vital signs, or fewer", "Alt+Down"),
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
    Action("paper", "Charted on paper", "Alt+F12"),
    Action("copied", "All of the paper is copied", "Ctrl+F4"),
    Action("paper-pack", "Forms to chart on paper, to print", "Alt+F11", "any"),
    Action("add", "All that can be charted", "Ctrl+I"),
    Action("drafts", "Typed and not recorded", "Ctrl+Shift+Z", "unlocked"),
    Action("release", "Release the patient", "Ctrl+R"),
    Action("score", "Recovery score", "Alt+R"),
    Action("handout", "Sheet left", "Alt+H"),
    Action("sheets", "Sheets for the patient", "Ctrl+J", "unlocked"),
    Action("calls", "Plan the calls", "Alt+C"),
    Action("other-call", "Plan another call", "Alt+Up"),
    Action("ink-done", "Signature done", "Alt+D"),
    Action("no_ink", "Cannot or refuses to sign", "Alt+N"),
    Action("explain", "Give a reason", "Alt+E"),
    Action("read", "Read the pages", "Alt+P"),
    Action("incomplete", "Sign incomplete", "Alt+I"),
    Action("after-call", "Call after the visit", "Ctrl+Shift+F"),
    Action("addendum", "Addendum", "Ctrl+Shift+A"),
    Action("answer-question", "Answer the clinic's question", "Ctrl+Shift+W"),
    Action("trust-file", "Save the trust file", "Alt+T"),
    Action("seen", "I have read this", "Alt+Home"),
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
    Action("whole-visit", "Ask about the whole visit", "Alt+End", "review"),
    Action("verdict", "The verdict", "Ctrl+Shift+V", "review"),
    Action("acknowledge", "Note that the prescriber signed", "Ctrl+Shift+N", "review"),
    Action("trends", "Trends over the reports", "Ctrl+Shift+E", "review"),
    Action("check", "Check a signed report", "Ctrl+F1", "any"),
    Action("choose-trust", "Choose a trust file", "Ctrl+F2", "check"),
    Action("copy-check", "Copy what the check found", "Ctrl+F3", "check"),
    Action("save-check", "Save what the check found", "Ctrl+F5", "check"),
    Action("certificates", "Certificates", "Ctrl+F6", "unlocked"),
    Action("renew", "Renew the certificate", "Ctrl+F7", "certificates"),
    Action("withdraw", "Withdraw the certificate", "Ctrl+F8", "certificates"),
    Action("sign-list", "Sign the list of withdrawn ones", "Ctrl+F9", "certificates"),
    Action("guide", "Save the guide for Acrobat", "Ctrl+F10", "certificates"),
    Action("card", "Make a card for a new laptop", "Ctrl+F11", "certificates"),
    Action("post", "Post: packages made and taken in", "Ctrl+Shift+L", "unlocked"),
    Action("plan-visit", "Plan a visit", "Ctrl+Shift+X", "unlocked"),
    Action("take-back", "Take the planned visit back", "Ctrl+F12", "new-visit"),
    Action("take-in", "Take in a package", "Ctrl+Shift+G", "post"),
    Action("reveal", "Show what you type", "Alt+S", "door"),
    Action("day", "Back to the list of visits", "Ctrl+W", "visit"),
    Action("larger", "Larger text", "Ctrl++", "any"),
    Action("smaller", "Smaller text", "Ctrl+-", "any"),
    Action("veil", "Cover the screen", "Shift+F11", "unlocked"),
    Action("laptop", "This laptop: backup, check, its book", "Shift+F1", "unlocked"),
    Action("halt", "Stop the backup or the check", "Ctrl+Shift+F1", "laptop"),
    Action("backup-place", "Choose where backups lie", "Ctrl+Shift+F2", "restore"),
    Action("rehearse", "Rehearse a restore", "Ctrl+Shift+F3", "laptop"),
    Action("retention", "How long visits stay", "Ctrl+Shift+F6", "laptop"),
    Action("restore", "Restore from a backup", "Ctrl+Shift+F4", "restore"),
    Action("people", "People: who unlocks, recovery key", "Ctrl+Shift+F7", "unlocked"),
    Action("let-in", "Let somebody in", "Ctrl+Shift+F8", "people"),
    Action("shut-out", "Shut the chosen person out", "Ctrl+Shift+F9", "people"),
    Action("passphrase", "Change my passphrase", "Ctrl+Shift+F10", "people"),
    Action("new-key", "Give the ledger a new key", "Ctrl+Shift+F12", "people"),
    Action("suggest", "Suggest a passphrase", "Ctrl+7", "people"),
    Action("take-key", "Use a recovery key that the clinic has", "Ctrl+9", "people"),
    Action("go-without", "Go without a recovery key", "Ctrl+0", "people"),
    Action("recovery-key", "The clinic's recovery key", "Ctrl+Shift+F11", "recovery"),
    Action("recovery-file", "Choose the recovery key's file", "Ctrl+8", "recovery"),
    Action("privacy", "When the screen is covered, and the PIN", "Shift+F5", "unlocked"),
    Action("practice", "Practise; in practice, leave it", "Ctrl+Alt+P", "any"),
    Action("practice-minute", "A minute later", "Ctrl+Alt+M", "practice"),
    Action("practice-later", "To what comes next", "Ctrl+Alt+N", "practice"),
    Action("drill-on", "Go on in the drill", "Ctrl+Alt+G", "practice"),
    Action("practice-again", "Begin the practice again", "Ctrl+Alt+B", "practice"),
    Action("lock", "Lock", "Ctrl+L", "unlocked"),
    Action("quit", "Quit", "Ctrl+Q", "any"),
)

BY_NAME: Final = {action.name: action for action in ACTIONS}


def key_of(name: str) -> str:
    """The key of an act, as it is printed on a button: “Ctrl+Enter” for Qt's “Ctrl+Return”."""
    return BY_NAME[name].key.replace("Return", "Enter")
