"""Companion: a private calendar, activity library and diary for mothers in recovery, in the terminal."""

__version__ = "0.1.0"
