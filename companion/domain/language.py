"""The one function every word on screen goes through, so that another language can follow.

`_("Today")` gives the word in the language that `use` chose; without one, the English text itself.
"""

from __future__ import annotations

import gettext
from pathlib import Path

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str, folder: Path) -> None:
    """Take the catalogue `folder/<language>/LC_MESSAGES/companion.mo`; English where there is none."""
    global _catalogue  # noqa: PLW0603  the one thing that is the same for the whole process: the language shown
    _catalogue = gettext.translation("companion", str(folder), [language], fallback=True)


def _(text: str) -> str:
    return _catalogue.gettext(text)


def plural(one: str, many: str, number: int) -> str:
    """`one` or `many` by the language's own rule, with `{n}` replaced by `number`."""
    return _catalogue.ngettext(one, many, number).replace("{n}", str(number))
