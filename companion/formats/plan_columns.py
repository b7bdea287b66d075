"""What the columns of a sheet are called, and by which other names programs and people know them."""

from __future__ import annotations

from companion.formats.plan_fields import ITEM_FIELDS
from companion.formats.sheet_csv import plain_name

# Columns that a sheet has and TOML does not: they make up `starts` and `length`, or choose the plan.
TIMES = ("start_date", "start_time", "end_date", "end_time", "ends", "all_day")
CLIENT = "client"

_OTHERS: dict[str, tuple[str, ...]] = {
    "id": ("item", "item id", "uid"),
    "title": ("subject", "summary", "name", "event", "appointment", "what", "event title", "activity"),
    "kind": ("type", "category", "categories"),
    "starts": ("start", "begins", "begin", "when", "date and time", "datetime"),
    "start_date": ("date", "day", "begin date"),
    "start_time": ("time", "begin time"),
    "ends": ("end", "finish"),
    "end_date": ("finish date",),
    "end_time": ("finish time",),
    "all_day": ("all day event",),
    "length": ("duration", "lasts"),
    "repeat": ("repeats", "recurrence", "every"),
    "skip": ("skips", "except", "cancelled", "canceled"),
    "moved": ("moves", "moved from to"),
    "extra": ("extras", "extra dates"),
    "location": ("place", "where", "address"),
    "online": ("link", "url", "online link"),
    "notes": ("description", "note", "comments", "comment", "details"),
    "childcare.needed": ("childcare", "child care", "child care needed"),
    "childcare.who": ("child care who",),
    "childcare.covered": ("child care covered",),
    "ride.how": ("ride", "transport", "transportation"),
    "ride.leave_by": ("leave by",),
    "counts_toward": ("goal", "counts towards"),
    "sign_off": ("signature", "slip"),
    "reminders": ("reminder",),
    "discreet_title": ("discreet",),
    CLIENT: ("mother", "participant", "prepared for"),
}

# Google's and Outlook's own columns that say nothing a plan needs.
IGNORED = frozenset(
    plain_name(name)
    for name in (
        "Private", "Reminder on/off", "Reminder Date", "Reminder Time", "Meeting Organizer", "Required Attendees",
        "Optional Attendees", "Meeting Resources", "Billing Information", "Mileage", "Priority", "Sensitivity",
        "Show time as", "Status", "Created", "Last modified", "Organizer", "Attendees", "Calendar", "No", "Nr",
    )
)  # fmt: skip

COLUMNS: dict[str, str] = (
    {plain_name(other): name for name, others in _OTHERS.items() for other in others}
    | {plain_name(name): name for name in (*TIMES, CLIENT)}
    | {plain_name(name): name for name in ITEM_FIELDS}
)
