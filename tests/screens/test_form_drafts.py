"""Several things begun in one form and not saved: each waits its turn, and none is lost to another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.screens.form_drafts import FormDrafts, Values

EMPTY: Values = {"what": "", "where": ""}


class Kept(dict[str, Values]):
    """Drafts in memory; `full` is a disk on which nothing more fits."""

    full = False

    def keep(self, form: str, values: Values) -> None:
        if self.full:
            raise OSError("no space")
        self[form] = dict(values)

    def drop(self, form: str) -> None:
        self.pop(form, None)


def what(text: str) -> Values:
    return {"what": text, "where": ""}


def waiting(kept: Kept) -> list[str]:
    return [values["what"] for values in FormDrafts(kept, "visit", EMPTY).waiting]


def test_one_thing_is_kept_brought_back_and_dropped_when_it_is_saved() -> None:
    kept = Kept()
    FormDrafts(kept, "visit", EMPTY).keep(what("dentist"))
    again = FormDrafts(kept, "visit", EMPTY)
    assert again.bring_back(None) == what("dentist")
    assert again.waiting == []
    again.keep(None)
    assert kept == {}


def test_another_one_does_not_take_its_place() -> None:
    kept = Kept()
    for each in ("first", "second", "third"):
        FormDrafts(kept, "visit", EMPTY).keep(what(each))
    assert waiting(kept) == ["third", "second", "first"]
    saved = FormDrafts(kept, "visit", EMPTY)
    saved.keep(what("fourth"))
    saved.keep(None)  # it is on the calendar now
    assert waiting(kept) == ["third", "second", "first"]


def test_what_stands_in_the_fields_waits_while_another_is_brought_back() -> None:
    kept = Kept()
    FormDrafts(kept, "visit", EMPTY).keep(what("first"))
    form = FormDrafts(kept, "visit", EMPTY)
    assert form.bring_back(what("second")) == what("first")
    assert form.bring_back(what("first")) == what("second")
    form.keep(what("second"))
    assert waiting(kept) == ["second", "first"]


def test_what_was_typed_and_taken_out_again_is_no_draft() -> None:
    kept = Kept()
    form = FormDrafts(kept, "visit", EMPTY)
    form.keep(what("den"))
    form.keep(None)
    assert kept == {}


def test_what_is_as_the_form_opens_anyway_is_not_offered() -> None:
    kept = Kept({"visit": dict(EMPTY)})
    assert waiting(kept) == []


def test_a_full_disk_is_told_and_tried_again() -> None:
    kept = Kept()
    form = FormDrafts(kept, "visit", EMPTY)
    kept.full = True
    with pytest.raises(OSError, match="no space"):
        form.keep(what("dentist"))
    kept.full = False
    form.keep(what("dentist"))
    assert waiting(kept) == ["dentist"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["new", "type", "back", "save", "leave"]), max_size=30))
def test_nothing_begun_is_gone_until_it_is_saved(acts: list[str]) -> None:
    """At most five are begun and not saved at any time."""
    kept = Kept()
    form, fields, number = FormDrafts(kept, "visit", EMPTY), "", 0
    open_ones: set[str] = set()
    for act in acts:
        if act == "type" and not fields and len(open_ones) < 5:
            number += 1
            fields = f"thing {number}"
            open_ones.add(fields)
        elif act == "back" and form.waiting:
            fields = form.bring_back(what(fields) if fields else None)["what"]
        elif act in {"save", "leave", "new"}:
            if act == "save":
                open_ones.discard(fields)
            form.keep(what(fields) if fields and act != "save" else None)
            form, fields = FormDrafts(kept, "visit", EMPTY), ""
            assert {values["what"] for values in form.waiting} == open_ones
