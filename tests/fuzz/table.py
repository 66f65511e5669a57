"""All targets in one table."""

from tests.fuzz import (
    of_ledgers,
    of_packages,
    of_protocols,
    of_reports,
    of_scripts,
    of_settings,
)
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {
    target.name: target
    for room in (of_scripts, of_packages, of_reports, of_ledgers, of_settings, of_protocols)
    for target in room.TARGETS
}
