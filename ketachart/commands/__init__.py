"""The same core without a window: `python -m ketachart …`, for scripts, checks and reviewers."""
