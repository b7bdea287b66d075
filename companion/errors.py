"""Everything that can go wrong, as one small tree.

CompanionError                  a sentence for the person, the mend, and an exit code for the command line
├── InputError         exit 1   what a person typed or a file holds can't be taken
│   ├── FileRefused             a whole file: too big, not a file, not readable text
│   └── RuleError               a repeat that is not in the grammar
├── UsageError         exit 2   the command was called wrongly, or would overwrite something
├── ProfileError       exit 3   the profile can't be opened
│   ├── WrongSecret             the words or the code don't open it
│   ├── WaitFirst               too many wrong tries: `seconds` to wait
│   ├── InUse                   another window has it open
│   └── NoSuchProfile exit 2
└── StorageError       exit 4   the disk or the file is at fault
    ├── Damaged                 what is stored can't be read
    ├── DiskFull
    ├── NewerFile               written by a newer Companion
    └── NotWritable             a folder or disk that can't be written to

Nothing else is raised towards a person. A sentence never holds a title, a name or a key: it may be shown on
a screen that somebody else sees.
"""

from __future__ import annotations

from companion.domain.language import _, plural


class CompanionError(Exception):
    """Something a person can be told about.

    `sentence` says what is the matter in plain words, `mend` (may be empty) what she can do about it.
    """

    exit_code = 70

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.sentence} {self.mend}".strip()


class InputError(CompanionError):
    exit_code = 1


class FileRefused(InputError):
    pass


class RuleError(InputError):
    pass


class UsageError(CompanionError):
    exit_code = 2


class ProfileError(CompanionError):
    exit_code = 3


class WrongSecret(ProfileError):
    pass


class WaitFirst(ProfileError):
    def __init__(self, seconds: float) -> None:
        wait = plural("Wait {n} second.", "Wait {n} seconds.", max(1, round(seconds)))
        super().__init__(_("Too many tries.") + f" {wait}", _("Then try again."))
        self.seconds = seconds


class InUse(ProfileError):
    pass


class NoSuchProfile(ProfileError):
    exit_code = 2  # a wrong label is a wrong call, not wrong words


class StorageError(CompanionError):
    exit_code = 4


class Damaged(StorageError):
    pass


class DiskFull(StorageError):
    pass


class NewerFile(StorageError):
    pass


class NotWritable(StorageError):
    pass
