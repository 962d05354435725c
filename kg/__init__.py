"""PressKG: a knowledge graph from Korean press releases and news articles, every statement with its words."""
from pathlib import Path as _Path

_here = _Path(__file__).resolve().parent
if not (_here / "viz").exists():  # a checkout keeps viz/ at the top; a wheel has it as kg/viz
    __path__.append(str(_here.parent))

__version__ = "0.1.0"
