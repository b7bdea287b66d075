from __future__ import annotations

import dataclasses
import random

import nacl.exceptions
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vault_kit import CHEAP

from companion.errors import InputError, StorageError, WrongSecret
from companion.store import keys, recovery_code
from companion.store.keys import MIB, Binding, KdfCost, OpenSlot, SealedSlot

BINDING = Binding(1, "ab" * 16, 3, "data.3")
SECRET = keys.words_secret("four words of mine")


@pytest.fixture(scope="module")
def sealed() -> tuple[bytes, SealedSlot]:
    key = keys.new_key()
    return key, keys.seal("words", SECRET, key, BINDING, CHEAP)


def test_the_right_secret_gives_the_key_back(sealed: tuple[bytes, SealedSlot]) -> None:
    key, slot = sealed
    assert keys.unseal(slot, SECRET, BINDING) == key
    assert keys.unseal(slot, keys.words_secret("four words of hers"), BINDING) is None


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(BINDING, version=2),
        dataclasses.replace(BINDING, profile_id="cd" * 16),
        dataclasses.replace(BINDING, generation=4),
        dataclasses.replace(BINDING, database="data.4"),
    ],
)
def test_a_slot_opens_nothing_in_another_place(sealed: tuple[bytes, SealedSlot], other: Binding) -> None:
    assert keys.unseal(sealed[1], SECRET, other) is None


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "code"},
        {"cost": KdfCost(9 * MIB, 1)},
        {"cost": KdfCost(8 * MIB, 2)},
        {"salt": bytes(16)},
        {"sealed": bytes(72)},
    ],
)
def test_a_slot_that_was_changed_opens_nothing(sealed: tuple[bytes, SealedSlot], change: dict[str, object]) -> None:
    changed = dataclasses.replace(sealed[1], **change)  # type: ignore[arg-type]
    assert keys.unseal(changed, SECRET, BINDING) is None


