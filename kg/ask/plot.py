"""The main four tables of ``kg stats`` as one picture, with Korean words drawn right or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.knowledge.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.typing import RcKeyType

    from kg.ask.tables import Stats, Table


def plot(found: Stats, target: Path | str) -> Path:
    """Classes, events by month, the most connected bodies and who hosts with whom, as one picture; .png or .svg.

    The same tables give the same bytes: words are drawn with a font that comes along, which has all of today's Hangul, so that no
    machine draws boxes in its place. What it lacks, Chinese characters for example, an installed font draws.
    """
    path = Path(target)
    if path.suffix not in (".png", ".svg"):
        raise UsageError(f"{path}: the suffix {path.suffix!r} is not known; allowed: .png, .svg")
    try:
        import matplotlib
    except ModuleNotFoundError as error:
        raise UsageError(f"a plot needs {error.name}; install it with: pip install 'presskg[stats]'") from error
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    looks: dict[RcKeyType, str | int | bool | list[str]] = {
        "font.family": [_own_font(), *_installed_fonts(), "DejaVu Sans"],
        "axes.unicode_minus": False,
        "svg.hashsalt": "presskg",
        "axes.titlelocation": "left",
        "axes.titlesize": 15,
        "font.size": 11,
    }
    with matplotlib.rc_context(looks):
        figure = Figure(figsize=(15, 11), dpi=110, layout="constrained")
        FigureCanvasAgg(figure)
        _draw(figure.subplots(2, 2), found)
        metadata = {"Date": None} if path.suffix == ".svg" else {"Software": None}
        figure.savefig(path, metadata=metadata)
    return path


# For what our own font lacks; the most usual first.
_FONTS = ("Noto Sans KR", "Noto Sans CJK KR", "Noto Sans CJK JP", "Apple SD Gothic Neo", "Malgun Gothic", "Source Han Sans KR")


def _own_font() -> str:
    """The name of the font in ``viz/fonts``, made known to matplotlib."""
    from matplotlib import font_manager

    path = resource("viz", "fonts", "PressKGSans-Regular.ttf")
    if all(entry.fname != str(path) for entry in font_manager.fontManager.ttflist):
        try:
            font_manager.fontManager.addfont(str(path))
        except (OSError, RuntimeError) as error:
            raise UsageError(f"{path}: cannot be read: {error}; install PressKG again") from error
    return next(entry.name for entry in font_manager.fontManager.ttflist if entry.fname == str(path))


def _installed_fonts() -> list[str]:
    from matplotlib import font_manager

    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return [name for name in _FONTS if name in installed][:1]


def _draw(axes: np.ndarray, found: Stats) -> None:
    blue, red, line = "#2a62c9", "#c8402c", "#d9dee8"

    def bars(ax: Axes, table: Table, labels: list[str], values: Sequence[str | int | float], color: str) -> None:
        drawn = ax.barh(range(len(values)), values, color=color, height=0.72)
        ax.set_yticks(range(len(values)), labels)
        ax.invert_yaxis()
        ax.bar_label(drawn, [f"{value:,}" for value in values], padding=4, color="#5c6678")
        ax.set_title(table.title)
        ax.margins(x=0.12)

    classes, months, bodies, pairs = (found[name] for name in ("classes", "months", "bodies", "cohosts"))
    bars(axes[0][0], classes, [str(row[0]) for row in classes.rows[:16]], [row[1] for row in classes.rows[:16]], blue)
    bars(axes[1][0], bodies, [_short(str(row[0])) for row in bodies.rows[:12]], [row[1] for row in bodies.rows[:12]], blue)
    bars(
        axes[1][1],
        pairs,
        [f"{_short(str(row[0]), 14)} · {_short(str(row[1]), 14)}" for row in pairs.rows[:12]],
        [row[2] for row in pairs.rows[:12]],
        red,
    )
    ax, rows = axes[0][1], months.rows
    ax.bar(range(len(rows)), [row[1] for row in rows], color=red, width=0.85)
    step = max(1, -(-len(rows) // 12))
    ax.set_xticks(
        range(0, len(rows), step),
        [str(rows[i][0]).replace("-", ". ") + "." for i in range(0, len(rows), step)],
        rotation=40,
        ha="right",
    )
    ax.set_title(months.title)
    from matplotlib.ticker import MaxNLocator

    for axis in (axes[0][0].xaxis, axes[0][1].yaxis, axes[1][0].xaxis, axes[1][1].xaxis):
        axis.set_major_locator(MaxNLocator(integer=True))
    for ax in axes.flat:
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[["left", "bottom"]].set_color(line)
        ax.tick_params(color=line)
        ax.set_axisbelow(True)


def _short(words: str, most: int = 22) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
