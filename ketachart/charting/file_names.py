"""Names of files that leave the laptop: a visit's number is in them, never a patient's name."""


def safe(words: str) -> str:
    """The words as a file name that every system takes: letters, digits, “-” and “_”."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in words)