def test_the_seal_covers_kind_and_salt_and_not_only_what_they_derive(
    sealed: tuple[bytes, SealedSlot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key derived is held fixed, so that only what the seal covers can make the difference."""
    monkeypatch.setattr(keys, "_derive", lambda *_: b"k" * 32)
    slot = keys.seal("words", SECRET, sealed[0], BINDING, CHEAP)
    assert keys.unseal(slot, SECRET, BINDING) == sealed[0]
    for change in ({"kind": "code"}, {"salt": bytes(16)}, {"cost": KdfCost(9 * MIB, 1)}, {"cost": KdfCost(8 * MIB, 2)}):
        assert keys.unseal(dataclasses.replace(slot, **change), SECRET, BINDING) is None, change  # type: ignore[arg-type]


def test_a_slot_comes_back_from_the_head_as_it_went_in(sealed: tuple[bytes, SealedSlot]) -> None:
    for slot in (sealed[1], OpenSlot(sealed[0])):
        assert keys.slot_from_json(keys.slot_to_json(slot)) == slot


def test_a_key_is_in_no_representation() -> None:
    key = keys.new_key()
    assert key.hex() not in repr(OpenSlot(key)) and repr(key) not in repr(OpenSlot(key))


@pytest.mark.parametrize(
    "change",
    [
        {"kdf": {"alg": "argon2id", "m": 2**40, "t": 3}},
        {"kdf": {"alg": "argon2id", "m": 2**27, "t": 10**9}},
        {"kdf": {"alg": "argon2id", "m": 1, "t": 1}},
        {"kdf": {"alg": "argon2id", "m": 2**27, "t": 0}},
        {"kdf": {"alg": "argon2id", "m": 2.0**27, "t": 3}},
        {"kdf": {"alg": "argon2id", "m": True, "t": 3}},
        {"kdf": {"alg": "none", "m": 2**27, "t": 3}},
        {"kdf": None},
        {"salt": "00"},
        {"salt": "zz" * 16},
        {"sealed": "00" * 71},
        {"type": "master"},
        {"type": ["words"]},
        {"type": None},
    ],
)
def test_a_slot_from_a_file_is_bounded(sealed: tuple[bytes, SealedSlot], change: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        keys.slot_from_json({**keys.slot_to_json(sealed[1]), **change})


def test_words_are_the_same_however_they_are_typed() -> None:
    assert keys.words_secret("  Blue   KETTLE\tgarden ") == keys.words_secret("blue kettle garden")
    assert keys.words_secret("Cafe\u0301 Straße") == keys.words_secret("café STRASSE")
    assert keys.words_secret("ｂｌｕｅ") == keys.words_secret("blue")
    assert keys.words_secret("blue kettle") != keys.words_secret("bluekettle")


@given(st.text(max_size=40))
@settings(max_examples=80)
def test_words_that_can_be_chosen_can_be_typed_again(words: str) -> None:
    try:
        secret = keys.words_secret(words)
    except InputError:
        return
    assert keys.words_secret(f" {words} ") == keys.words_secret(secret.decode()) == secret


@pytest.mark.parametrize("words", ["", "  \t ", "x" * 1_001, "a\x00b", "a\ud800b", "a\U000e0fffb", "a\x1b[2Jb"])
def test_words_that_might_not_open_again_are_refused(words: str) -> None:
    with pytest.raises(InputError):
        keys.words_secret(words)


@pytest.mark.parametrize("cause", [nacl.exceptions.RuntimeError("no memory"), MemoryError()])
def test_no_memory_is_not_a_wrong_secret(
    sealed: tuple[bytes, SealedSlot], monkeypatch: pytest.MonkeyPatch, cause: Exception
) -> None:
    def starve(*_: object, **__: object) -> bytes:
        raise cause

    monkeypatch.setattr("nacl.pwhash.argon2id.kdf", starve)
    with pytest.raises(StorageError, match="Close other programs"):
        keys.unseal(sealed[1], SECRET, BINDING)


def test_a_paper_code_is_read_as_people_write_it() -> None:
    code = recovery_code.new_code()
    assert [len(group) for group in code.split("-")] == [4] * 6
    secret = recovery_code.code_secret(code)
    spoken = code.lower().replace("-", " – ").replace("0", "o").replace("1", "l")
    assert recovery_code.code_secret(f"  {spoken}\n") == secret
    assert recovery_code.code_secret(code.replace("-", "").replace("1", "I")) == secret


def test_paper_codes_differ_and_use_the_whole_alphabet() -> None:
    codes = [recovery_code.new_code() for _ in range(60)]
    assert len(set(codes)) == 60
    assert set("".join(codes)) == {*recovery_code.ALPHABET, "-"}


def test_every_wrong_sign_is_noticed_and_its_group_named() -> None:
    code = recovery_code.new_code().replace("-", "")
    for place in range(24):
        for sign in set(recovery_code.ALPHABET) - {code[place]}:
            with pytest.raises(WrongSecret) as told:
                recovery_code.code_secret(code[:place] + sign + code[place + 1 :])
            assert told.value.mend == f"Look at group {place // 4 + 1} again."


def test_every_exchange_of_two_signs_is_noticed() -> None:
    code = recovery_code.new_code().replace("-", "")
    for one in range(24):
        for other in range(one + 1, 24):
            if code[one] != code[other]:
                signs = list(code)
                signs[one], signs[other] = signs[other], signs[one]
                with pytest.raises(WrongSecret):
                    recovery_code.code_secret("".join(signs))


def test_every_two_wrong_signs_are_noticed() -> None:
    code, chance = recovery_code.new_code().replace("-", ""), random.Random(7)
    for _ in range(500):
        signs = list(code)
        for place in chance.sample(range(24), 2):
            signs[place] = chance.choice([sign for sign in recovery_code.ALPHABET if sign != code[place]])
        with pytest.raises(WrongSecret):
            recovery_code.code_secret("".join(signs))


@pytest.mark.parametrize("code", ["", "7K2M", "A" * 25, "€" * 24, "A" * 100_000])
def test_what_is_no_paper_code_is_refused(code: str) -> None:
    with pytest.raises(WrongSecret, match="24 letters and digits"):
        recovery_code.code_secret(code)
