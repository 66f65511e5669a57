"""The visit as one drawing, described once for the window and for paper."""
