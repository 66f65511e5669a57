"""What the state's board asks of a visit at home; the gap is said and answered, not hidden (K1)."""

from collections.abc import Iterator

from ketachart.domain.facts import FindingExplained, InfusionStarted
from ketachart.domain.finding import Finding
from ketachart.domain.policy_drug import StateRule
from ketachart.domain.scope import state_code, state_rule
from ketachart.domain.visit import Visit

ON_SITE = "prescriber-on-site"
NO_RULE = "no-rule-of-state"


def wants_prescriber(visit: Visit) -> StateRule | None:
    """The rule of this visit's state, where it wants the prescriber in the building."""
    rule = state_rule(visit)
    return rule if rule is not None and rule.prescriber_on_site == "yes" else None


def on_site_words(rule: StateRule) -> str:
    """What is asked about, in one sentence without a stop."""
    return f"The rule for {rule.state} wants the prescriber in the building; this is a home"


def no_rule_words(visit: Visit) -> str:
    """That the protocol is silent about this visit's state; empty where it is not."""
    if state_rule(visit) is not None or not visit.protocol.states:
        return ""  # a protocol of before the rules of states is silent about every one of them
    code = state_code(visit)
    return f"No rule on file for {code}" if code else "The clinic's record names no state"


def scope_findings(visit: Visit) -> Iterator[Finding]:
    """Of a visit with an infusion: the gap that was answered, or that no rule is on file.

    A gap that nobody answered stands against the start itself, or is the reason for its DESPITE.
    """
    if not visit.facts(InfusionStarted):
        return
    rule, silent = wants_prescriber(visit), no_rule_words(visit)
    if rule is not None and any(f.finding == ON_SITE for f in visit.facts(FindingExplained)):
        yield Finding(
            code=ON_SITE,
            severity="reason",
            sentence=on_site_words(rule),
            detail=rule.words,
            phase="order",
            source=rule.source,
        )
    if silent:
        yield Finding(
            code=NO_RULE,
            severity="know",
            sentence=silent,
            detail="Ask the clinic's supervisor what the state's board says of a visit at home.",
            phase="order",
        )
