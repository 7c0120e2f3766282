// The index of a review.

// The fields of a row, as index_data.cc writes them.
const kField = {
  number: 0, page: 1, document: 2, body: 3, year: 4, outcome: 5, errors: 6,
  warnings: 7, infos: 8, notAssessable: 9, received: 10, granted: 11,
  processed: 12, carriedOut: 13,
  // Numbers of rules, each followed by its gravest severity.
  failing: 14,
  // Of documents that were not read, or only in part.
  reason: 15, reasonEn: 16,
};
const kRowHeight = 30;
// Rows drawn above and below what is in sight.
const kMargin = 10;
// Lines of the list of failures before its button.
const kFailuresShown = 100;

const rows = data.rows;
const kRead = new Set(['OK', 'PARTIAL']);
const isRead = (row) => kRead.has(row[kField.outcome]);

// Rules by their gravest severity, then by how many reports they fail in.
const failures = data.rules.map(() => 0);
const gravest = data.rules.map(() => kSeverities.length);
for (const row of rows) {
  const failing = row[kField.failing];
  for (let i = 0; i < failing.length; i += 2) {
    ++failures[failing[i]];
    gravest[failing[i]] = Math.min(gravest[failing[i]], failing[i + 1]);
  }
}
const rulesInOrder = data.rules.map((_, i) => i).sort(
    (a, b) => gravest[a] - gravest[b] || failures[b] - failures[a] || a - b);

function ruleTitle(number) {
  const [id, title, titleEn] = data.rules[number];
  return say(title, titleEn) || id;
}

const kColumns = [
  {field: 'number', zh: '序号', en: 'No.', width: '64px', number: true},
  {field: 'body', zh: '机关', en: 'Body', width: '26%'},
  {field: 'year', zh: '年度', en: 'Year', width: '68px', number: true},
  {field: 'errors', zh: '错误', en: 'Errors', width: '78px', number: true, severity: 'ERROR'},
  {field: 'warnings', zh: '提醒', en: 'Warnings', width: '96px', number: true, severity: 'WARNING'},
  {field: 'infos', zh: '提示', en: 'Notes', width: '78px', number: true, severity: 'INFO'},
  {field: 'notAssessable', zh: '未核验', en: 'Unassessed', width: '108px', number: true, wide: true},
  {field: 'received', zh: '新收', en: 'Received', width: '92px', number: true, wide: true},
  {field: 'processed', zh: '办结', en: 'Processed', width: '98px', number: true, wide: true},
  {field: 'document', zh: '文件', en: 'Document', wide: true},
];

const view = {sort: 'number', descending: false, search: '', show: 'all', rule: ''};
let visible = rows;

const collator = new Intl.Collator('zh-CN', {numeric: true});

function compareText(a, b) {
  return collator.compare(a, b);
}

function updateVisible() {
  const needle = view.search.trim().toLowerCase();
  const rule = view.rule === '' ? null : Number(view.rule);
  visible = rows.filter((row) => {
    if (view.show === 'errors' && row[kField.errors] === 0) return false;
    if (view.show === 'unread' && isRead(row)) return false;
    if (view.show === 'clean' && !(isRead(row) && row[kField.errors] === 0)) {
      return false;
    }
    if (rule !== null &&
        !row[kField.failing].some((each, i) => i % 2 === 0 && each === rule)) {
      return false;
    }
    return !needle || row[kField.body].toLowerCase().includes(needle) ||
        row[kField.document].toLowerCase().includes(needle);
  });
  const at = kField[view.sort];
  const sign = view.descending ? -1 : 1;
  const texts = view.sort === 'body' || view.sort === 'document';
  visible.sort((a, b) => {
    // What is not known comes last.
    const [x, y] = [a[at], b[at]];
    const none = (value) => value === null || value === '';
    if (none(x) || none(y)) return none(x) - none(y) || a[0] - b[0];
    const order = texts ? compareText(x, y) : x - y;
    return sign * order || a[0] - b[0];
  });
}

function drawRow(row, position) {
  return el('tr', {'aria-rowindex': position + 2}, kColumns.map((column) => {
    const value = row[kField[column.field]];
    if (column.field === 'body') {
      return el('td', {}, el('a', {href: `${row[kField.page]}#${language}`},
                             el('bdi', {}, value || say('（没有读出机关）', '(no body read)'))));
    }
    if (column.field === 'document') {
      return el('td.document.wide', {title: value}, el('bdi', {}, value));
    }
    const unread = column.number && column.field !== 'number' && !isRead(row);
    const none = value === null || value === 0 || unread;
    const cell = el('td.number', {
      'data-severity': none ? null : column.severity,
    }, unread || value === null ? '–' :
        column.field === 'year' && value === 0 ? '–' : String(value));
    if (none) cell.classList.add('none');
    if (column.wide) cell.classList.add('wide');
    return cell;
  }));
}

