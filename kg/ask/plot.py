"""The main four tables of ``kg stats`` as one picture, with Korean words drawn right or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.ask.tables import Stats, Table


def plot(found: Stats, target: Path | str) -> Path:
    """Classes, events by month, the most connected bodies and who hosts with whom, as one picture; .png or .svg.

    The same tables give the same bytes. Words are drawn with a font of this machine that has Hangul; without one this is an
    error, because a picture full of boxes would look like an answer.
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

    looks = {
        "font.family": [_korean_font(), "DejaVu Sans"],
        "axes.unicode_minus": False,
        "svg.hashsalt": "presskg",
        "axes.titleweight": "bold",
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


# The most usual first; every one has all modern syllables.
_FONTS = (
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Noto Sans CJK JP",
    "Pretendard",
    "NanumGothic",
    "NanumBarunGothic",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "AppleGothic",
    "Source Han Sans KR",
    "Source Han Sans K",
    "UnDotum",
    "Baekmuk Gulim",
)


def _korean_font() -> str:
    """The name of an installed font with Hangul: a usual one, else any that has the first and the last syllable."""
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    installed = {
        entry.name: entry.fname for entry in sorted(font_manager.fontManager.ttflist, key=lambda entry: (entry.name, entry.fname))
    }
    for name in (*_FONTS, *sorted(set(installed) - set(_FONTS))):
        if name not in installed:
            continue
        try:
            signs = FT2Font(installed[name]).get_charmap()
        except (OSError, RuntimeError):  # a font file that is gone or broken
            continue
        if ord("가") in signs and ord("힣") in signs:
            return name
    raise UsageError("no installed font has Hangul; install one, with apt-get install fonts-noto-cjk for example")


def _draw(axes: object, found: Stats) -> None:
    blue, red, line = "#2a62c9", "#c8402c", "#d9dee8"

    def bars(ax: object, table: Table, labels: list[str], values: list[float], color: str) -> None:
        ax.barh(range(len(values)), values, color=color, height=0.72)
        ax.set_yticks(range(len(values)), labels)
        ax.invert_yaxis()
        ax.bar_label(ax.containers[0], [f"{value:,}" for value in values], padding=4, color="#5c6678")
        ax.set_title(table.title)
        ax.margins(x=0.12)

    classes, months, bodies, pairs = (found[name] for name in ("classes", "months", "bodies", "cohosts"))
    bars(axes[0][0], classes, [row[0] for row in classes.rows[:16]], [row[1] for row in classes.rows[:16]], blue)
    bars(axes[1][0], bodies, [_short(row[0]) for row in bodies.rows[:12]], [row[1] for row in bodies.rows[:12]], blue)
    bars(
        axes[1][1],
        pairs,
        [f"{_short(row[0], 14)} · {_short(row[1], 14)}" for row in pairs.rows[:12]],
        [row[2] for row in pairs.rows[:12]],
        red,
    )
    ax, rows = axes[0][1], months.rows
    ax.bar(range(len(rows)), [row[1] for row in rows], color=red, width=0.85)
    step = max(1, -(-len(rows) // 12))
    ax.set_xticks(
        range(0, len(rows), step),
        [rows[i][0].replace("-", ". ") + "." for i in range(0, len(rows), step)],
        rotation=40,
        ha="right",
    )
    ax.set_title(months.title)
    from matplotlib.ticker import MaxNLocator

    for ax in (axes[0][0].xaxis, axes[0][1].yaxis, axes[1][0].xaxis, axes[1][1].xaxis):
        ax.set_major_locator(MaxNLocator(integer=True))
    for ax in axes.flat:
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[["left", "bottom"]].set_color(line)
        ax.tick_params(color=line)
        ax.set_axisbelow(True)


def _short(words: str, most: int = 22) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
