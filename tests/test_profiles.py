from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NASTY
from vault_kit import make, meddle

from companion.domain.clock import FixedClock
from companion.domain.text import is_clean
from companion.errors import InputError, NoSuchProfile
from companion.profiles import LABEL_LIMIT, check_label, find_profile, list_profiles, new_label


@pytest.fixture
def data(tmp_path: Path, clock: FixedClock) -> Path:
    """Two profiles: "teal fox" with words, "Blue heron" without."""
    data = tmp_path / "data"
    data.mkdir()
    make(data, clock, label="teal fox")[0].close()
    make(data, clock, words=None, label="Blue heron")[0].close()
    return data


def test_the_list_shows_each_by_its_label_and_whether_it_asks_for_words(data: Path) -> None:
    assert [(each.label, each.has_words) for each in list_profiles(data)] == [("Blue heron", False), ("teal fox", True)]
    assert all(each.folder == data / each.id and len(each.id) == 8 for each in list_profiles(data))


def test_no_folder_and_an_empty_one_have_no_profiles(tmp_path: Path) -> None:
    assert list_profiles(tmp_path / "none") == []
    assert list_profiles(tmp_path) == []


def test_what_is_not_a_profile_is_left_out(data: Path, tmp_path: Path) -> None:
    (data / "photos").mkdir()
    (data / "12345678").mkdir()  # one whose making was cut off before it held anything
    (data / "87654321").write_text("a file")
    if sys.platform != "win32":
        (data / "00000000").symlink_to(list_profiles(data)[0].folder)
    assert len(list_profiles(data)) == 2


def test_a_damaged_profile_is_still_shown(data: Path) -> None:
    folder = find_profile(data, "blue heron").folder
    (folder / "head").write_bytes(b"[" * 16_000)
    assert not find_profile(data, "blue heron").has_words  # as the copy says
    (folder / "head.bak").write_bytes(b"\xff")
    assert find_profile(data, "blue heron").has_words
    (folder / "label").unlink()
    assert find_profile(data, folder.name).label == f"Profile {folder.name}"
    for content in (b"{}", b'{"slots": 5}', b'{"slots": [5]}', b'{"slots": []}', b"null"):
        (folder / "head").write_bytes(content)
        assert find_profile(data, folder.name).has_words


def test_nothing_that_somebody_puts_there_hangs_or_colours_the_list(data: Path) -> None:
    one, other = (each.folder for each in list_profiles(data))
    (one / "label").write_bytes(NASTY[3].encode() + b"\xff" * 2_000_000)
    if sys.platform != "win32":
        (other / "label").unlink()
        os.mkfifo(other / "label")
        (other / "head").unlink()
        os.mkfifo(other / "head")
    assert all(is_clean(each.label, LABEL_LIMIT) and each.label for each in list_profiles(data))


def test_a_profile_is_found_by_label_or_id(data: Path) -> None:
    fox = find_profile(data, "  Teal  FOX ")
    assert fox.label == "teal fox" and find_profile(data, fox.id) == fox
    for label in ("teal", "", "SECRET NAME"):
        with pytest.raises(NoSuchProfile) as told:
            find_profile(data, label)
        assert "SECRET" not in str(told.value)


def test_labels_are_cleaned_and_unique(data: Path) -> None:
    assert check_label(data, "  pink\tgoose ") == "pink goose"
    assert len(check_label(data, "goose " * 50)) == LABEL_LIMIT
    for label in NASTY:
        assert is_clean(check_label(data, label), LABEL_LIMIT)
    fox = find_profile(data, "teal fox")
    for label in ("TEAL fox", "ｔｅａｌ fox", fox.id, "", " ", "\x1b[2J"):
        with pytest.raises(InputError):
            check_label(data, label)
    assert check_label(data, "Teal Fox", own=fox.id) == "Teal Fox"


def test_a_label_to_offer_is_a_colour_and_an_animal_and_not_taken() -> None:
    first = new_label(choose=lambda labels: labels[0])
    assert first == "amber badger"
    assert new_label(["Amber BADGER"], choose=lambda labels: labels[0]) == "amber bluebird"
    assert len({new_label() for _ in range(50)}) > 20
    everything: list[str] = []
    new_label(choose=lambda labels: everything.extend(labels) or labels[0])  # type: ignore[func-returns-value]
    assert len(set(everything)) == 600
    assert new_label(everything) in everything


def test_the_key_in_the_clear_decides_and_not_what_else_is_said(data: Path) -> None:
    meddle(find_profile(data, "teal fox").folder, lambda body: body.update(words=False))
    assert find_profile(data, "teal fox").has_words


def test_the_list_is_there_before_any_database_or_key_code(data: Path) -> None:
    script = (
        "import sys, os\nfrom pathlib import Path\nfrom companion.paths import data_folder\n"
        "from companion.profiles import list_profiles\n"
        "assert len(list_profiles(data_folder(sys.argv[1], os.environ))) == 2\n"
        "heavy = {'nacl', 'sqlcipher3', 'sqlalchemy', 'sqlmodel', 'pydantic', 'platformdirs', 'textual', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(data)], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
