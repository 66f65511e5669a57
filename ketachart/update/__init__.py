"""Updates by file: checked before they are used, put in wholly or not at all, and undone again.

No network is asked. What an update file is, and what is held against it, stands in decision 39.
"""
