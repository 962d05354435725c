// The words of the page around the graph, in both languages. Words of the graph itself come with the data.
const WORDS = {
  ko: {
    search: '이름·초성(ㅇㅅㅎㅅㅊ)·다른 이름 찾기', none: '찾은 것이 없습니다', found: '개 찾음', legend: '무엇이 있나', kinds: '관계의 종류', filters: '거르기',
    things: '항목', links: '관계', articles: '기사', fit: '전체 맞춤', theme: '밝게·어둡게', lang: 'English', close: '닫기', menu: '범례와 거르기',
    facts: '알려진 것', relations: '관계', evidence: '근거', noEvidence: '근거 문장이 없습니다.', sure: '신뢰도', rule: '규칙', body: '본문', headline: '제목',
    recovered: '손상된 글에서 복원', denied: '아니라고 한 것', why: '왜 이 선이 있나', mentionedIn: '나온 기사', openUrl: '원문', more: '더',
    stage: '그래프. 화살표로 이웃을 고르고 Enter로 근거를 봅니다.', views: '보기', all: '모두', focus: '찾은 것', network: '관계망', timeline: '시간순', cohost: '공동 개최', article: '기사별',
    grow: '이웃 펼치기', shrink: '이웃 접기', hide: '숨기기', pin: '고정', unpin: '고정 풀기', from: '여기서 보기', pathFrom: '길 찾기', pathPick: '길의 끝을 고르세요 (Esc: 그만)', noPath: '이어지는 길이 없습니다.',
    undo: '되돌리기', redo: '다시', reset: '처음으로', tidy: '정리', save: '내보내기', png: 'PNG 그림', svg: 'SVG 그림', ttl: 'Turtle (보이는 부분)', print: '인쇄', link: '링크 복사', copied: '링크를 복사했습니다.',
    certainty: '신뢰도 하한', anyPaper: '모든 기사', period: '기간', whole: '전체 기간', undated: '날짜 없음', hiddenNow: '숨긴 것', back: '다시 보이기', statuses: { asserted: '', planned: '예정', negated: '부정', reported: '전해 들음', cancelled: '취소' },
    select: '골랐습니다', of: '가운데', empty: '조건에 맞는 것이 없습니다. 거르기를 풀어 보세요.', expand: '세부 갈래', gridHelp: '막대를 누르거나 끌어 기간을 고릅니다. 화살표 키로도 됩니다.', keys: '화살표 이웃 · Enter 근거 · E 펼치기 · C 접기 · H 숨기기 · P 고정 · F 여기서 · / 찾기 · Ctrl+Z 되돌리기',
  },
  en: {
    search: 'Find names, initials, aliases', none: 'Nothing found', found: ' found', legend: 'What is here', kinds: 'Kinds of links', filters: 'Filter',
    things: 'things', links: 'links', articles: 'articles', fit: 'Fit', theme: 'Light or dark', lang: '한국어', close: 'Close', menu: 'Legend and filters',
    facts: 'Known', relations: 'Links', evidence: 'Evidence', noEvidence: 'No evidence sentence.', sure: 'confidence', rule: 'rule', body: 'text', headline: 'title',
    recovered: 'recovered from damaged text', denied: 'Said not to be so', why: 'Why this line is there', mentionedIn: 'Articles', openUrl: 'original', more: 'more',
    stage: 'Graph. Arrow keys choose a neighbour, Enter shows the evidence.', views: 'View', all: 'All', focus: 'Focus', network: 'Network', timeline: 'Timeline', cohost: 'Co-hosts', article: 'By article',
    grow: 'Expand', shrink: 'Collapse', hide: 'Hide', pin: 'Pin', unpin: 'Unpin', from: 'Start here', pathFrom: 'Path to…', pathPick: 'Choose where the path ends (Esc: stop)', noPath: 'There is no path.',
    undo: 'Undo', redo: 'Redo', reset: 'Start over', tidy: 'Tidy', save: 'Export', png: 'PNG picture', svg: 'SVG picture', ttl: 'Turtle (visible part)', print: 'Print', link: 'Copy link', copied: 'Link copied.',
    certainty: 'Least confidence', anyPaper: 'All articles', period: 'Period', whole: 'All time', undated: 'no date', hiddenNow: 'Hidden', back: 'Show again', statuses: { asserted: '', planned: 'planned', negated: 'denied', reported: 'reported', cancelled: 'cancelled' },
    select: 'chosen', of: 'of', empty: 'Nothing matches. Loosen the filters.', expand: 'Details', gridHelp: 'Click or drag over the bars to choose a period; arrow keys work too.', keys: 'Arrows neighbours · Enter evidence · E expand · C collapse · H hide · P pin · F start here · / find · Ctrl+Z undo',
  },
};
const word = (key) => WORDS[state.lang][key];
const named = (entry) => entry[state.lang] || entry.ko;
