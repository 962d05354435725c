"""spaCy without its command line, which is a third of what ``import spacy`` loads (weasel, httpx, requests …) and which nothing here calls."""

from __future__ import annotations

import sys
from types import ModuleType

_LEFT_OUT = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy with stand-ins for its command line, which whoever asks for it later gets whole; nothing where it is loaded already.

    >>> import_spacy()
    >>> import spacy.cli
    >>> callable(spacy.info), callable(spacy.cli.download)
    (True, True)
    """
    if "spacy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in _LEFT_OUT}
    vars(stand_ins["spacy.cli.info"])["info"] = _info
    sys.modules.update(stand_ins)
    try:
        import spacy  # noqa: F401 - it is wanted in sys.modules
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _info(*arguments: object, **options: object) -> object:
    """What ``spacy.info`` is, loaded when it is called."""
    from importlib import import_module

    return import_module("spacy.cli.info").info(*arguments, **options)
