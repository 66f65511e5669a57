"""The whole report as plain values, before any of it has a place on paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from ketachart.report.sections.pieces import Front, Head, Section, Table
from ketachart.timeline.contents import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole report as plain values: page one, the timeline with its flags, every section.

    ``numbers`` gives the flag's number for an entry that has one. ``all_looks`` and ``all_effects``
    repeat what page one tells; they are set only where it cannot hold all of it.
    """

    head: Head
    front: Front
    timeline: Timeline
    flags: Table
    numbers: Mapping[str, str]
    all_looks: Table
    all_effects: Table
    sections: tuple[Section, ...]
