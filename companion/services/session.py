"""An open profile: everything a screen or a command may ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from companion.domain.clock import Clock
from companion.domain.language import _
from companion.domain.settings import Settings
from companion.domain.text import TITLE_LIMIT, clean
from companion.errors import NoSuchProfile, UsageError
from companion.profiles import list_profiles
from companion.services.diary import Diary
from companion.services.people import People
from companion.services.planner import Planner
from companion.store.database import Database
from companion.store.settings import DraftStore, SettingStore
from companion.store.vault import Vault

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from companion.services.arranger import Arranger
    from companion.services.finder import Finder
    from companion.services.intake import Intake
    from companion.services.library import ActivityLibrary
    from companion.services.outbox import Outbox
    from companion.services.prints import Prints
    from companion.services.progress import Progress
    from companion.services.reminders import Reminders


@dataclass
class Drafts:
    """What half-filled forms held, kept in the encrypted file."""

    store: DraftStore
    clock: Clock

    def keep(self, form: str, values: dict[str, str]) -> None:
        self.store.keep(form, values, self.clock.now().isoformat())

    def get(self, form: str) -> dict[str, str] | None:
        return self.store.get(form)

    def drop(self, form: str) -> None:
        self.store.drop(form)


class Session:
    """One open profile. The rooms that need heavy imports are made when first used."""

    def __init__(self, engine: Engine, clock: Clock, vault: Vault | None = None) -> None:
        self._vault = vault
        self.clock = clock
        self.database = Database(engine, clock)
        self._setting_store = SettingStore(self.database)
        self.settings = self._setting_store.load()
        self.planner = Planner(self.database, clock, lambda: self.settings)
        self.diary = Diary(self.database, clock, lambda: self.settings)
        self.people = People(self.database)
        self.drafts = Drafts(DraftStore(self.database), clock)
        self._rooms: dict[str, Any] = {}

    @property
    def sample(self) -> bool:
        """Whether this is the sample data, which is in memory only."""
        return self._vault is None

    @property
    def has_words(self) -> bool:
        return self._vault is not None and self._vault.has_words

    @property
    def arranger(self) -> Arranger:
        if "arranger" not in self._rooms:
            from companion.services.arranger import Arranger

            self._rooms["arranger"] = Arranger(
                self.database, self.clock, self.planner, self.people, lambda: self.settings
            )
        room: Arranger = self._rooms["arranger"]
        return room

    @property
    def reminders(self) -> Reminders:
        if "reminders" not in self._rooms:
            from companion.services.reminders import Reminders

            self._rooms["reminders"] = Reminders(self.database, self.planner, lambda: self.settings)
        room: Reminders = self._rooms["reminders"]
        return room

    @property
    def intake(self) -> Intake:
        if "intake" not in self._rooms:
            from companion.services.intake import Intake

            self._rooms["intake"] = Intake(self.database, self.clock, lambda: self.settings)
        room: Intake = self._rooms["intake"]
        return room

    @property
    def outbox(self) -> Outbox:
        if "outbox" not in self._rooms:
            from companion.services.outbox import Outbox

            self._rooms["outbox"] = Outbox(self.planner, self.clock, lambda: self.settings)
        room: Outbox = self._rooms["outbox"]
        return room

    @property
    def prints(self) -> Prints:
        if "prints" not in self._rooms:
            from companion.services.prints import Prints

            self._rooms["prints"] = Prints(self.planner, self.people, lambda: self.settings)
        room: Prints = self._rooms["prints"]
        return room

    @property
    def progress(self) -> Progress:
        if "progress" not in self._rooms:
            from companion.services.progress import Progress

            self._rooms["progress"] = Progress(self.database, self.clock, lambda: self.settings, self.planner)
        room: Progress = self._rooms["progress"]
        return room

    @property
    def finder(self) -> Finder:
        if "finder" not in self._rooms:
            from companion.services.finder import Finder

            self._rooms["finder"] = Finder(self.database, self.clock, lambda: self.settings)
        room: Finder = self._rooms["finder"]
        return room

    @property
    def library(self) -> ActivityLibrary:
        if "library" not in self._rooms:
            from companion.services.library import ActivityLibrary

            self._rooms["library"] = ActivityLibrary(self.diary, self.people, self.planner)
        room: ActivityLibrary = self._rooms["library"]
        return room

    def change_settings(self, **values: Any) -> Settings:
        """Store these settings; text among them is cleaned like all that is typed."""
        kept = {name: clean(value, TITLE_LIMIT) if isinstance(value, str) else value for name, value in values.items()}
        self.settings = self._setting_store.change(**kept)
        return self.settings

    def check_words(self, words: str) -> bool:
        """Whether these open the profile; where it has none, any do. Takes half a second.

        A wrong answer counts as a wrong try. Raises WaitFirst or StorageError.
        """
        return self._vault is None or self._vault.check_words(words)

    def change_words(self, words: str | None) -> str | None:
        """Give the profile other words, or none; gives the new paper code, to be shown once. Takes half a second.

        Whoever calls has asked for the present words or the paper code. Raises InputError or StorageError: all is as
        it was then.
        """
        return None if self._vault is None else self._vault.change_words(words)

    @property
    def wrong_tries(self) -> int:
        """How often wrong words or codes were typed since it was last opened."""
        return 0 if self._vault is None else self._vault.wrong_tries

    def close(self) -> None:
        if self._vault is not None:
            self._vault.close()


def known_zone(name: str) -> str:
    """`name` if it is an IANA zone. Raises UsageError otherwise."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = [z for z in sorted(available_timezones()) if name.casefold() in z.casefold()][:3]
        mend = (
            _("Did you mean {names}?").format(names=", ".join(near)) if near else _("Names look like America/New_York.")
        )
        raise UsageError(_("That is not a time zone we know."), mend) from None
    return name


