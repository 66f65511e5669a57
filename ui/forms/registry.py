"""Which sheets there are: the name is also the act that opens it (`ui/actions.py`)."""

from ui.forms.action_column import MakeSheet

SHEETS: dict[str, MakeSheet] = {}
