"""Where `companion` begins. Without arguments, or with only --data, it opens the app; the rest is the command line.

The launcher and the command line are imported only where they are needed: `--version` is done in three times the time
Python takes to start, and the app's first picture doesn't wait for argparse.
"""

from __future__ import annotations

import sys


def main() -> int:
    argv = sys.argv[1:]
    if argv in (["--version"], ["-V"]):
        from companion import __version__

        sys.stdout.write(f"companion {__version__}\n")
        return 0
    data = _only_data(argv)
    if not argv or data is not None:
        from companion.launcher import launch

        return launch(data)
    from companion.cli.main import run

    return run(argv)


def _only_data(argv: list[str]) -> str | None:
    """The folder, if `--data` is all that was said."""
    if len(argv) == 2 and argv[0] == "--data":
        return argv[1]
    if len(argv) == 1 and argv[0].startswith("--data="):
        return argv[0].removeprefix("--data=")
    return None


if __name__ == "__main__":
    sys.exit(main())
