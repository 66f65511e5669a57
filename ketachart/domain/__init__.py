"""The rules: values in, values out; no file, no clock, no window."""
