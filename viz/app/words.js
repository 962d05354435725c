// The words of the page around the graph, in both languages. Words of the graph itself come with the data.
const WORDS = {
  ko: {
    search: '찾기: 이름, 초성(ㅇㅅㅎㅅㅊ), 다른 이름', none: '찾은 것이 없습니다', legend: '무엇이 있나', things: '것', links: '관계',
    articles: '기사', all: '모두', fit: '전체 보기', zoomIn: '크게', zoomOut: '작게', theme: '밝게·어둡게', lang: 'English', close: '닫기',
    also: '다른 이름', facts: '알려진 것', relations: '관계', evidence: '근거', noEvidence: '근거 문장이 없습니다.', sure: '신뢰도',
    rule: '규칙', recovered: '손상된 글에서 복원', at: '위치', denied: '아니라고 한 것', kinds: '관계의 종류', why: '왜 이 관계가 있나',
    mentionedIn: '나온 기사', legendOpen: '범례·거르개', stage: '그래프. 화살표로 이웃을 고르고 Enter로 엽니다.', openUrl: '원문', showing: '보이는 것',
    statuses: { asserted: '', planned: '예정', negated: '부정', reported: '전해 들음', cancelled: '취소' }, body: '본문', headline: '제목',
  },
  en: {
    search: 'Find: names, initials, aliases', none: 'Nothing found', legend: 'What is here', things: 'things', links: 'links',
    articles: 'articles', all: 'All', fit: 'Show all', zoomIn: 'Closer', zoomOut: 'Farther', theme: 'Light or dark', lang: '한국어', close: 'Close',
    also: 'Also called', facts: 'Known', relations: 'Links', evidence: 'Evidence', noEvidence: 'No evidence sentence.', sure: 'confidence',
    rule: 'rule', recovered: 'recovered from damaged text', at: 'at', denied: 'Said not to be so', kinds: 'Kinds of links', why: 'Why this link is there',
    mentionedIn: 'Articles', legendOpen: 'Legend and filters', stage: 'Graph. Arrow keys choose a neighbour, Enter opens it.', openUrl: 'original',
    showing: 'showing', statuses: { asserted: '', planned: 'planned', negated: 'denied', reported: 'reported', cancelled: 'cancelled' },
    body: 'text', headline: 'title',
  },
};
const word = (key) => WORDS[state.lang][key];
const named = (entry) => entry[state.lang] || entry.ko;
