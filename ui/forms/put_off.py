"""An alert that can wait: for how many minutes, and why. One that asks to stop is not offered."""

from ketachart.domain.asking import most_wait, standing_alerts
from ketachart.domain.facts import AlertSnoozed, Fact
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.timed import TimedSheet, must_choose, one
from ui.widgets.choices import Choice, Choices
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class PutOffSheet(TimedSheet):
    """Which alert, for how many minutes, and the reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Put an alert off", records="Put it off")
        self._never = Words(size="small", tone="danger")
        self._never.hide()
        self.alert = Offered("Which alert", empty="No alert that asks can wait.")
        self.alert.set_label("Which alert")
        most = most_wait(desk.visit)
        longest = int(most.total_seconds()) // 60 if most is not None else 0
        self.minutes = Choices(
            "Minutes",
            tuple(Choice(str(n), str(n), key=str(n % 10)) for n in range(1, min(longest, 10) + 1)),
            columns=5,
        )
        self.minutes.set_label("For how many minutes", hint="it asks again after that")
        self.reason = TextField(
            "Why it can wait", label="Why it can wait", placeholder="Cuff moved, measuring again"
        )
        self.add_fields((self._never, self.alert, self.minutes, self.reason))
        self.place("alert", self.alert)
        self.place("for_min", self.minutes)
        self.place("reason", self.reason)
        self.minutes.changed.connect(lambda _chosen: self.renew_primary())
        self.reason.commit_on_enter()
        self.reason.committed.connect(self.commit)

    def records(self) -> str:
        """For how long, on the button."""
        chosen = one(self.minutes)
        return f"Put off {chosen} min" if chosen else "Put it off"

    def show_visit(self, visit: Visit) -> None:
        """The alerts that ask and can wait; what cannot is said."""
        asking = [one for one in standing_alerts(visit, self.desk.now()) if one.asks]
        offered = {each.alert.code: each.alert for each in asking if each.alert.can_wait}
        self.alert.offer(
            tuple(
                Choice(code, alert.sentence, f"since {clock(alert.since)}", key=str(place))
                for place, (code, alert) in enumerate(offered.items(), start=1)
            )
        )
        if len(offered) == 1:
            self.alert.choose(*offered)
        never = [each.alert.sentence for each in asking if not each.alert.can_wait]
        self._never.setText(f"Cannot wait: {'; '.join(never)}")
        self._never.setVisible(bool(never))

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The delay.

        Raises:
            Refused: no alert, no minutes or no reason.
        """
        del confirmed
        code = must_choose(self.alert, "Choose the alert that can wait.", "alert")
        minutes = must_choose(self.minutes, "Choose for how many minutes.", "for_min")
        reason = self.reason.text().strip()
        if not reason:
            raise Refused("Say why it can wait.", rule="reason missing", field="reason")
        return (
            AlertSnoozed(at=self.when.moment(), alert=code, for_min=int(minutes), reason=reason),
        )
