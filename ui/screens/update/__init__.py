"""A newer KetaChart from a file on a stick: looked at, put in, or undone again."""
