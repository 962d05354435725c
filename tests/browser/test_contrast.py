"""What is written on the canvas of graph.html stands out from what it is drawn on: measured in the pixels beneath the letters, in light
and dark, from near and from afar, with nothing and with something chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Page

LEAST = 4.5  # WCAG 2, for words of ordinary size
LEAST_OF_LARGE = 3  # the same, for large ones
# Before a word is filled its ground is read back; what is dimmed because something else was chosen is left out, as WCAG leaves inactive
# parts out. A ground is what nineteen of twenty pixels are at least as good as: a line that ends at a name is no ground.
LISTEN = """
const light = ([r, g, b]) => { const [R, G, B] = [r, g, b].map((v) => v / 255)
  .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)); return 0.2126 * R + 0.7152 * G + 0.0722 * B; };
const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
const fill = CanvasRenderingContext2D.prototype.fillText;
window.seen = [];
CanvasRenderingContext2D.prototype.fillText = function (words, x, y, ...rest) {
  if (window.listening && this.canvas.isConnected && this.globalAlpha === 1 && words.trim()) {
    const size = Number(this.font.match(/([\\d.]+)px/)[1]);
    const width = this.measureText(words).width;
    const left = x - { left: 0, start: 0, center: width / 2, right: width }[this.textAlign];
    const turn = this.getTransform();
    const [a, b] = [[left, y - size / 2], [left + width, y + size / 2]].map(([p, q]) => turn.transformPoint({ x: p, y: q }));
    const box = [a.x, a.y, b.x - a.x, b.y - a.y].map(Math.round);
    const inside = box[0] >= 0 && box[1] >= 0 && a.x + box[2] < this.canvas.width && a.y + box[3] < this.canvas.height;
    if (inside && box[2] > 3 && box[3] > 3) {
      const pixels = this.getImageData(...box).data;
      const ink = light(this.fillStyle.match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16)));
      const ratios = [];
      for (let i = 0; i < pixels.length; i += 4) ratios.push(ratio(ink, light(pixels.subarray(i, i + 3))));
      ratios.sort((one, other) => one - other);
      window.seen.push([words, this.fillStyle, this.font, ratios[Math.floor(ratios.length / 20)]]);
    }
  }
  return fill.call(this, words, x, y, ...rest);
};
"""


@pytest.fixture(scope="module")
def listening(window: Page) -> Iterator[Page]:
    """A window in which every word that is drawn tells what it stands on."""
    made = window.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})
    yield window
    window.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)
    scheme(window, "light")


def scheme(window: Page, name: str) -> None:
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": name}]})


def written(window: Page, name: str) -> list[tuple[str, str, str, float]]:
    """The words of the next drawing in a scheme, with their colour, font and contrast."""
    scheme(window, "light" if name == "dark" else "dark")
    window.wait()
    window.run("window.seen = []; window.listening = true")
    scheme(window, name)
    window.wait()
    return window.run("window.listening = false; return window.seen")


def faint(seen: list[tuple[str, str, str, float]]) -> set[tuple[str, str, str, float]]:
    return {(words, color, font[:8], round(value, 2)) for words, color, font, value in seen if value < LEAST}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_names_cards_and_words_on_lines_stand_out(listening: Page, drawn: Path, name: str) -> None:
    listening.open(drawn)
    seen = written(listening, name)
    assert {font.partition(' "')[0] for _, _, font, _ in seen} >= {"bold 15px", "600 13px", "500 11px"}, (
        "cards, names and words on lines"
    )
    assert len(seen) > 30 and faint(seen) == set()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_chosen_stands_out(listening: Page, drawn: Path, name: str) -> None:
    listening.open(drawn)
    iri = sorted(listening.visible())[0]
    listening.click(*listening.where(iri))
    seen = written(listening, name)
    assert len(seen) > 5 and faint(seen) == set()


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["", "#view=all"])
def test_a_large_graph_stands_out_from_afar(listening: Page, crowded: Path, name: str, fragment: str) -> None:
    """From afar a name may lie on the mark of a neighbour, where it moved to while the graph came to rest: one of fifty at most."""
    listening.open(crowded, fragment)
    seen = written(listening, name)
    assert len(seen) > 15 and 50 * len(faint(seen)) <= len(seen) and min(value for *_, value in seen) >= LEAST_OF_LARGE, faint(
        seen
    )
