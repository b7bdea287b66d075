"""A time zone chosen by hand."""

from __future__ import annotations

import pytest

from companion.domain.zone_choice import CHOICES, zone_named
from companion.errors import InputError


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Eastern", "America/New_York"),
        (" arizona ", "America/Phoenix"),
        ("pacific (los angeles)", "America/Los_Angeles"),
        ("los angeles", "America/Los_Angeles"),
        ("London", "Europe/London"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_is_known_by_what_people_call_it_by_city_and_by_name(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone


@pytest.mark.parametrize("typed", ["", "   ", "nowhere", "../../etc/passwd", "UTC+3", "\x1b[2J", "a" * 500])
def test_what_is_no_place_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(InputError, match="London"):
        zone_named(typed)


def test_every_choice_is_a_zone() -> None:
    from zoneinfo import ZoneInfo

    for words, zone in CHOICES:
        assert ZoneInfo(zone).key == zone
        assert zone_named(words) == zone
