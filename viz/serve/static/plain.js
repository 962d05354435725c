// The editor where the build could not fetch YASQE: a textarea, and under it a list of words that may follow.
import { candidates, row, undeclared, wordBefore } from './complete.js';

export function editor(area, vocabulary, run) {
  const list = document.createElement('ul');
  Object.assign(list, { id: 'words', hidden: true, role: 'listbox', ariaLabel: '이어 쓸 말' });
  area.after(list);
  let offers = [];
  let chosen = 0;

  const head = () => area.value.slice(0, area.selectionStart);
  const close = () => { list.hidden = true; area.removeAttribute('aria-activedescendant'); };

  function mark() {
    [...list.children].forEach((item, i) => { item.ariaSelected = String(i === chosen); });
    area.setAttribute('aria-activedescendant', `word-${chosen}`);
    list.children[chosen].scrollIntoView({ block: 'nearest' });
  }

  function offer(all = false) {
    offers = candidates(head(), area.value, vocabulary, { all });
    if (!offers.length) { close(); return; }
    chosen = 0;
    list.replaceChildren(...offers.map((one, i) => {
      const item = document.createElement('li');
      Object.assign(item, { id: `word-${i}`, role: 'option' });
      row(item, one);
      item.addEventListener('mousedown', (event) => { event.preventDefault(); chosen = i; take(); });
      return item;
    }));
    list.hidden = false;
    mark();
  }

  function take() {
    const { text } = offers[chosen];
    area.setRangeText(text, area.selectionStart - wordBefore(head()).length, area.selectionStart, 'end');
    const prefix = undeclared(text, area.value, vocabulary);
    if (prefix) area.setRangeText(`PREFIX ${prefix[0]}: <${prefix[1]}>\n`, 0, 0, 'preserve');
    close();
    if (text.endsWith(':')) offer();
  }

  const step = (by) => () => { chosen = (chosen + by + offers.length) % offers.length; mark(); };
  const keys = { ArrowDown: step(1), ArrowUp: step(-1), Tab: take, Enter: take, Escape: close };
  area.addEventListener('input', (event) => { if (event.inputType !== 'insertFromPaste') offer(); else close(); });
  area.addEventListener('blur', close);
  area.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const act = event.ctrlKey && event.key === ' ' ? () => offer(true)
      : (event.ctrlKey || event.metaKey) && event.key === 'Enter' ? () => { close(); run(); }
        : !list.hidden && !event.shiftKey ? keys[event.key] : undefined;
    if (act) { event.preventDefault(); act(); }
  });
  return { get text() { return area.value; }, set text(value) { area.value = value; } };
}
