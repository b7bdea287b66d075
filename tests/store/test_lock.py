from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from companion.errors import Damaged, InUse
from companion.store.lock import ProfileLock

HOLDER = """
import sys, time
from pathlib import Path
from companion.store.lock import ProfileLock
lock = ProfileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_window_is_told_at_once_until_the_first_is_closed(tmp_path: Path) -> None:
    first = ProfileLock(tmp_path)
    with pytest.raises(InUse, match="open in another window"):
        ProfileLock(tmp_path)
    first.release()
    first.release()
    ProfileLock(tmp_path).release()


def test_a_lock_left_by_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(InUse):
            ProfileLock(tmp_path)
        holder.kill()
        holder.wait()
        ProfileLock(tmp_path).release()


def test_profiles_do_not_lock_each_other(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    first, second = ProfileLock(tmp_path), ProfileLock(tmp_path / "other")
    first.release()
    second.release()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Damaged):
        ProfileLock(tmp_path)
    assert not (tmp_path / "elsewhere").exists()
