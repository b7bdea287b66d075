"""The paper code: 22 random signs and 2 check signs, in 6 groups of 4, such as `7K2M-…`.

The alphabet is Crockford's base 32 (crockford.com/base32.html): no I, L, O or U, and what is read as one of them is
forgiven. 22 signs are 110 random bits: nobody guesses them. The check signs are a Reed-Solomon code over GF(32)
with distance 3, so every code with one or two wrong signs is noticed, and so is every exchange of two; with one wrong
sign we know which group to look at again. A wrong code that passes by chance (1 in 1,024) still opens nothing.
"""

from __future__ import annotations

import os
import re

from companion.domain.language import _
from companion.errors import WrongSecret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SIGNS = 22
LENGTH = RANDOM_SIGNS + 2
GROUP = 4

_FORGIVEN = str.maketrans("OILU", "011V")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_.]")


def _powers() -> list[int]:
    """Powers of 2 in GF(32) with x⁵ + x² + 1; the 31 of them are all its elements but 0."""
    powers, value = [], 1
    for _step in range(31):
        powers.append(value)
        value <<= 1
        if value & 32:
            value ^= 0b100101
    return powers


_POWER = _powers()
_LOG = {value: exponent for exponent, value in enumerate(_POWER)}


def new_code() -> str:
    """A fresh code, as it is shown: `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`."""
    number = int.from_bytes(os.urandom(14)) >> 2  # 14 bytes have 112 bits, 22 signs 110
    signs = [(number >> 5 * place) & 31 for place in range(RANDOM_SIGNS)]
    text = "".join(ALPHABET[sign] for sign in (*signs, *_checks(signs)))
    return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def code_secret(code: str) -> bytes:
    """What is derived from. Raises WrongSecret where `code` can't be one, saying where to look."""
    text = _SEPARATORS.sub("", code[:200].upper()).translate(_FORGIVEN)
    if len(text) != LENGTH or any(sign not in ALPHABET for sign in text):
        raise WrongSecret(
            _("A paper code has 24 letters and digits."),
            _("Look at the paper again: 6 groups of 4. Dashes may be left out."),
        )
    plain, weighted = _sums([ALPHABET.index(sign) for sign in text])
    if plain or weighted:
        raise WrongSecret(_("A letter or digit in this code is not right."), _where(plain, weighted))
    return text.encode()


def _checks(signs: list[int]) -> tuple[int, int]:
    """The two last signs, which make both sums zero."""
    plain, weighted = _sums(signs)
    # first + second = plain and α²²·first + α²³·second = weighted, so second = (weighted + α²²·plain) / (α²² + α²³)
    divisor = _POWER[RANDOM_SIGNS] ^ _POWER[RANDOM_SIGNS + 1]
    second = _times(weighted ^ _times(_POWER[RANDOM_SIGNS], plain), _POWER[-_LOG[divisor] % 31])
    return plain ^ second, second


def _sums(signs: list[int]) -> tuple[int, int]:
    """Σ sᵢ and Σ αⁱ·sᵢ."""
    plain = weighted = 0
    for place, sign in enumerate(signs):
        plain ^= sign
        weighted ^= _times(_POWER[place], sign)
    return plain, weighted


def _times(one: int, other: int) -> int:
    return _POWER[(_LOG[one] + _LOG[other]) % 31] if one and other else 0


def _where(plain: int, weighted: int) -> str:
    """One wrong sign at place i gives weighted = αⁱ·plain, which tells i."""
    if plain and weighted:
        place = (_LOG[weighted] - _LOG[plain]) % 31
        if place < LENGTH:
            return _("Look at group {n} again.").format(n=place // GROUP + 1)
    return _("Look at each group again.")
