"""Every fact in the words in which screen and paper show it."""
