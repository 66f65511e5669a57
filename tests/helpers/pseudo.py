"""A made-up second language: every message in large letters; what stays small was missed."""

import re

from babel.messages.pofile import read_po

from ketachart import resources
from ui.language.catalogue import PLACE, Catalogue
from ui.language.voice import Voice


def pseudo_of(text):
    """A message in the made-up language; places and figures as they are."""
    parts = re.split(r"(\{\w*\})", text)
    return "".join(part if PLACE.fullmatch(part) else part.upper() for part in parts)


def pseudo_voice():
    """A voice that knows every message of the template."""
    with resources.path("locale", "ketachart.pot").open("rb") as file:
        messages = [str(each.id) for each in read_po(file) if each.id]
    return Voice("es", Catalogue({text: pseudo_of(text) for text in messages}))
