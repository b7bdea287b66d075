"""What has come to stay is left out of the garbage collector's walks.

Textual's layouts leave loops behind that only the collector finds, so it walks through all there is every twenty
changes of view: 55 to 75 ms for the 150,000 objects of an app with a busy calendar, in the middle of a key. Without
those that stay it takes 6.
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Take all there is now for what stays. Takes 70 ms: to be called once a part of the app was shown for the first
    time, not while a key waits."""
    gc.collect()
    gc.freeze()
