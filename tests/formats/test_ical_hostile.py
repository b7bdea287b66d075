"""Files made to hang, fill or break whoever reads them: an answer within a second, never a traceback."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from companion.domain.expansion import occurrences
from companion.errors import FileRefused
from companion.formats.ical_reader import MAX_FINDINGS, read_calendar

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
TAIL = "END:VCALENDAR\r\n"
TIMES = "DTSTART:20260105T090000Z\r\nDTEND:20260105T100000Z\r\n"
WEEK = (datetime(2026, 11, 16), datetime(2026, 11, 23))


def vevent(body: str, uid: str = "u") -> str:
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\n{body}SUMMARY:x\r\nEND:VEVENT\r\n"


def rule(text: str, start: str = "20260105T090000Z", more: str = "") -> str:
    return vevent(f"DTSTART:{start}\r\nDURATION:PT1H\r\nRRULE:{text}\r\n{more}")


def summary(text: str) -> str:
    return vevent(TIMES).replace("SUMMARY:x", text)


def days(count: int, hour: str = "T100000Z") -> str:
    return ",".join(f"{date(2026, 1, 1) + timedelta(number):%Y%m%d}{hour}" for number in range(count))


def zone(body: str, tzid: str = "Evil") -> str:
    onset = f"BEGIN:STANDARD\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0217\r\n{body}\r\nEND:STANDARD\r\n"
    return f"BEGIN:VTIMEZONE\r\nTZID:{tzid}\r\n{onset}END:VTIMEZONE\r\n"


def in_zone(tzid: str, uid: str = "u") -> str:
    return vevent(f"DTSTART;TZID={tzid}:20260105T090000\r\nDURATION:PT1H\r\n", uid)


ALL_24, ALL_60 = ",".join(map(str, range(24))), ",".join(map(str, range(60)))

CASES: dict[str, Callable[[], str]] = {
    "one line of 50 MB": lambda: summary("SUMMARY:" + "A" * 50_000_000),
    "one line of 4 MB": lambda: summary("SUMMARY:" + "A" * 4_000_000),
    "a million folds": lambda: summary("SUMMARY:x" + "\r\n a" * 1_000_000),
    "a million empty lines": lambda: vevent(TIMES + "\r\n" * 2_000_000),
    "50,000 events": lambda: "".join(vevent(TIMES, f"u{n}") for n in range(50_000)),
    "21,000 empty events": lambda: "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 21_000,
    "events in events": lambda: "BEGIN:VEVENT\r\n" * 5_000 + "END:VEVENT\r\n" * 5_000,
    "100,000 deep": lambda: "BEGIN:X-FOO\r\n" * 100_000 + "END:X-FOO\r\n" * 100_000,
    "alarms without end": lambda: vevent(TIMES + "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\n" * 3_000),
    "a NUL": lambda: summary("SUMMARY:a\0b"),
    "backslashes": lambda: summary("SUMMARY:" + "\\" * 4_000_000),
    "quotes": lambda: summary("SUMMARY;X=" + '"' * 50_001 + ":x"),
    "200,000 parameters": lambda: summary("SUMMARY" + "".join(f";X-{n}=a" for n in range(200_000)) + ":x"),
    "half a million commas": lambda: vevent(TIMES + "CATEGORIES:" + "," * 500_000 + "\r\n"),
    "an attachment of 3 MB": lambda: vevent(TIMES + "ATTACH;ENCODING=BASE64:" + "QUFB" * 750_000 + "\r\n"),
    "a sequence of 5,000 digits": lambda: vevent(TIMES + "SEQUENCE:" + "9" * 5_000 + "\r\n"),
    "every second": lambda: rule("FREQ=SECONDLY"),
    "every minute since 1970": lambda: rule("FREQ=MINUTELY", "19700101T000000Z"),
    "every hour since the year 1": lambda: rule("FREQ=HOURLY", "00010101T000000Z"),
    "every day since the year 1": lambda: rule("FREQ=DAILY", "00010101T000000Z"),
    "every day since 1970": lambda: rule("FREQ=DAILY", "19700101T000000Z"),
    "a billion times": lambda: rule("FREQ=DAILY;COUNT=1000000000"),
    "a count of 5,000 digits": lambda: rule("FREQ=DAILY;COUNT=" + "9" * 5_000),
    "interval 0": lambda: rule("FREQ=MONTHLY;INTERVAL=0;BYDAY=MO;BYMONTHDAY=1"),
    "interval -1": lambda: rule("FREQ=DAILY;INTERVAL=-1"),
    "interval 10^12": lambda: rule("FREQ=DAILY;INTERVAL=1000000000000"),
    "30 February": lambda: rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "a position that never is": lambda: rule("FREQ=YEARLY;BYMONTH=5;BYSETPOS=3;BYMONTHDAY=3"),
    "a day that never is": lambda: rule("FREQ=DAILY;BYMONTH=5;BYSETPOS=3;BYMONTHDAY=3"),
    "every second of the year": lambda: rule(f"FREQ=YEARLY;BYHOUR={ALL_24};BYMINUTE={ALL_60};BYSETPOS=366"),
    "a million weekdays": lambda: rule("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 1_000_000)),
    "Easter": lambda: rule("FREQ=YEARLY;BYEASTER=0"),
    "a rule against itself": lambda: rule("FREQ=MINUTELY", more="EXRULE:FREQ=MINUTELY\r\n"),
    "a thousand rules": lambda: vevent(TIMES + "RRULE:FREQ=HOURLY\r\n" * 1_000),
    "200,000 extra dates": lambda: vevent(TIMES + f"RDATE:{days(200_000)}\r\n"),
    "2,000 extra dates": lambda: vevent(TIMES + f"RDATE:{days(2_000)}\r\n"),
    "200,000 dates left out": lambda: rule("FREQ=DAILY", more=f"EXDATE:{days(200_000)}\r\n"),
    "dates left out everywhere": lambda: "".join(
        rule("FREQ=DAILY", more=f"EXDATE:{days(1_900)}\r\n").replace("UID:u", f"UID:u{n}") for n in range(120)
    ),
    "6,000 changes of one series": lambda: (
        rule("FREQ=DAILY")
        + "".join(
            vevent(f"{TIMES}RECURRENCE-ID:{2026 + n // 336}{1 + n // 28 % 12:02d}{1 + n % 28:02d}T090000Z\r\n")
            for n in range(6_000)
        )
    ),
    "a length of 10,000 years": lambda: vevent("DTSTART:20260105T090000Z\r\nDURATION:P3650000D\r\n"),
    "ten years, every day": lambda: rule("FREQ=DAILY").replace("PT1H", "P3650D"),
    "four years, every day": lambda: rule("FREQ=DAILY").replace("PT1H", "P1460D"),
    "a reminder a billion times": lambda: vevent(
        TIMES + "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nREPEAT:1000000000\r\nEND:VALARM\r\n"
    ),
    "a zone up the folders": lambda: in_zone("../../../../etc/passwd"),
    "a zone in a folder": lambda: in_zone("/etc/passwd"),
    "a zone that is a folder": lambda: in_zone("America"),
    "a zone of a megabyte": lambda: in_zone("A" * 1_000_000),
    "a zone that changes every second": lambda: (
        zone("DTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY") + in_zone("Evil")
    ),
    "a zone that changes daily since 1601": lambda: (
        zone("DTSTART:16010101T000000\r\nRRULE:FREQ=DAILY") + in_zone("Evil")
    ),
    "a zone with interval 0": lambda: zone("DTSTART:19700101T000000\r\nRRULE:FREQ=YEARLY;INTERVAL=0") + in_zone("Evil"),
    "a zone with 200,000 changes": lambda: zone(f"DTSTART:19700101T000000\r\nRDATE:{days(200_000)}") + in_zone("Evil"),
    "2,000 strange zones": lambda: "".join(
        zone("DTSTART:19700101T000000", f"Z{n}") + in_zone(f"Z{n}", f"u{n}") for n in range(2_000)
    ),
    "2,000 unknown zones": lambda: "".join(in_zone(f"Z{n}", f"u{n}") for n in range(2_000)),
    "500 calendars": lambda: (vevent(TIMES) + TAIL + HEAD) * 500,
}


@pytest.mark.parametrize("name", CASES)
def test_an_answer_within_a_second(name: str) -> None:
    data = (HEAD + CASES[name]() + TAIL).encode()
    begun = time.process_time()
    try:
        plan = read_calendar(data, zone="America/New_York")
    except FileRefused as refused:
        assert refused.sentence
    else:
        assert plan.items or plan.findings
        assert len(plan.findings) <= MAX_FINDINGS + 1
        shown = sum(len(occurrences(event, *WEEK)) for event in plan.events)
        assert shown <= 50_000
    assert time.process_time() - begun < 1


def test_noise_is_refused() -> None:
    with pytest.raises(FileRefused):
        read_calendar(random.Random(1).randbytes(1_000_000), zone="America/New_York")
