"""When the app breaks: one calm sentence and a code. Never a name, a title or a key.

Textual's own report prints the local variables of every frame, and there the words and the titles are. What leaves
the process here is where it broke and what kind of error it was, folded into a code: `python -m companion.crash CODE`
finds the place again in the same version of the source.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nothing to mistake when it is read out on the phone
_HOME = Path(__file__).parent


def crash_code(error: BaseException) -> str:
    """Such as "7K2M-Q4X": four letters for the place, three for the kind of error."""
    error = _innermost(error)
    name, line = _place(error.__traceback__)
    return f"{_fold(f'{name}:{line}', 4)}-{_fold(type(error).__name__, 3)}"


def sentence(code: str) -> str:
    """What is said when the app breaks."""
    from companion.domain.language import _

    words = _("Companion stopped because of a fault of ours. What you saved is safe.")
    return (
        f"{words}\n" + _("You can start it again. A code for whoever looks after it: {code}").format(code=code) + "\n"
    )


def stopped() -> str:
    """What is said when something outside ended the app."""
    from companion.domain.language import _

    return _("Companion was stopped from outside. What you saved is safe.") + "\n"


def guard() -> None:
    """Run the app in the launcher's child, with nothing escaping to the terminal but the sentence."""
    import os
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # until Ctrl+C comes as a key it does nothing
    try:
        from companion.app import main

        status = main(sys.argv[1:])
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  the last net: a traceback would show what she wrote
        sys.stderr.write(sentence(crash_code(error)))
        sys.stderr.flush()
        os._exit(70)
    sys.exit(status)


def where(code: str) -> list[str]:
    """The places in this version of the source that `code` may mean, as "screens/today.py:31"."""
    place = code.strip().upper().partition("-")[0]
    return [f"{name}:{line}" for name, line in _lines() if _fold(f"{name}:{line}", 4) == place]


def _innermost(error: BaseException) -> BaseException:
    """The error a worker or a group wraps: its place is the one that says something."""
    seen = 0
    while seen < 8:
        inner = getattr(error, "error", None) or error.__cause__
        if isinstance(error, BaseExceptionGroup):
            inner = error.exceptions[0]
        if not isinstance(inner, BaseException) or inner.__traceback__ is None:
            return error
        error, seen = inner, seen + 1
    return error


def _place(traceback: TracebackType | None) -> tuple[str, int]:
    """Our innermost line on the way to the error; without one, the innermost of all by its file's name."""
    ours: tuple[str, int] | None = None
    last = ("", 0)
    while traceback is not None:
        path = Path(traceback.tb_frame.f_code.co_filename)
        last = (path.name, traceback.tb_lineno)
        if path.is_relative_to(_HOME):
            ours = (path.relative_to(_HOME).as_posix(), traceback.tb_lineno)
        traceback = traceback.tb_next
    return ours or last


def _fold(text: str, letters: int) -> str:
    from hashlib import blake2b

    number = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    return "".join(_LETTERS[number >> 5 * place & 31] for place in range(letters))


def _lines() -> Iterator[tuple[str, int]]:
    for path in sorted(_HOME.rglob("*.py")):
        name = path.relative_to(_HOME).as_posix()
        for line in range(1, len(path.read_text("utf-8").splitlines()) + 1):
            yield name, line


if __name__ == "__main__":
    for each in sys.argv[1:]:
        sys.stdout.write(f"{each}: {', '.join(where(each)) or 'nowhere in this version'}\n")
