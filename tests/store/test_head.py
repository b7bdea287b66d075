from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.errors import CompanionError, Damaged, NewerFile
from companion.store import head
from companion.store.head import Head
from companion.store.keys import OpenSlot

HEAD = Head("ab" * 16, 7, (OpenSlot(bytes(range(32))),))


def checked(**changes: object) -> bytes:
    body = {**json.loads(head.to_bytes(HEAD)), **changes}
    body.pop("check")
    return json.dumps({**body, "check": head._check(body)}).encode()


def test_a_head_comes_back_as_it_was_written() -> None:
    assert head.from_bytes(head.to_bytes(HEAD)) == HEAD
    assert len(head.to_bytes(HEAD)) < 1_000


def test_every_flipped_bit_is_noticed() -> None:
    content = head.to_bytes(HEAD)
    for place in range(len(content)):
        for bit in range(8):
            flipped = content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
            try:
                assert head.from_bytes(flipped) == HEAD, flipped  # one kind of space for another changes nothing
            except Damaged:
                continue


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 500,
        b"[" * 16_000,
        b"[]",
        b"null",
        b'"head"',
        b"{}",
        b'{"check": "00000000"}',
        head.to_bytes(HEAD)[:-20],
        b'{"v":' + b"9" * 5_000 + b"}",
        checked(gen=0),
        checked(gen=True),
        checked(gen="7"),
        checked(db="data.8"),
        checked(db="../../etc/passwd"),
        checked(id="../../etc/passwd"),
        checked(id=5),
        checked(v=0),
        checked(v="1"),
        checked(slots=[]),
        checked(slots={}),
        checked(slots="open"),
        checked(slots=[{}]),
        checked(slots=[{"type": "open", "key": "00"}]),
        checked(slots=[{"type": "open", "key": "00" * 32}] * 2),
    ],
)
def test_what_is_no_head_is_damage(content: bytes) -> None:
    with pytest.raises(Damaged):
        head.from_bytes(content)


def test_a_newer_head_is_told_from_a_damaged_one() -> None:
    with pytest.raises(NewerFile):
        head.from_bytes(checked(v=2))
    with pytest.raises(Damaged):
        head.from_bytes(head.to_bytes(HEAD).replace(b'"v": 1', b'"v": 3'))


def test_the_copy_is_read_where_the_head_is_not_to_be_had(tmp_path: Path) -> None:
    head.mend(tmp_path, HEAD)
    for content in (None, b"", b"x" * 20_000, head.to_bytes(HEAD)[:300]):
        (tmp_path / "head").unlink()
        if content is not None:
            (tmp_path / "head").write_bytes(content)
        assert head.read(tmp_path) == HEAD
        head.mend(tmp_path, HEAD)
        assert (tmp_path / "head").read_bytes() == (tmp_path / "head.bak").read_bytes() == head.to_bytes(HEAD)


def test_without_head_and_copy_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(CompanionError, match="keys of this profile can't be read"):
        head.read(tmp_path)
