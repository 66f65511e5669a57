"""The window: Qt widgets over the core, and nothing clinical."""
