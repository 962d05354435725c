// The bar on top: views, undo, theme, language, export.
function tool(label, name, run, more) {
  return button(
    '',
    run,
    { title: label, 'aria-label': label, class: 'tool', ...more },
    TOOL_SIGNS[name] ? sign(name) : el('span', { 'aria-hidden': 'true' }, name),
  );
}

function showTools() {
  const saves = [
    ['png', savePng],
    ['svg', saveSvg],
    ['ttl', saveTurtle],
    ['print', () => window.print()],
    ['link', copyLink],
    ['view', saveView],
    ['openView', openView],
  ];
  const open = byId('save') && byId('save').open;
  byId('tools').setAttribute('aria-label', word('views'));
  byId('tools').replaceChildren(
    ...(SERVED ? [el('a', { href: '/', class: 'home', id: 'home' }, word('home'))] : []),
    tool(word('menu'), 'menu', toggleMenu, {
      id: 'menu',
      'aria-expanded': String(document.body.classList.contains('legend-open')),
    }),
    tool(word('undo'), 'undo', undo, { disabled: !past.length }),
    tool(word('redo'), 'redo', redo, { disabled: !future.length, id: 'redo' }),
    tool(word('reset'), 'reset', () => change((s) => Object.assign(s, blank(), { chosen: null })), { id: 'reset' }),
    tool(word('fit'), 'fit', () => fit(null, true)),
    tool(
      word('theme'),
      'theme',
      () =>
        change((s) => {
          s.theme = dark() ? 'light' : 'dark';
        }),
      { id: 'theme' },
    ),
    tool(
      word('lang'),
      state.lang === 'ko' ? 'EN' : '한',
      () =>
        change((s) => {
          s.lang = s.lang === 'ko' ? 'en' : 'ko';
        }),
      { id: 'lang' },
    ),
    el(
      'details',
      { id: 'save', open },
      el('summary', { class: 'tool', title: word('save'), 'aria-label': word('save') }, sign('save')),
      el(
        'div',
        { class: 'menu' },
        ...saves.map(([key, run]) =>
          button(
            word(key),
            () => {
              byId('save').open = false;
              run();
            },
            { 'data-save': key },
          ),
        ),
      ),
    ),
  );
  byId('query').placeholder = word('search');
  byId('query').setAttribute('aria-label', word('search'));
  byId('stage').setAttribute('aria-label', `${word('stage')} ${word('keys')}`);
  byId('empty').textContent = word('empty');
  document.title = byId('title').textContent = GRAPH.titles[state.lang];
  const whole = now.nodes.size < NODES.length ? `/${grouped(NODES.length)}` : '';
  byId('counts').textContent = [
    `${word('articles')} ${grouped(ARTICLES.length)}`,
    `${word('things')} ${grouped(now.nodes.size)}${whole}`,
    `${word('links')} ${grouped(now.lines.length)}`,
  ].join(' · ');
  showViews();
}

function showViews() {
  const bar = byId('views');
  bar.hidden = VIEWS.size < 2;
  bar.setAttribute('aria-label', word('views'));
  const held = bar.contains(document.activeElement);
  bar.replaceChildren(
    ...[...VIEWS.keys()].map((key) =>
      button(
        word(key),
        () =>
          change((s) => {
            // what is chosen comes along into the other view
            const kept = s.chosen && s.chosen.node !== undefined ? [s.chosen.node] : [];
            Object.assign(s, { view: key, start: null, path: null, added: new Set(kept), gone: new Set() });
          }),
        { 'aria-pressed': String(state.view === key && state.start === null), 'data-view': key },
      ),
    ),
  );
  if (held) bar.querySelector(`[data-view=${state.view}]`).focus();
}

function copyLink() {
  const text = location.href;
  const done = () => toast(word('copied'));
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, () => toast(text));
  else toast(text);
}

function toggleMenu() {
  document.body.classList.toggle('legend-open');
  byId('menu').setAttribute('aria-expanded', String(document.body.classList.contains('legend-open')));
  if (document.body.classList.contains('legend-open')) {
    const first = byId('legend').querySelector('button');
    if (first) first.focus({ preventScroll: true });
  }
}

function closeMenu() {
  document.body.classList.remove('legend-open');
  byId('menu').setAttribute('aria-expanded', 'false');
  byId('menu').focus();
}
