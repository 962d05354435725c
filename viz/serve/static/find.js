// The search box of every page: suggestions while one types. Names come in as text, never as markup.
const box = document.getElementById('find');
const list = document.getElementById('hits');
let shown = [];
let chosen = -1;
let turn = 0;

function show(hits) {
  shown = hits;
  chosen = -1;
  list.replaceChildren(...hits.map((hit, i) => {
    const row = document.createElement('li');
    row.id = `hit-${i}`;
    row.setAttribute('role', 'option');
    const dot = document.createElement('i');
    dot.className = `dot c-${hit.kind.replace(/[^A-Za-z0-9]/g, '-')}`;
    const name = document.createElement('span');
    name.textContent = hit.name === hit.found ? hit.name : `${hit.name} (${hit.found})`;
    const kind = document.createElement('span');
    kind.textContent = hit.ko;
    if (hit.beside) {
      const beside = document.createElement('small');
      beside.textContent = ` ${hit.beside}`;
      name.append(beside);
    }
    row.append(dot, name, kind);
    row.addEventListener('mousedown', (event) => { event.preventDefault(); open(hit); });
    return row;
  }));
  list.hidden = !hits.length;
  box.setAttribute('aria-expanded', String(!list.hidden));
  box.removeAttribute('aria-activedescendant');
}

// Addresses are those of this server alone.
const open = (hit) => { if (hit.href.startsWith('/id/')) location.assign(hit.href); };

async function look() {
  const mine = ++turn;
  const words = box.value.trim();
  if (!words) { show([]); return; }
  const answer = await fetch(`/search?${new URLSearchParams({ q: words, format: 'json' })}`);
  const { hits } = answer.ok ? await answer.json() : { hits: [] };
  if (mine === turn) show(hits);
}

let timer;
box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 90); });
box.addEventListener('blur', () => { turn += 1; show([]); });
box.addEventListener('keydown', (event) => {
  if (event.isComposing || list.hidden) return;
  if (event.key === 'Escape') { turn += 1; show([]); return; }
  if (event.key === 'Enter' && chosen >= 0) { event.preventDefault(); open(shown[chosen]); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  chosen = (chosen + step + shown.length) % shown.length;
  [...list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === chosen)));
  list.children[chosen].scrollIntoView({ block: 'nearest' });
  box.setAttribute('aria-activedescendant', `hit-${chosen}`);
});
document.addEventListener('keydown', (event) => {
  const at = document.activeElement;
  if (event.key !== '/' || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
  event.preventDefault();
  box.focus();
});
