"""What launcher and app agree on: exit statuses, the bytes that empty and restore a terminal, and the keys that hide.

Loaded by the launcher before anything else, so nothing is imported here that costs.
"""

from __future__ import annotations

NEUTRAL_TITLE = "Terminal"


class Ended:
    """The app's exit statuses, read by the launcher. 70 is EX_SOFTWARE of sysexits.h. No enum: it costs 3 ms."""

    LEFT = 0
    REFUSED = 2
    FAULT = 70
    HIDDEN = 75
    LOCKED = 76


# The order matters: an escape string or a synchronized update that was cut off is ended first, the keyboard protocol
# is popped while still on the alternate screen (kitty keeps a stack for each screen), then the reports go off.
_CALM = (
    "\x1b\\\x1b[?2026l\x1b[0m\x1b[<u"
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1016l\x1b[?1006l"  # mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # focus, bracketed paste, resize reports
    "\x1b[?7h\x1b]22;default\x07"  # long lines wrap, the mouse has its arrow
)
# "Erase below" from the top: unlike "erase all" (CSI 2J) no terminal moves what it erases into the scroll-back. The
# scroll-back itself is left alone: emptying it would take away what others did before, which is noticed.
BLANK = (_CALM + "\x1b[H\x1b[J").encode()
# Which screen the app was on when it ended is not known: 47 goes to the alternate one without touching the kept cursor,
# so that only that one is emptied; 1049 goes back to where MARK was set.
LEAVE_SCREEN = (_CALM + "\x1b[?47h\x1b[H\x1b[J\x1b[?1049l\x1b[0m\x1b[?25h").encode()
MARK = b"\x1b7"
# For a terminal that the app has already left: 1049 again would move the cursor back over what was printed since.
CALM = (_CALM + "\x1b[0m\x1b[?25h").encode()
ENTER_EMPTY_SCREEN = ("\x1b[?1049h" + BLANK.decode() + "\x1b[?25h").encode()

KEEP_TITLE = f"\x1b[22;2t\x1b]2;{NEUTRAL_TITLE}\x07".encode()
GIVE_TITLE_BACK = f"\x1b]2;{NEUTRAL_TITLE}\x07\x1b[23;2t".encode()
# These two print title sequences instead of obeying them.
NO_TITLE = frozenset({"linux", "vt100", "vt220"})


class Press:
    """What a key means to the launcher and to the input thread; the higher one counts where several come at once."""

    NOTHING = 0  # a report of the terminal, a mouse move, the release of a key
    OTHER = 1
    NUMBERS = 2
    HIDE = 3
    LEAVE = 4


_CTRL_X, _CTRL_Q, _ESC = 0x18, 0x11, 0x1B
_PLAIN = {_CTRL_X: Press.HIDE, _CTRL_Q: Press.LEAVE}
# The key where a US keyboard has X, or Q, on Cyrillic, Greek, Hebrew and Arabic layouts: a terminal with the kitty
# protocol reports the letter of the layout instead of the control character.
_LETTERS = {120: Press.HIDE, 88: Press.HIDE, 1095: Press.HIDE, 967: Press.HIDE, 1505: Press.HIDE, 1569: Press.HIDE} | {
    113: Press.LEAVE,
    81: Press.LEAVE,
    1081: Press.LEAVE,
    1590: Press.LEAVE,
}
_FUNCTION = {24: Press.HIDE, 15: Press.NUMBERS}  # CSI 24~ is F12, CSI 15~ is F5
_CTRL_BIT = 4
_RELEASE = 3
_LONGEST = 64  # bytes of an unfinished sequence until it is taken for noise


class KeyWatch:
    """Finds hide, leave and the numbers key in raw input, also where a sequence arrives in pieces.

    The control characters count wherever they stand, right after Esc and in pasted text too: hiding once too often
    does no harm.
    """

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[int]:
        """What was pressed, in order."""
        presses: list[int] = []
        data = self._rest + data
        self._rest = b""
        at = 0
        while at < len(data):
            byte = data[at]
            if byte != _ESC:
                if byte in _PLAIN:
                    presses.append(_PLAIN[byte])
                    at += 1
                    continue
                presses.append(Press.OTHER)
                at += 1
                continue
            end = _sequence_end(data, at)
            if end is None:
                self._rest = data[at:] if len(data) - at < _LONGEST else b""
                for inner in data[at:]:
                    if inner in _PLAIN:
                        presses.append(_PLAIN[inner])
                        self._rest = b""
                break
            presses.append(_meaning(data[at:end]))
            at = end
        return presses

    def pending(self) -> bool:
        """Whether the input ended within a sequence; a lone Esc is one until time has passed."""
        return bool(self._rest)

    def give_up(self) -> None:
        """Forget an unfinished sequence."""
        self._rest = b""


def _sequence_end(data: bytes, at: int) -> int | None:
    """Where the escape sequence at `at` ends; None where it isn't complete. A control character ends it early."""
    if at + 1 >= len(data):
        return None
    kind = data[at + 1]
    if kind in _PLAIN or kind == _ESC:
        return at + 1
    if kind == ord("["):
        start = at + 2
        if data[start : start + 1] == b"[":  # the Linux console writes F1 to F5 as CSI [ A to CSI [ E
            start += 1
        for place in range(start, len(data)):
            if data[place] in _PLAIN or data[place] == _ESC:
                return place
            if 0x40 <= data[place] <= 0x7E:
                return place + 1
        return None
    if kind == ord("O"):
        if at + 2 >= len(data):
            return None
        return at + 2 if data[at + 2] in _PLAIN or data[at + 2] == _ESC else at + 3
    if kind in b"]P_^X":  # a string the terminal sends, up to BEL or ST
        for place in range(at + 2, len(data)):
            if data[place] in _PLAIN:
                return place
            if data[place] == 0x07:
                return place + 1
            if data[place] == _ESC:
                if place + 1 == len(data):
                    return None
                return place + 2 if data[place + 1 : place + 2] == b"\\" else place
        return None
    return at + 2


def _meaning(sequence: bytes) -> int:
    if sequence == b"\x1b[[E":
        return Press.NUMBERS
    if len(sequence) == 1:
        return Press.OTHER
    if sequence[1] in b"]P_^X":
        return Press.NOTHING
    if sequence[1] != ord("["):
        return Press.OTHER
    final, body = chr(sequence[-1]), sequence[2:-1].decode("latin-1")
    if final == "u":
        return _extended(body.split(";"))
    if final == "~":
        numbers = body.split(";")
        if numbers[0] == "27" and len(numbers) == 3:  # xterm's modifyOtherKeys: CSI 27 ; modifiers ; letter ~
            return _extended([numbers[2], numbers[1]])
        if numbers[0] in ("200", "201"):  # paste begins, paste ends
            return Press.NOTHING
        return Press.NOTHING if _released(numbers) else _FUNCTION.get(_number(numbers[0]), Press.OTHER)
    if final in "RcnytxMmIO" or body[:1] in ("?", ">", "<"):
        return Press.NOTHING
    return Press.OTHER


def _extended(parts: list[str]) -> int:
    """A key as the kitty protocol writes it: letter[:shifted[:where]] ; modifiers[:press] ; text."""
    if _released(parts):
        return Press.NOTHING
    modifiers = _number(parts[1].split(":")[0]) - 1 if len(parts) > 1 else 0
    if modifiers > 0 and modifiers & _CTRL_BIT:
        for letter in (_number(part) for part in parts[0].split(":")):
            if letter in _LETTERS:
                return _LETTERS[letter]
    return Press.OTHER


def _released(parts: list[str]) -> bool:
    return len(parts) > 1 and parts[1].endswith(f":{_RELEASE}")


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
