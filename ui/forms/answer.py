"""What was done about an alert, or why nothing was."""

from ketachart.domain.asking import standing_alerts
from ketachart.domain.facts import AlertAnswered, Fact
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.lists import listed
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices, Shape
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField


class AnswerSheet(TimedSheet):
    """The alerts that stand, and the act."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Answer an alert", records="Record answer")
        self.alert = Offered("Which alert", empty="No alert stands.")
        self.alert.set_label("Which alert")
        self.done = Choices(
            "What was done",
            listed(desk.visit.protocol, "measure"),
            columns=2,
            several=True,
            shape=Shape.PILL,
        )
        self.done.set_label("What was done", hint="one or more")
        self.done.wrap_words()
        self.action = TextField("What else was done, or why nothing", label="Or in your words")
        self._wait = Button("It can wait", sign="clock-alert", key=key_of("put-off"))
        self._wait.clicked.connect(lambda: self.opens.emit("put-off"))
        self.add_fields((self.alert, self.done, self.action, self._wait))
        self.place("alert", self.alert)
        self.place("action", self.action)

    def show_visit(self, visit: Visit) -> None:
        """The alerts that stand; a single one needs no choosing."""
        standing = standing_alerts(visit, self.desk.now())
        unanswered = [one for one in standing if one.state != "seen"] or list(standing)
        offered = {one.alert.code: one.alert for one in unanswered}
        self._wait.setVisible(any(one.asks and one.alert.can_wait for one in standing))
        self.alert.offer(
            tuple(
                Choice(code, alert.sentence, f"since {clock(alert.since)}", key=str(place))
                for place, (code, alert) in enumerate(offered.items(), start=1)
            )
        )
        if len(offered) == 1:
            self.alert.choose(*offered)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The answer.

        Raises:
            Refused: no alert is chosen, or nothing is said.
        """
        del confirmed
        code = must_choose(self.alert, "Choose the alert.", "alert")
        label = self.desk.visit.protocol.label
        words = [label("measure", code) for code in self.done.chosen()]
        words.append(self.action.text().strip())
        action = "; ".join(filter(None, words))
        if not action:
            raise Refused(
                "Say what was done, or why nothing was.", rule="action missing", field="action"
            )
        return (AlertAnswered(at=self.when.moment(), alert=code, action=action),)
