"""Where the rules of time zones come from: the tzdata package, on every computer.

A computer's own may be years old, and Windows has none.
"""

from __future__ import annotations

from zoneinfo import reset_tzpath


def use_packaged_zones() -> None:
    """Called once where a process begins: the app, the command line, the child that reads a file, the tests."""
    reset_tzpath(())
