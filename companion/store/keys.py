"""Secrets and what they unlock: her words or the paper code open a slot, and in the slot lies the data key.

The data key is 256 random bits and never changes while a data file lives. A slot holds it sealed with
XChaCha20-Poly1305 under a key that Argon2id derives from the secret. The seal also covers what the slot belongs to
(`Binding`) and how it was derived, so that a slot put into another profile, or with other numbers, does not open.
Why these two: docs/privacy.md, "How the keys work".
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from companion.domain.language import _
from companion.errors import InputError, StorageError

Kind = Literal["words", "code"]

KEY_SIZE = 32
SALT_SIZE = 16
NONCE_SIZE = 24
SEAL_SIZE = NONCE_SIZE + KEY_SIZE + 16  # the last 16 are Poly1305's tag
WORDS_LIMIT = 1_000  # characters

MIB = 1024 * 1024
ALGORITHM = "argon2id"
# What a head may ask for. Less protects nothing, more would hang or starve an old computer: 1 GiB × 10 takes 20 s here.
MEMORY_RANGE = (8 * MIB, 1024 * MIB)
PASSES_RANGE = (1, 10)

_KINDS: dict[object, Kind] = {"words": "words", "code": "code"}
_UNSTABLE = {"Cc", "Cn", "Cs"}  # control signs, and those that a newer Unicode may fold in another way


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one derivation costs: memory in bytes, passes over it. Kept in each slot, so it can grow later."""

    memory: int
    passes: int

    def __post_init__(self) -> None:
        within = MEMORY_RANGE[0] <= self.memory <= MEMORY_RANGE[1] and PASSES_RANGE[0] <= self.passes <= PASSES_RANGE[1]
        if not within:
            raise ValueError("key derivation cost out of range")


# 0.2 s for us, and so for each guess of somebody who copied the file (219 ms measured; 64 MiB 115, 256 MiB 477).
DEFAULT_COST = KdfCost(128 * MIB, 3)


@dataclass(frozen=True, slots=True)
class Binding:
    """What a seal belongs to: the format's version, the profile, the generation of its keys and the data file."""

    version: int
    profile_id: str
    generation: int
    database: str


@dataclass(frozen=True, slots=True)
class SealedSlot:
    """The data key, sealed under her words or the paper code."""

    kind: Kind
    cost: KdfCost
    salt: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """The data key in the clear, for a profile without words: anyone who can read the folder can read the data."""

    key: bytes = field(repr=False)


Slot = SealedSlot | OpenSlot


def new_key() -> bytes:
    """A fresh data key."""
    return os.urandom(KEY_SIZE)


def words_secret(words: str) -> bytes:
    """What is derived from: `words` without regard to big and small letters, number of spaces and way of typing.

    Not `clean()`: that drops what this Python's Unicode tables do not know yet, so that an update of Python could
    change the secret. Signs whose folding is not fixed for all time are refused instead (Unicode's stability policy
    covers assigned characters only).
    Raises InputError for nothing, too much, or such a sign.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", words[:WORDS_LIMIT]).casefold())
    secret = " ".join(folded.split())
    if not secret or len(words) > WORDS_LIMIT:
        raise InputError(_("Pass-words need at least one letter, and at most 1,000."), _("Four words work well."))
    if any(unicodedata.category(char) in _UNSTABLE for char in secret):
        raise InputError(_("There is a sign in these words that not every computer knows."), _("Choose other words."))
    return secret.encode()


def seal(kind: Kind, secret: bytes, key: bytes, binding: Binding, cost: KdfCost) -> SealedSlot:
    """A slot that gives `key` back to `secret`. Takes as long as `cost` says. Raises StorageError (memory)."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

    salt, nonce = os.urandom(SALT_SIZE), os.urandom(NONCE_SIZE)
    bound = _bound(binding, kind, cost, salt)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(key, bound, nonce, _derive(secret, salt, cost))
    return SealedSlot(kind, cost, salt, nonce + sealed)


def unseal(slot: SealedSlot, secret: bytes, binding: Binding) -> bytes | None:
    """The data key, or None where `secret` or anything the seal covers is another. Raises StorageError (memory)."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
    from nacl.exceptions import CryptoError

    bound = _bound(binding, slot.kind, slot.cost, slot.salt)
    nonce, sealed = slot.sealed[:NONCE_SIZE], slot.sealed[NONCE_SIZE:]
    derived = _derive(secret, slot.salt, slot.cost)
    try:
        key: bytes = crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound, nonce, derived)
    except CryptoError:
        return None
    return key


def slot_to_json(slot: Slot) -> dict[str, object]:
    """`slot` as it stands in the head."""
    if isinstance(slot, OpenSlot):
        return {"type": "open", "key": slot.key.hex()}
    return {
        "type": slot.kind,
        "kdf": _cost_to_json(slot.cost),
        "salt": slot.salt.hex(),
        "sealed": slot.sealed.hex(),
    }


def slot_from_json(value: dict[str, object]) -> Slot:
    """The slot in `value`, which is from a file that anybody may have written.

    Raises ValueError, TypeError or LookupError for anything that is not one, also for a derivation out of bounds.
    """
    kind = value["type"]
    if kind == "open":
        return OpenSlot(_exactly(value["key"], KEY_SIZE))
    kdf = value["kdf"]
    if not isinstance(kdf, dict) or kdf["alg"] != ALGORITHM or type(kdf["m"]) is not int or type(kdf["t"]) is not int:
        raise ValueError("key derivation")
    return SealedSlot(
        _KINDS[kind],
        KdfCost(kdf["m"], kdf["t"]),
        _exactly(value["salt"], SALT_SIZE),
        _exactly(value["sealed"], SEAL_SIZE),
    )


def _cost_to_json(cost: KdfCost) -> dict[str, object]:
    return {"alg": ALGORITHM, "m": cost.memory, "t": cost.passes}


def _bound(binding: Binding, kind: Kind, cost: KdfCost, salt: bytes) -> bytes:
    """What a seal covers besides the key, always in the same bytes."""
    covered = [
        binding.version,
        binding.profile_id,
        binding.generation,
        binding.database,
        kind,
        _cost_to_json(cost),
        salt.hex(),
    ]
    return json.dumps(covered, sort_keys=True, separators=(",", ":")).encode()


def _derive(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    from nacl.exceptions import RuntimeError as NotDone
    from nacl.pwhash import argon2id

    try:
        derived: bytes = argon2id.kdf(KEY_SIZE, secret, salt, opslimit=cost.passes, memlimit=cost.memory)
    except (NotDone, MemoryError) as cause:  # Argon2id gives up only where it can't have its memory
        raise StorageError(
            _("This computer does not have enough free memory to check your words."),
            _("Close other programs and try again."),
        ) from cause
    return derived


def _exactly(text: object, size: int) -> bytes:
    if not isinstance(text, str) or len(text) != 2 * size:
        raise ValueError("length")
    return bytes.fromhex(text)
