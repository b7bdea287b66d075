"""companion activity list, show, check and new, as a coach types them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from companion.cli import activity
from companion.errors import InputError, UsageError
from companion.formats.activity_file import activities_folder, load_library


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    activity.register(parser.add_subparsers())
    args = parser.parse_args(["activity", *words])
    return int(args.run(args))


def test_list_has_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["id", "title", "minutes", "energy", "ages"]
    assert len(lines) - 1 == len(load_library(activities_folder()).activities)
    (line,) = (line for line in lines if line.startswith("peekaboo "))
    assert line.split(maxsplit=1)[1].split() == ["Peekaboo", "2", "to", "5", "low", "3", "months", "to", "2", "years"]


def test_show_prints_the_whole_card_within_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for found in load_library(activities_folder()).activities.values():
        assert run("show", found.id) == 0
        out = capsys.readouterr().out
        assert all(len(line) <= 80 or line.strip().startswith("http") for line in out.splitlines())
        flat = " ".join(out.split())
        for text in (found.title, found.one_line, *(s.text for s in found.steps), *found.stay_safe, *found.needs):
            assert text in flat
        assert "Stop if it does not feel right." in flat
        assert all(source.url in out for source in found.sources)


def test_show_says_which_one_was_meant() -> None:
    with pytest.raises(InputError, match="Did you mean peekaboo"):
        run("show", "peekabo")
    with pytest.raises(InputError, match="activity list"):
        run("show", "\x1b[2Jzzzz")


def test_check_of_ours_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "0 to mend, 0 to look at" in err


def test_check_exits_1_and_points_at_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = activities_folder() / "play" / "peekaboo.md"
    bad = tmp_path / "peekaboo.md"
    bad.write_text(source.read_text("utf-8").replace('energy = "low"', 'energy = "tiny"'), "utf-8")
    assert run("check", str(bad), str(source)) == 1
    out, err = capsys.readouterr()
    assert out.startswith(f'{bad}:8 · energy: "tiny" is not one of')
    assert err == "2 files: 1 to mend, 0 to look at.\n"


def test_check_of_a_missing_file_or_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(tmp_path / "none.md")) == 1
    assert "no file with that name" in capsys.readouterr().out
    with pytest.raises(UsageError, match="no activity file"):
        run("check", str(tmp_path))


def test_new_writes_a_blank_that_check_helps_to_fill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "calm" / "slow-wave.md"
    path.parent.mkdir()
    assert run("new", str(path)) == 0
    assert 'id = "slow-wave"' in path.read_text()
    assert 'category = "calm"' in path.read_text()
    assert run("check", str(path)) == 1
    assert "title: This is empty" in capsys.readouterr().out


def test_new_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "slow-wave.md"
    path.write_text("mine")
    with pytest.raises(UsageError, match="already a file"):
        run("new", str(path))
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["Slow Wave.md", "slow-wave.txt", "slow-wave", "../.md"])
def test_new_wants_a_name_that_is_an_id(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="small letters"):
        run("new", str(tmp_path / name))
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]
