"""KetaChart: the core that charts a ketamine visit, with no window in it."""

__version__ = "1.0.0"
