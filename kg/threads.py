"""How many threads the arithmetic of a process may have: one, since a build has its processes beside each other already."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

# What OpenBLAS, MKL and Accelerate look at when NumPy is loaded; OMP_NUM_THREADS is asked by all of them.
_ASKED = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_SAID = ("OMP_NUM_THREADS", "GOTO_NUM_THREADS", *_ASKED)


def one_thread(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let NumPy have one thread where nobody has said how many: the small products of the model of names gain nothing by
    more, and threads that wait for them spin. It must be said before NumPy is loaded, and only in a process that is kg's own.

    >>> alone, told = {}, {"OMP_NUM_THREADS": "4"}
    >>> one_thread(alone), one_thread(told)
    (None, None)
    >>> alone["OPENBLAS_NUM_THREADS"], told
    ('1', {'OMP_NUM_THREADS': '4'})
    """
    if not any(name in environment for name in _SAID):
        environment.update(dict.fromkeys(_ASKED, "1"))
