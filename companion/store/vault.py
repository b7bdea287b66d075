"""A profile opened: its data file, its key and its lock, held together from `open` to `close`.

What lies in a profile's folder (docs/privacy.md, "Files"):

    label            what the list shows, readable by anyone
    head, head.bak   which data file is in force, and its key, sealed under her words and the paper code
    data.N           everything of hers, encrypted; -wal and -shm beside it while it is open
    lock, tries      the lock of the one window; the count of wrong tries
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from companion import paths, profiles
from companion.domain.clock import Clock
from companion.domain.language import _
from companion.errors import InputError, NoSuchProfile, StorageError, WrongSecret
from companion.store import connection, datafile, files, head, keys, recovery_code
from companion.store.connection import Connection
from companion.store.gate import Gate
from companion.store.head import Head
from companion.store.keys import DEFAULT_COST, Binding, KdfCost, Kind, OpenSlot, Slot
from companion.store.lock import ProfileLock
from companion.store.tries import Tries

if TYPE_CHECKING:
    from sqlalchemy import Engine

PATIENCE = 5.0  # seconds a change of words waits for work under way in other threads; SQLite waits as long


class Vault:
    """One open profile. Made by `create`, `open` or `open_with_code`; ended by `close` or a `with` block.

    `wrong_tries` is how often it was tried in vain since it was last opened, `last_wrong_try` when (aware, UTC).
    Threads may share it.
    """

    def __init__(
        self, folder: Path, present: Head, key: bytes, lock: ProfileLock, *, clock: Clock, kdf: KdfCost
    ) -> None:
        """For the class methods: `key` opens the data file of `present`, `lock` is held."""
        self.folder = folder
        self.wrong_tries = 0
        self.last_wrong_try: datetime | None = None
        self._head = present
        self._key = key
        self._lock = lock
        self._clock = clock
        self._kdf = kdf
        self._engine: Engine | None = None
        self._gate = Gate()  # connections are inside while in use; a change of words shuts it
        self._one_engine = threading.Lock()

    @classmethod
    def create(
        cls, data: Path, label: str, words: str | None, clock: Clock, *, kdf: KdfCost = DEFAULT_COST
    ) -> tuple[Self, str | None]:
        """A new profile in the folder `data`, open, and its paper code, which is never to be had again.

        Without `words` (None) the key lies in the clear, anyone at the computer can read it, and there is no code.
        Raises InputError (label, words) or StorageError; nothing is left behind then.
        """
        label = profiles.check_label(data, label)
        key, profile_id = keys.new_key(), os.urandom(16).hex()
        slots, code = _new_slots(words, key, head.binding(profile_id, 1), kdf)
        first = Head(profile_id, 1, slots)
        folder = _new_folder(data)
        try:
            lock = ProfileLock(folder)
            try:
                datafile.make(folder / first.database, key, profile_id)
                head.mend(folder, first)
                files.replace(folder / profiles.LABEL_FILE, label.encode())
                files.sync_folder(data)
            except BaseException:
                lock.release()
                raise
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return cls(folder, first, key, lock, clock=clock, kdf=kdf), code

    @classmethod
    def open(cls, folder: Path, words: str | None, clock: Clock, *, kdf: KdfCost = DEFAULT_COST) -> Self:
        """The profile in `folder`, opened with her words; a profile without words opens whatever they are.

        `kdf` is what a later change of words costs; opening costs what it cost when they were chosen.
        Raises NoSuchProfile, InUse, WaitFirst, WrongSecret, NewerFile, Damaged or another StorageError.
        """
        return cls._open(folder, "words", words, clock, kdf)

    @classmethod
    def open_with_code(cls, folder: Path, code: str, clock: Clock, *, kdf: KdfCost = DEFAULT_COST) -> Self:
        """The same with the paper code. Raises what `open` raises."""
        return cls._open(folder, "code", code, clock, kdf)

    @classmethod
    def _open(cls, folder: Path, kind: Kind, typed: str | None, clock: Clock, kdf: KdfCost) -> Self:
        _must_be_profile(folder)
        lock = ProfileLock(folder)
        try:
            with files.told():
                paths.tighten(folder)
            present = head.read(folder)
            tries = Tries(folder, clock)
            key = _unlock(present, kind, typed, tries)
            datafile.check(folder / present.database, key, present.profile_id)
            opened = cls(folder, present, key, lock, clock=clock, kdf=kdf)
            opened.wrong_tries, opened.last_wrong_try = tries.wrong, tries.last
            opened._tidy()
        except BaseException:
            lock.release()
            raise
        return opened

    @staticmethod
    def delete(folder: Path) -> None:
        """Remove the profile in `folder` for good: first its keys, so that nothing else can be read, then the rest.

        Whoever calls has asked for the words and said what stays: copies elsewhere, exports, traces on an SSD.
        Raises NoSuchProfile, InUse or StorageError.
        """
        _must_be_profile(folder)
        lock = ProfileLock(folder)
        try:
            head.erase(folder)
            with files.told():
                (folder / profiles.LABEL_FILE).unlink(missing_ok=True)  # it leaves the list, whatever follows
        finally:
            lock.release()  # Windows removes no file that is open
        with files.told():
            shutil.rmtree(folder)

    @property
    def path(self) -> Path:
        """The data file in force. It changes with the words."""
        return self.folder / self._head.database

    @property
    def has_words(self) -> bool:
        """Whether it asks for words. Without, the key lies in the clear."""
        return self._head.open_slot is None

    @property
    def engine(self) -> Engine:
        """The one engine of this vault. It outlives a change of words: later connections go to the new file."""
        with self._one_engine:
            self._must_be_open()
            if self._engine is None:
                self._engine = self._make_engine()
            return self._engine

    def connect(self) -> Connection:
        """A raw connection for maintenance. Whoever asks closes it, and lets none live on over `change_words`."""
        with self._gate.passing():
            self._must_be_open()
            return connection.connect(self.path, self._key)

    def checkpoint(self) -> None:
        """After deleting for good: empty the log, so that the deleted text is in no file. Raises StorageError."""
        with connection.database_errors(), contextlib.closing(self.connect()) as raw:
            datafile.fold_log_in(raw)

    def check_words(self, words: str) -> bool:
        """Whether these are her words: for asking again before something grave. Takes as long as opening.

        A wrong answer counts as a wrong try. Where there are no words, none are wrong. Raises WaitFirst, StorageError.
        """
        self._must_be_open()
        if not self.has_words:
            return True
        return _key_for(self._head, "words", words, Tries(self.folder, self._clock)) is not None

    def change_words(self, new: str | None) -> str | None:
        """Give it new words, or none (None): with a new key, a new data file and a new paper code, which is returned.

        Always all of them: were the key only sealed anew, an old copy of the head and the old words would still open
        what is written from now on. Until the head is replaced everything is as before, from then on all is new.
        Raises InputError, or StorageError, also where another thread does not end its work within 5 s: nothing has
        changed then.
        """
        self._must_be_open()
        try:
            with self._gate.shut(PATIENCE):
                return self._change_words(new)
        except TimeoutError:
            raise StorageError(_("Something else is still being saved."), _("Wait a moment and try again.")) from None

    def rename(self, label: str) -> None:
        """Give it another label. Raises InputError or StorageError."""
        label = profiles.check_label(self.folder.parent, label, own=self.folder.name)
        files.replace(self.folder / profiles.LABEL_FILE, label.encode())

    def close(self) -> None:
        """Fold the log into the data file, forget the key, give the lock back. Does nothing the second time.

        Text and key stay in this process's memory until it ends; only a new process is truly without them.
        """
        if not self._key:
            return
        if self._engine is not None:
            self._engine.dispose()
        # On a full disk the log stays, and the next opening folds it in: what is committed is in it.
        with contextlib.suppress(StorageError):
            self.checkpoint()
        self._key, self._engine = b"", None
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _must_be_open(self) -> None:
        if not self._key:
            raise RuntimeError("this vault is closed")

    def _make_engine(self) -> Engine:
        from sqlalchemy import event
        from sqlalchemy.exc import DisconnectionError

        engine = connection.make_engine(self.connect)

        @event.listens_for(engine, "checkout")
        def go_in(raw: Connection, record: Any, _proxy: object) -> None:
            self._gate.enter()
            if raw.path != self.path:  # the words changed between its making and its use
                self._gate.leave()
                raise DisconnectionError  # the pool makes another one
            record.record_info["inside"] = True

        @event.listens_for(engine, "checkin")
        def come_out(_raw: object, record: Any) -> None:
            if record.record_info.pop("inside", False):
                self._gate.leave()

        return engine

    def _change_words(self, new: str | None) -> str | None:
        """With the gate shut: no thread has a connection in use."""
        key, generation = keys.new_key(), self._head.generation + 1
        slots, code = _new_slots(new, key, head.binding(self._head.profile_id, generation), self._kdf)
        following = Head(self._head.profile_id, generation, slots)
        if self._engine is not None:
            self._engine.dispose()  # connections not in use, but open to the old file
        with datafile.held_still(self.path, self._key) as source:
            datafile.copy(source, self.folder / following.database, key, following.profile_id)
            self._put_in_force(following, key)
        self._tidy()
        return code

    def _put_in_force(self, following: Head, key: bytes) -> None:
        """The commit point. Whatever goes wrong, memory says afterwards what the disk says."""
        try:
            head.put_in_force(self.folder, following)
        except BaseException as cause:
            if not head.in_force(self.folder, following):
                datafile.remove(self.folder / following.database)
                raise
            self._head, self._key = following, key
            if not isinstance(cause, StorageError):
                raise
        else:
            self._head, self._key = following, key

    def _tidy(self) -> None:
        """Renew the copy of the head, then remove what a former key opens. The next opening does what is left."""
        with contextlib.suppress(StorageError):
            head.mend(self.folder, self._head)
            datafile.remove_others(self.folder, self._head.generation)


def _new_slots(words: str | None, key: bytes, binding: Binding, kdf: KdfCost) -> tuple[tuple[Slot, ...], str | None]:
    """The slots that give `key` back, and the paper code that goes with them."""
    if words is None:
        return (OpenSlot(key),), None
    secret, code = keys.words_secret(words), recovery_code.new_code()
    by_words = keys.seal("words", secret, key, binding, kdf)
    by_code = keys.seal("code", recovery_code.code_secret(code), key, binding, kdf)
    return (by_words, by_code), code


def _unlock(present: Head, kind: Kind, typed: str | None, tries: Tries) -> bytes:
    open_slot = present.open_slot
    if open_slot is not None:
        return open_slot.key
    if typed is None:
        raise WrongSecret(_("This profile opens with words."), _("Type them to open it."))
    key = _key_for(present, kind, typed, tries)
    if key is None and kind == "code":
        raise WrongSecret(_("This code doesn't open it."), _("An older code ends when the words change."))
    if key is None:
        raise WrongSecret(
            _("These words don't open it."), _("Check the spelling. Big and small letters make no difference.")
        )
    return key


def _key_for(present: Head, kind: Kind, typed: str, tries: Tries) -> bytes | None:
    """The data key, or None for a wrong secret. Raises WrongSecret for a code with a slip, WaitFirst, StorageError."""
    try:
        secret = keys.words_secret(typed) if kind == "words" else recovery_code.code_secret(typed)
    except InputError:  # words that could never have been chosen
        return None
    slot = present.sealed_slot(kind)
    if slot is None:
        return None
    tries.begin()
    try:
        key = keys.unseal(slot, secret, present.binding())
    except StorageError:
        tries.take_back()
        raise
    if key is not None:
        tries.right()
    return key


def _new_folder(data: Path) -> Path:
    with files.told():
        while True:
            folder = data / os.urandom(4).hex()
            try:
                folder.mkdir(mode=0o700)
            except FileExistsError:
                continue
            return folder


def _must_be_profile(folder: Path) -> None:
    """Raises NoSuchProfile. Deleting depends on it: nothing but a profile's own folder is ever removed."""
    try:
        found = profiles.is_id(folder.name) and stat.S_ISDIR(folder.lstat().st_mode)
    except OSError:
        found = False
    if not found:
        raise NoSuchProfile(_("There is no profile with that name here."), _("The list shows the names there are."))
