"""The chart as forms on paper, for when there is no screen."""
