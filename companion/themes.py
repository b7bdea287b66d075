"""Three themes: dark, light, high contrast. Every pair of colors that is used has a contrast of 4.5 or more.

Textual's own themes fall short of that: selected text at 3.8, error words at 3.4, what is disabled at 3.6 in its dark
one, an accent at 1.5 in its light one. No red: what needs attention is amber, and says so in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.theme import Theme

DARK, LIGHT, CONTRAST = "companion-dark", "companion-light", "companion-contrast"
NAMES = (DARK, LIGHT, CONTRAST)

# What is written on what: (letters, ground). A test computes each in every theme, and in grey for NO_COLOR.
_GROUNDS = ("background", "surface", "panel", "boost")
_LETTERS = (
    "foreground", "text", "text-muted", "text-disabled",
    "text-primary", "text-secondary", "text-accent", "text-success", "text-warning", "text-error",
)  # fmt: skip
PAIRS = (
    *((letters, ground) for letters in _LETTERS for ground in _GROUNDS),
    ("footer-key-foreground", "panel"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("foreground", "input-selection-background"),
    ("foreground", "block-hover-background"),
    ("button-color-foreground", "primary"),
    ("button-color-foreground", "success"),
    ("button-color-foreground", "warning"),
    ("button-color-foreground", "error"),
    ("button-foreground", "surface"),
)


def themes() -> list[Theme]:
    return [
        _theme(
            DARK,
            dark=True,
            ground=("#10151c", "#18202a", "#222d3a", "#1d2733"),
            letters=("#e9edf2", "#b9c4d0", "#a3b0be"),
            primary="#8fbcf7",
            secondary="#7fd0c6",
            accent="#f2cf7c",
            success="#93d7a4",
            warning="#f0c274",
            selection="#34506f",
            on_color="#0c1117",
        ),
        _theme(
            LIGHT,
            dark=False,
            ground=("#f6f4ef", "#fffdf8", "#e6e2d8", "#efece4"),
            letters=("#1d2329", "#454d56", "#525a63"),
            primary="#1f4f82",
            secondary="#12595a",
            accent="#6b4a00",
            success="#1f5c33",
            warning="#6e4500",
            selection="#bcd4ee",
            on_color="#ffffff",
        ),
        _theme(
            CONTRAST,
            dark=True,
            ground=("#000000", "#000000", "#000000", "#000000"),
            letters=("#ffffff", "#ffffff", "#e0e0e0"),
            primary="#ffff00",
            secondary="#00ffff",
            accent="#ffff00",
            success="#80ff80",
            warning="#ffd700",
            selection="#00407f",
            on_color="#000000",
        ),
    ]


def _theme(
    name: str,
    *,
    dark: bool,
    ground: tuple[str, str, str, str],
    letters: tuple[str, str, str],
    primary: str,
    secondary: str,
    accent: str,
    success: str,
    warning: str,
    selection: str,
    on_color: str,
) -> Theme:
    from textual.theme import Theme

    background, surface, panel, boost = ground
    text, muted, faint = letters
    return Theme(
        name=name,
        dark=dark,
        primary=primary,
        secondary=secondary,
        accent=accent,
        success=success,
        warning=warning,
        error=warning,
        foreground=text,
        background=background,
        surface=surface,
        panel=panel,
        luminosity_spread=0.1,
        text_alpha=1.0,
        variables={
            "boost": boost,  # as an argument of Theme it is dropped where a panel color is given
            "text": "auto 95%",
            "text-muted": muted,
            "text-disabled": faint,
            "foreground-muted": muted,
            "foreground-disabled": faint,
            "text-primary": primary,
            "text-secondary": secondary,
            "text-accent": accent,
            "text-success": success,
            "text-warning": warning,
            "text-error": warning,
            "block-cursor-background": primary,
            "block-cursor-foreground": on_color,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": selection,
            "block-cursor-blurred-foreground": text,
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": boost if name != CONTRAST else "#303030",
            "input-cursor-background": text,
            "input-cursor-foreground": background,
            "input-selection-background": selection,
            "button-foreground": text,
            "button-color-foreground": on_color,
            "button-focus-text-style": "bold reverse",
            "footer-foreground": text,
            "footer-background": panel,
            "footer-key-foreground": primary,
            "footer-description-foreground": text,
            "border": primary,
            "border-blurred": muted,
            "scrollbar": muted,
            "scrollbar-background": background,
            "scrollbar-hover": primary,
            "scrollbar-active": primary,
            "link-color": primary,
            "link-background-hover": selection,
        },
    )