// The list; of its rows only those in sight are there.
function drawList() {
  const above = el('tr.space', {'aria-hidden': 'true'}, el('td', {colspan: kColumns.length}));
  const below = el('tr.space', {'aria-hidden': 'true'}, el('td', {colspan: kColumns.length}));
  const body = el('tbody');
  const heads = kColumns.map((column) => el('th', {
    scope: 'col',
    class: [column.number && 'number', column.wide && 'wide'].filter(Boolean).join(' '),
    'data-sort': column.field,
  }, el('button', {
    type: 'button',
    onclick: () => {
      // Numbers of findings are asked for by the most.
      view.descending = view.sort === column.field ?
          !view.descending : Boolean(column.number) && column.field !== 'number';
      view.sort = column.field;
      update();
    },
  }, say(column.zh, column.en))));
  heads.forEach((head, i) => {
    if (kColumns[i].width) head.style.width = kColumns[i].width;
  });
  const table = el('table.list', {}, el('thead', {}, el('tr', {}, heads)), body);
  const frame = el('div.rows', {tabindex: 0, role: 'region', 'aria-label': say('报告列表', 'List of reports')}, table);
  const count = el('span.quiet.count', {role: 'status'});

  let drawn = [-1, -1];
  const draw = (all) => {
    const height = all ? visible.length * kRowHeight : frame.clientHeight;
    const first = all ? 0 : Math.max(0, Math.floor(frame.scrollTop / kRowHeight) - kMargin);
    const last = Math.min(visible.length, first + Math.ceil(height / kRowHeight) + 2 * kMargin);
    if (first === drawn[0] && last === drawn[1]) return;
    drawn = [first, last];
    above.firstChild.style.height = `${first * kRowHeight}px`;
    below.firstChild.style.height = `${(visible.length - last) * kRowHeight}px`;
    const focused = body.contains(document.activeElement) ?
        document.activeElement.getAttribute('href') : null;
    body.replaceChildren(
        above, ...visible.slice(first, last).map((row, i) => drawRow(row, first + i)), below);
    if (focused) {
      const link = [...body.querySelectorAll('a')].find(
          (each) => each.getAttribute('href') === focused);
      if (link) link.focus({preventScroll: true});
    }
  };
  const update = () => {
    updateVisible();
    heads.forEach((head, i) => {
      const sorted = kColumns[i].field === view.sort;
      if (sorted) head.setAttribute('aria-sort', view.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    table.setAttribute('aria-rowcount', visible.length + 1);
    frame.classList.toggle('few', visible.length <= 15);
    frame.scrollTop = 0;
    drawn = [-1, -1];
    draw();
    count.textContent = say(`显示 ${visible.length} 份，共 ${rows.length} 份`,
                            `${visible.length} of ${rows.length} shown`);
  };
  frame.addEventListener('scroll', () => draw(), {passive: true});
  new ResizeObserver(() => draw()).observe(frame);
  window.onbeforeprint = () => draw(true);
  window.onafterprint = () => draw();

  const search = el('input', {
    type: 'search',
    value: view.search,
    placeholder: say('查找机关或文件', 'Find a body or document'),
    'aria-label': say('查找机关或文件', 'Find a body or document'),
    oninput: () => {
      view.search = search.value;
      update();
    },
  });
  const choice = (key, label, options) => el('select', {
    'aria-label': label,
    'data-choice': key,
    onchange: (event) => {
      view[key] = event.target.value;
      update();
    },
  }, options.map(([value, text]) => el('option', {
    value,
    selected: view[key] === value,
  }, text)));
  const section = el('section', {},
      el('h2', {}, say('报告', 'Reports')),
      el('div.tools', {}, search,
         choice('show', say('显示哪些', 'Which reports'), [
           ['all', say('全部报告', 'All reports')],
           ['errors', say('有错误', 'With errors')],
           ['clean', say('未发现错误', 'Without errors')],
           ['unread', say('未能处理', 'Not processed')],
         ]),
         choice('rule', say('规则', 'Rule'), [
           ['', say('全部规则', 'All rules')],
           ...rulesInOrder.map((rule) => [String(rule), `${ruleTitle(rule)} (${failures[rule]})`]),
         ]), count), frame);
  return {section, update};
}

function drawTotals() {
  const sum = (name) => rows.reduce((total, row) => total + row[kField[name]], 0);
  const bodies = new Set(rows.map((row) => row[kField.body]).filter(Boolean));
  const unread = rows.filter((row) => !isRead(row)).length;
  const wrong = rows.filter((row) => row[kField.errors] > 0).length;
  const fact = (number, text) => el('li', {}, el('strong', {}, String(number)), text);
  return el('ul.totals', {},
            fact(rows.length, say('份报告', 'reports')),
            fact(bodies.size, say('个机关', 'bodies')),
            fact(rows.length - unread - wrong, say('份未发现错误', 'without errors')),
            fact(wrong, say(`份有错误（共 ${sum('errors')} 处）`,
                            `with errors (${sum('errors')} in all)`)),
            fact(sum('warnings'), say('处提醒', 'warnings')),
            fact(unread, say('份未能处理', 'not processed')));
}

function drawRules() {
  if (rulesInOrder.length === 0) return '';
  const scale = el('ul.scale', {}, [1, 2, 3].map((severity) => {
    const swatch = el('span');
    swatch.style.background = kHeatColours[severity];
    return el('li', {}, swatch, severityWord(kSeverities[severity - 1]));
  }));
  return el('section', {},
      el('h2', {}, say('机关与规则', 'Bodies and rules')),
      el('div.heat-section', {}, scale, drawHeatMap(rows, rulesInOrder)),
      el('details', {open: rulesInOrder.length <= 20},
         el('summary', {}, say('各规则的份数', 'Reports by rule')),
         el('table.plain.rules', {},
            el('thead', {}, el('tr', {}, el('th.number', {scope: 'col'}, '#'),
                el('th', {scope: 'col'}, say('规则', 'Rule')),
                el('th', {scope: 'col'}, say('编号', 'Id')),
                el('th', {scope: 'col'}, say('级别', 'Severity')),
                el('th.number', {scope: 'col'}, say('份数', 'Reports')))),
            el('tbody', {}, rulesInOrder.map((rule, i) => el('tr', {},
                el('td.number', {}, String(i + 1)),
                el('td', {}, ruleTitle(rule)),
                el('td', {}, el('code', {}, data.rules[rule][0])),
                el('td', {}, severityWord(kSeverities[gravest[rule] - 1])),
                el('td.number', {}, String(failures[rule]))))))));
}

function drawFigures() {
  const values = (name) => rows.map((row) => row[kField[name]]);
  return el('section', {},
      el('h2', {}, say('主要数字的分布', 'Main figures')),
      el('div.figures', {},
         drawDistribution(say('本年新收申请', 'Received'), values('received')),
         drawDistribution(say('予以公开', 'Granted'), values('granted')),
         drawDistribution(say('办结', 'Processed'), values('processed')),
         drawDistribution(say('结转下年度', 'Carried over'), values('carriedOut'))));
}

function drawFailures() {
  const failed = rows.filter((row) => row[kField.reason] !== undefined);
  if (failed.length === 0) return '';
  const body = el('tbody');
  const add = (list) => body.append(...list.map((row) => el('tr', {},
      el('td', {}, el('a', {href: `${row[kField.page]}#${language}`},
                      el('bdi', {}, row[kField.document]))),
      el('td', {}, say(row[kField.reason], row[kField.reasonEn])))));
  // Those that have no result at all first.
  failed.sort((a, b) => isRead(a) - isRead(b) || a[0] - b[0]);
  add(failed.slice(0, kFailuresShown));
  const more = failed.length > kFailuresShown && el('button.more', {
    type: 'button',
    onclick: (event) => {
      event.target.remove();
      add(failed.slice(kFailuresShown));
    },
  }, say(`显示全部 ${failed.length} 份`, `Show all ${failed.length}`));
  return el('section.failures', {},
      el('h2', {}, say('未能处理，或只读出一部分', 'Not processed, or only in part')),
      el('table.plain', {}, el('thead', {}, el('tr', {},
          el('th', {scope: 'col'}, say('文件', 'Document')),
          el('th', {scope: 'col'}, say('原因', 'Reason')))), body), more);
}

function render() {
  clearPage(say('政府信息公开工作年度报告核对', 'Review of annual reports'));
  const list = drawList();
  document.body.prepend(
      el('header', {},
         el('nav', {}, el('span.quiet', {}, say('公开', 'Gongkai')), languageSwitch(render)),
         el('h1', {}, say('政府信息公开工作年度报告核对结果',
                          'Annual reports on open government information: findings')),
         drawTotals()),
      el('main', {}, list.section, drawRules(), drawFigures(), drawFailures()));
  list.update();
}

render();
