"""KetaChart: the core that charts a ketamine visit, with no window in it."""

__version__ = "0.1.0"
