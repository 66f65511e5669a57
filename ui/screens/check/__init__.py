"""A check of signed reports: with the charts open or shut, on a machine without any."""
