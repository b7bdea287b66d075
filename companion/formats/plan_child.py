"""The child process that reads a file for `plan_reader`. It knows nothing but the bytes on its standard input."""

from __future__ import annotations

import gc
import json
import sys

from companion.domain.zones import use_packaged_zones

MEMORY = 1_000_000_000  # an .ics of 5 MB takes about 0.3 GB


def main() -> None:
    """Read the task and the file from standard input, and write the plans, or why not, as JSON."""
    from companion.formats.plan_reader import OUT_OF_MEMORY

    use_packaged_zones()
    gc.disable()  # it lives for seconds and within a limit
    head, _newline, data = sys.stdin.buffer.read().partition(b"\n")
    task = json.loads(head)
    _limit(float(task["seconds"]))
    try:
        answer = _read(task, data)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(answer)


def _read(task: dict[str, str], data: bytes) -> bytes:
    from companion.errors import CompanionError
    from companion.formats.plan_reader import read_data
    from companion.formats.plan_table import TableOptions
    from companion.formats.wire import decode, encode

    try:
        plans = read_data(data, task["name"], decode(TableOptions, task["options"]), task["zone"])
    except CompanionError as error:
        return json.dumps({"refused": [error.sentence, error.mend]}).encode()
    return json.dumps({"plans": encode(tuple(plans))}).encode()


def _limit(seconds: float) -> None:
    """A second line behind the parent's clock, where the system has it (not Windows)."""
    try:
        import resource
    except ImportError:
        return
    limits = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, int(seconds) + 1), (resource.RLIMIT_CORE, 0))
    for kind, value in limits:
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):  # macOS does not let memory be limited
            continue