def computer_zone() -> str | None:
    """The computer's own zone; None where it says UTC or nothing, as a container may (docs/architecture: zones)."""
    import tzlocal

    try:
        name = tzlocal.get_localzone_name()
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, LookupError):
        return None
    return None if name in {"UTC", "Etc/UTC", "GMT", "Etc/GMT"} else name


def open_profile(data: Path, profile_id: str, words: str | None, clock: Clock) -> Session:
    """Open a profile. Raises ProfileError where it can't be opened, StorageError where its file can't be read."""
    profile = next((p for p in list_profiles(data) if p.id == profile_id), None)
    if profile is None:
        raise NoSuchProfile(_("That profile is not here any more."), _("Go back to the list."))
    return _session(Vault.open(profile.folder, words, clock), clock)


def open_with_code(data: Path, profile_id: str, code: str, clock: Clock) -> Session:
    """Open a profile with the paper code. Raises what `open_profile` raises."""
    profile = next((p for p in list_profiles(data) if p.id == profile_id), None)
    if profile is None:
        raise NoSuchProfile(_("That profile is not here any more."), _("Go back to the list."))
    return _session(Vault.open_with_code(profile.folder, code, clock), clock)


def _session(vault: Vault, clock: Clock) -> Session:
    try:
        return Session(vault.engine, clock, vault)
    except BaseException:
        vault.close()
        raise


def create_profile(
    data: Path, label: str, words: str | None, clock: Clock, *, zone: str | None = None
) -> tuple[Session, str | None]:
    """Make a profile and open it; gives the recovery code, to be shown once, where there are words."""
    vault, code = Vault.create(data, label, words, clock)
    session = _session(vault, clock)
    session.change_settings(zone=zone or computer_zone() or "UTC")
    return session, code


def delete_profile(data: Path, profile_id: str) -> None:
    """Delete a profile, its key first. Raises InUse where it is open elsewhere."""
    profile = next((p for p in list_profiles(data) if p.id == profile_id), None)
    if profile is None:
        raise NoSuchProfile(_("That profile is not here any more."))
    Vault.delete(profile.folder)


def warm() -> None:
    """Read ahead what the first screen of an open profile needs."""
    from companion.services import library, progress  # noqa: F401  imported for whoever asks first

    library.shipped()


def sample_session(clock: Clock) -> Session:
    """A profile with sample data, in memory only: nothing of it is ever on disk."""
    from companion.services.demo import fill
    from companion.store.memory import memory_engine

    session = Session(memory_engine(), clock)
    session.change_settings(zone=computer_zone() or "America/New_York", sample=True)
    fill(session)
    return session
