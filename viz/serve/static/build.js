// The builder's suggestions while one types: names of this graph, by any of their words, short forms or initial consonants.
const PLACES = /^press:(City|Region|Venue|Place|Country)$/;

for (const box of document.querySelectorAll('[data-suggest]')) {
  let timer;
  let turn = 0;
  const list = document.getElementById(box.getAttribute('list'));
  const look = async () => {
    const mine = ++turn;
    const words = box.value.trim();
    if (!words) return;
    const answer = await fetch(`/search?${new URLSearchParams({ q: words, format: 'json' })}`);
    const { hits } = answer.ok ? await answer.json() : { hits: [] };
    if (mine !== turn) return;
    const wanted = hits.filter((hit) => (box.dataset.suggest === 'place') === PLACES.test(hit.kind) && !/Article|Quotation|Presentation/.test(hit.kind));
    list.replaceChildren(
      ...wanted.slice(0, 10).map((hit) => {
        const row = document.createElement('option');
        row.value = hit.name;
        row.textContent = [hit.found === hit.name ? '' : hit.found, hit.beside, hit.ko].filter(Boolean).join(' · ');
        return row;
      }),
    );
  };
  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, 90);
  });
}
// How many rows the question would have, while it is put together.
for (const form of document.querySelectorAll('.builder form')) {
  const told = form.querySelector('.count');
  let timer;
  let turn = 0;
  const count = async () => {
    const mine = ++turn;
    const fields = [...new FormData(form)].filter(([name, value]) => value && name !== 'shape');
    const reply = await fetch(`/ask?${new URLSearchParams([...fields, ['shape', 'count']])}`, { headers: { accept: 'application/json' } });
    const rows = reply.ok ? (await reply.json()).results.bindings : [];
    if (mine === turn) told.textContent = rows.length ? `${Number(Object.values(rows[0])[0].value).toLocaleString('ko')}${told.dataset.rows}` : '';
  };
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(count, 250); });
  form.closest('details').addEventListener('toggle', () => { if (form.closest('details').open) count(); });
}
// On a phone what is asked and answered stands before the fields.
const narrow = matchMedia('(max-width: 700px)').matches;
if (narrow) for (const box of document.querySelectorAll('details.builder')) box.open = false;
document.documentElement.dataset.built = 'yes';
