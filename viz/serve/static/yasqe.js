// YASQE as the editor: its colours, brackets and errors; the words that may follow are ours.
/* global Yasqe */
import { candidates, row, undeclared, wordBefore } from './complete.js';

// YASQE's own completers ask prefix.cc and Linked Open Vocabularies; a list in the options would be merged into this one.
Yasqe.defaults.autocompleters = [];
const LABEL = '이어 쓸 말';

export function editor(area, vocabulary, run) {
  const yasqe = new Yasqe(area.parentNode, {
    value: area.value,
    screenReaderLabel: area.getAttribute('aria-label'),
    requestConfig: { endpoint: '/sparql' },
    persistenceId: null,
    createShareableLink: null, // the address of this page is the link
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: 'auto',
    extraKeys: {
      'Ctrl-Enter': run,
      'Cmd-Enter': run,
      'Ctrl-Space': () => hint(true),
      'Ctrl-S': false,
      Tab: false, // the keyboard gets out of the editor as it came in
      'Shift-Tab': false,
      Esc: false,
    },
  });
  area.hidden = true;
  const code = yasqe.getWrapperElement().CodeMirror; // `yasqe` is a copy of it; both in one operation trip over each other
  const doc = code.getDoc();
  const field = code.getInputField();
  if (field.isContentEditable) { // on phones; named, but with no role that may have a name
    field.setAttribute('role', 'textbox');
    field.setAttribute('aria-multiline', 'true');
  }
  const headAt = (at) => doc.getRange({ line: 0, ch: 0 }, at);

  function offers(all) {
    const to = doc.getCursor();
    const head = headAt(to);
    const from = { line: to.line, ch: to.ch - wordBefore(head).length };
    const found = candidates(head, code.getValue(), vocabulary, { all });
    return { list: found.map((one) => ({ ...one, render: (item) => row(item, one), hint: take })), from, to };
  }

  function take(_, { from, to }, { text }) {
    doc.replaceRange(text, from, to, 'complete');
    const prefix = undeclared(text, code.getValue(), vocabulary);
    if (prefix) yasqe.addPrefixes({ [prefix[0]]: prefix[1] });
    if (text.endsWith(':')) setTimeout(hint);
  }

  function hint(all = false) {
    code.showHint({
      hint: () => offers(all === true),
      completeSingle: false,
      closeCharacters: /[\s(){}[\];,>]/,
      container: yasqe.rootEl,
    });
  }

  // At every word that is typed, not wherever the caret comes by: the arrow keys stay free. Phones compose all their words.
  code.on('changes', (_, changes) => {
    const typed = changes.some(({ origin }) => origin === '+input' || origin === '*compose');
    if (typed && !code.state.completionActive && offers(false).list.length) hint();
  });
  code.on('changes', explain);

  // The list needs a name of its own, and has to stay inside a narrow page.
  new MutationObserver(() => {
    const list = yasqe.rootEl.querySelector('.CodeMirror-hints:not([aria-label])');
    if (!list) return;
    list.setAttribute('aria-label', LABEL);
    list.removeAttribute('aria-expanded');
    list.style.left = `${Math.max(Math.min(list.offsetLeft, yasqe.rootEl.clientWidth - list.offsetWidth), 0)}px`;
  }).observe(yasqe.rootEl, { childList: true });

  // YASQE explains a mistake in English with inline styles, which the policy of this page refuses.
  function explain() {
    code.eachLine((line) => {
      const icon = line.gutterMarkers?.gutterErrorBar;
      if (!icon) return;
      const { possibleCurrent = [] } = code.getTokenAt({ line: code.getLineNumber(line), ch: line.text.length }, true).state;
      const some = possibleCurrent.slice(0, 12).join(', ') + (possibleCurrent.length > 12 ? ' …' : '');
      icon.onmouseover = icon.onmouseout = null;
      icon.title = `이 줄은 SPARQL 문법에 맞지 않습니다. 여기에 올 수 있는 것: ${some}`;
      icon.setAttribute('role', 'img');
      icon.setAttribute('aria-label', icon.title);
    });
  }
  explain();

  return {
    get text() { return code.getValue(); },
    set text(value) { code.setValue(value); },
  };
}
