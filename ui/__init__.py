"""The window: Qt widgets over the core, and nothing clinical."""

from ui import plain_imports

plain_imports.restore()  # before there is anything else to import
