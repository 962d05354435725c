// The strip of time under the graph: how much falls into each month (or year, or day); a drag over it chooses a period.
const DAYS = NODES.filter((node) => node.day && node.day.length >= 4 && node.look.family === LOOK.parts.event).map(
  (node) => node.day,
);
const GRAIN = (() => {
  const sorted = [...DAYS].sort();
  if (sorted.length < 3 || sorted[0].slice(0, 10) === sorted[sorted.length - 1].slice(0, 10)) return 0;
  const years = Number(sorted[sorted.length - 1].slice(0, 4)) - Number(sorted[0].slice(0, 4));
  if (years > 12) return 4;
  const months = years * 12 + Number(sorted[sorted.length - 1].slice(5, 7) || 1) - Number(sorted[0].slice(5, 7) || 1);
  return months > 1 ? 7 : 10;
})();

const BINS = (() => {
  const counts = new Map();
  const usable = DAYS.filter((day) => day.length >= GRAIN)
    .map((day) => day.slice(0, GRAIN))
    .sort();
  if (!GRAIN || !usable.length) return counts;
  for (let key = usable[0]; key <= usable[usable.length - 1] && counts.size < 400; key = following(key)) counts.set(key, 0);
  for (const key of usable) if (counts.has(key)) counts.set(key, counts.get(key) + 1);
  return counts;
})();

function following(key) {
  if (key.length === 4) return String(Number(key) + 1);
  if (key.length === 7) {
    const [y, m] = key.split('-').map(Number);
    return m === 12 ? `${y + 1}-01` : `${y}-${String(m + 1).padStart(2, '0')}`;
  }
  const next = new Date(`${key}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

function period(a, b) {
  const [low, high] = a <= b ? [a, b] : [b, a];
  change((s) => {
    s.since = low;
    s.until = high;
  });
}

let drag = null;
function showStrip() {
  const strip = byId('strip');
  strip.hidden = BINS.size < 2;
  document.body.classList.toggle('timed', !strip.hidden);
  if (strip.hidden) return;
  const most = Math.max(...BINS.values());
  const keys = [...BINS.keys()];
  const every = Math.ceil(keys.length / Math.max(2, Math.floor((strip.clientWidth - 120) / 78)));
  const inside = (key) =>
    (!state.since && !state.until) || (key >= state.since.slice(0, GRAIN) && key <= state.until.slice(0, GRAIN));
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.bin : undefined;
  const bars = keys.map((key, i) => {
    const bar = el(
      'button',
      {
        type: 'button',
        class: `bin${inside(key) ? '' : ' out'}`,
        'data-bin': key,
        'aria-label': `${key} ${BINS.get(key)}`,
        'aria-pressed': String(Boolean(state.since) && inside(key)),
        tabindex: i === 0 ? '0' : '-1',
      },
      el('span', { class: 'bar' }),
      i % every === 0 ? el('span', { class: 'tick' }, key.replaceAll('-', '. ')) : null,
    );
    bar.firstChild.style.height = `${BINS.get(key) ? 12 + (88 * BINS.get(key)) / most : 0}%`;
    return bar;
  });
  const whole = state.since ? `${state.since} – ${state.until}` : word('whole');
  strip.setAttribute('aria-label', `${word('period')}. ${word('gridHelp')}`);
  strip.replaceChildren(
    button(
      '',
      () =>
        change((s) => {
          s.since = s.until = '';
        }),
      { class: 'whole', disabled: !state.since },
      el('span', {}, word('period')),
      el('strong', {}, whole),
      state.since && el('span', { 'aria-hidden': 'true' }, '✕'),
    ),
    el('div', { class: 'bins' }, ...bars),
  );
  if (held) {
    const again = [...strip.querySelectorAll('.bin')].find((bar) => bar.dataset.bin === held);
    if (again) again.focus();
  }
}

function openStrip() {
  const strip = byId('strip');
  const binOf = (event) => {
    const hit = document.elementFromPoint(event.clientX, event.clientY);
    const bar = hit && hit.closest('.bin');
    return bar && bar.dataset.bin;
  };
  strip.addEventListener('pointerdown', (event) => {
    drag = binOf(event);
  });
  strip.addEventListener('pointerup', (event) => {
    const end = binOf(event) || drag;
    if (drag) period(drag, end);
    drag = null;
  });
  strip.addEventListener('keydown', (event) => {
    const bins = [...strip.querySelectorAll('.bin')];
    const at = bins.indexOf(document.activeElement);
    if (at < 0) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step && bins[at + step]) {
      event.preventDefault();
      const from = event.shiftKey && state.since ? (state.since === bins[at].dataset.bin ? state.until : state.since) : null;
      bins[at + step].focus();
      if (event.shiftKey) period(from || bins[at].dataset.bin, bins[at + step].dataset.bin);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      period(bins[at].dataset.bin, bins[at].dataset.bin);
    }
  });
}
