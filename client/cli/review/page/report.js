// The page of one report.

// What is chosen: {finding: i}, {cell: path}, {claim: i} or nothing.
let chosen = {};
// Where the focus goes when the box with details is closed.
let opener = null;

// The characters of a text by its bytes of UTF-8.
function slicer(text) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  return (begin, end) => decoder.decode(bytes.subarray(begin, end));
}

// Claims and findings' quotations that stand in a section.
function passagesOf(section, slice) {
  const passages = [];
  const add = (quotation, what) => {
    if ((quotation.section || '') !== (section.kind || '')) return;
    if (!slice(quotation.begin, quotation.end).startsWith(quotation.text)) {
      return;
    }
    passages.push({begin: quotation.begin, end: quotation.end, ...what});
  };
  data.claims.forEach((claim, i) => {
    if (claim.scope === 'OWN' && claim.readings) add(claim, {claim: i});
  });
  findings.forEach((finding, i) => {
    if (!isFailure(finding) && finding.result !== 'NOT_ASSESSABLE') return;
    for (const quoted of finding.quotations || []) add(quoted, {finding: i});
  });
  return passages;
}

// The prose of a section, with passages that can be chosen.
function drawProse(section, usable) {
  const text = section.text || '';
  const slice = slicer(text);
  const passages = usable ? passagesOf(section, slice) : [];
  const length = new TextEncoder().encode(text).length;
  const ends = new Set([0, length]);
  for (const passage of passages) ends.add(passage.begin).add(passage.end);
  const sorted = [...ends].sort((a, b) => a - b);
  const prose = el('div.prose', {dir: 'auto'});
  const begun = new Set();
  for (let i = 0; i + 1 < sorted.length; ++i) {
    const part = slice(sorted[i], sorted[i + 1]);
    const here = passages.filter(
        (passage) => passage.begin <= sorted[i] && passage.end > sorted[i]);
    if (here.length === 0) {
      prose.append(plain(part));
      continue;
    }
    const claim = here.find((passage) => passage.claim !== undefined);
    const found = here.filter((passage) => passage.finding !== undefined)
                      .map((passage) => passage.finding);
    const choose = (event) => {
      if (event.type === 'keydown') {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
      }
      opener = event.currentTarget;
      // A wrong claim is told by its finding.
      const shown = found.filter((number) => passesFilter(findings[number]));
      if (shown.length > 0) select({finding: shown[0]}, true);
      else if (claim) select({claim: claim.claim});
    };
    // One stop of the tab key for each passage.
    const first = here.some((passage) => !begun.has(passage));
    here.forEach((passage) => begun.add(passage));
    prose.append(el('span.passage', {
      role: 'button',
      tabindex: first ? 0 : -1,
      'data-claim': claim && claim.claim,
      'data-findings': found.join(' ') || undefined,
      onclick: choose,
      onkeydown: choose,
    }, part));
  }
  return prose;
}

// Sections in the order of the report, each with its table; then the tables
// whose sections it does not have.
function drawReport() {
  const tables = new Map(
      (data.form ? data.form.tables : []).map((table) => [table.key, table]));
  const out = el('div.report');
  const kinds = new Set();
  for (const section of data.sections || []) {
    const kind = section.kind || '';
    // Offsets are of the first section of a kind.
    const usable = !kinds.has(kind) && (kind !== '' || !section.heading);
    kinds.add(kind);
    const part = el('section', {'data-kind': kind});
    if (section.heading) part.append(el('h2', {dir: 'auto'}, section.heading));
    if (section.text) part.append(drawProse(section, usable));
    if (tables.has(kind)) {
      part.append(drawTable(tables.get(kind), (path) => chooseCell(path)));
      tables.delete(kind);
    }
    out.append(part);
  }
  for (const table of tables.values()) {
    out.append(el('section', {}, el('h2', {}, field(table, 'title')),
                  el('p.quiet', {}, say('报告中没有找到这一部分。',
                                        'The report has no such section.')),
                  drawTable(table, (path) => chooseCell(path))));
  }
  return out;
}

function chooseCell(path) {
  opener = document.querySelector(`td[data-path="${CSS.escape(path)}"]`);
  select({cell: path});
  if (opener) {
    opener.focus({preventScroll: true});
    opener.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }
}

// The colours of the cells, by what is not filtered out.
function colourCells() {
  for (const cell of document.querySelectorAll('td[data-path]')) {
    const path = cell.dataset.path;
    const shown = (findingsOfCell.get(path) || []).filter(
        (i) => passesFilter(findings[i]));
    const gravest = kSeverities.find(
        (severity) => shown.some((i) => severityOf(findings[i]) === severity));
    if (gravest) cell.dataset.found = gravest;
    else delete cell.dataset.found;
    const few = shown.some((i) => findings[i].cells.length <= 2);
    cell.classList.toggle(
        'suspect', Boolean(gravest) && (suspects.has(path) || few));
    const known = cells[path] || {state: 'MISSING'};
    const value = known.state === 'VALUE' ?
        known.value : `${shownValue(known)} (${stateWord(known.state)})`;
    cell.setAttribute('aria-label', [
      cellLabel(path),
      value,
      gravest ? `${severityWord(gravest)}: ` +
          say(`${shown.length} 项`, `${shown.length}`) : '',
    ].filter(Boolean).join(say('，', ', ')));
  }
}

// Shows what passes the filters, and says how much.
function applyFilters() {
  let shown = 0;
  document.querySelectorAll('.problem').forEach((element, i) => {
    const problem = problems[i];
    const visible = !filter.hidden.has(problem.severity) &&
        (!filter.rule || problem.findings.some(
            (number) => findings[number].rule === filter.rule));
    element.hidden = !visible;
    if (visible) ++shown;
  });
  document.querySelector('.count').textContent = problems.length === 0 ? '' : say(
      `显示 ${shown} 项，共 ${problems.length} 项`,
      `${shown} of ${problems.length} shown`);
  const i = chosen.finding;
  if (i !== undefined && !passesFilter(findings[i])) select({});
  colourCells();
}

// The cells that a choice is about.
function chosenCells() {
  if (chosen.cell) return [chosen.cell];
  if (chosen.finding !== undefined) return findings[chosen.finding].cells || [];
  if (chosen.claim !== undefined) {
    return (data.claims[chosen.claim].readings || []).flatMap(cellsOfReading);
  }
  return [];
}

function isChosenPassage(element) {
  if (chosen.claim !== undefined) {
    return element.dataset.claim === String(chosen.claim);
  }
  return chosen.finding !== undefined &&
      (element.dataset.findings || '').split(' ').includes(
          String(chosen.finding));
}

// Chooses a finding, a cell or a claim; {} for none. With `reveal` the finding
// is brought into sight in the list, too.
function select(what, reveal) {
  chosen = what;
  const marked = new Set(chosenCells());
  let target = null;
  for (const cell of document.querySelectorAll('td[data-path]')) {
    const is = marked.has(cell.dataset.path);
    cell.classList.toggle('marked', is);
    if (is && (!target || suspects.has(cell.dataset.path))) target = cell;
  }
  for (const passage of document.querySelectorAll('.passage')) {
    const is = isChosenPassage(passage);
    passage.classList.toggle('marked', is);
    if (is && !target) target = passage;
  }
  for (const element of document.querySelectorAll('.finding')) {
    const is = element.dataset.finding === String(chosen.finding);
    element.classList.toggle('chosen', is);
    element.firstChild.setAttribute('aria-expanded', String(is));
    element.lastChild.hidden = !is;
    if (is && reveal) element.scrollIntoView({block: 'nearest'});
  }
  drawBox();
  if (chosen.finding !== undefined) {
    const section = findings[chosen.finding].section;
    target = target || (section && document.querySelector(
        `section[data-kind="${CSS.escape(section)}"] h2`));
    announce(say(`已标出 ${marked.size} 个单元格`,
                 `${marked.size} cells are marked`));
    if (target && !reveal) {
      target.scrollIntoView({block: 'center', inline: 'nearest'});
    }
  }
}

function announce(text) {
  document.querySelector('.announcement').textContent = text;
}

// What is known of the chosen cell or claim.
function drawBox() {
  const box = document.querySelector('.box');
  box.replaceChildren();
  box.hidden = !chosen.cell && chosen.claim === undefined;
  if (box.hidden) return;
  const title = chosen.cell ? cellLabel(chosen.cell) :
                              data.claims[chosen.claim].text;
  box.append(
      el('button.close', {
        type: 'button',
        'aria-label': say('关闭', 'Close'),
        onclick: close,
      }, '×'),
      el('h3', {}, title),
      chosen.cell ? cellFacts(chosen.cell) : claimFacts(chosen.claim));
}

function findingLinks(numbers) {
  return numbers.length > 0 && el('ul', {}, numbers.map(
      (i) => el('li', {}, el('button.cell-link', {
        type: 'button',
        onclick: () => select({finding: i}, true),
      }, `${severityWord(severityOf(findings[i]))}${say('：', ': ')}` +
          (field(findings[i], 'title') || findings[i].rule)))));
}

function cellFacts(path) {
  const cell = cells[path] || {state: 'MISSING'};
  const counting = data.claims.filter(
      (claim) => claim.scope === 'OWN' &&
          (claim.readings || []).some(
              (reading) => cellsOfReading(reading).includes(path)));
  return facts([
    [say('数值', 'Value'), cell.value && cell.value + (cell.unit || '')],
    [say('状态', 'State'), stateWord(cell.state)],
    [say('原文', 'As printed'), cell.raw && el('q', {}, cell.raw)],
    [say('可能的数', 'Candidates'),
     cell.candidates && cell.candidates.join(say('、', ', '))],
    [say('位置', 'Place'), cell.place && placeText(cell.place)],
    [say('名称', 'Path'), el('code', {}, path)],
    [say('问题', 'Findings'), findingLinks(findingsOfCell.get(path) || [])],
    [say('文字提到', 'Told in the text'), counting.length > 0 && el('ul', {},
        counting.map((claim) => el('li', {}, el('button.cell-link', {
          type: 'button',
          onclick: () => select({claim: data.claims.indexOf(claim)}),
        }, claim.text))))],
  ]);
}

function claimFacts(number) {
  const claim = data.claims[number];
  return facts([
    [say('文中为', 'The text says'), claim.value + (claim.unit || '')],
    [say('表中为', 'The tables count'), el('ul', {},
        claim.readings.map((reading) => el('li', {},
            drawFormula(reading, chooseCell))))],
    [say('位置', 'Place'), claim.place && placeText(claim.place)],
  ]);
}

// Forgets the choice and gives the focus back.
function close() {
  const back = opener;
  opener = null;
  select({});
  if (back && back.isConnected) back.focus();
}

function drawFindings() {
  const onFinding = (i) => {
    opener = document.querySelector(`.finding[data-finding="${i}"] button`);
    select(chosen.finding === i ? {} : {finding: i});
  };
  return el('aside', {'aria-label': say('核对结果', 'Findings')},
            el('h2', {}, say('核对结果', 'Findings')),
            el('p.summary', {}, field(data, 'summary')),
            problems.length > 0 && drawFilters(applyFilters),
            el('p.count.quiet', {role: 'status'}),
            el('ol.problems', {}, problems.map(
                (problem) => drawProblem(problem, onFinding, chooseCell))),
            data.diagnostics && data.diagnostics.length > 0 &&
                el('details.notes', {},
                   el('summary', {}, say('读取时的说明', 'Notes on the reading')),
                   el('ul', {}, data.diagnostics.map(
                       (note) => el('li', {}, field(note, 'message'))))));
}

// What the colours of the cells mean, of those that there are.
function drawLegend() {
  const states = new Set(Object.values(cells).map((cell) => cell.state));
  const severities = new Set(
      [...findingsOfCell.values()].flat().map((i) => severityOf(findings[i])));
  const swatch = (attributes, text) =>
      el('li', {}, el('span.swatch', attributes), text);
  return el('ul.legend', {'aria-label': say('图例', 'Legend')},
            kSeverities.filter((severity) => severities.has(severity)).map(
                (severity) => swatch({'data-found': severity},
                                     severityWord(severity))),
            suspects.size > 0 && el('li', {},
                el('span.swatch.suspect', {'data-found': 'ERROR'}),
                say('很可能是这一格错', 'likely to be the wrong one')),
            ['BLANK', 'NOT_APPLICABLE', 'INVALID', 'AMBIGUOUS', 'MISSING',
             'DERIVED'].filter((state) => states.has(state)).map(
                (state) => swatch({'data-state': state}, stateWord(state))));
}

function render() {
  const kept = chosen;
  const body = data.body || data.title || data.document;
  const year = data.year ? say(`${data.year}年度`, `${data.year}`) : '';
  clearPage([body, year].filter(Boolean).join(' '));
  const about = [
    data.document,
    data.form && field(data.form, 'name'),
    data.published && say('公布日期 ', 'published ') +
        data.published.join('-'),
  ].filter(Boolean);
  const problem = data.outcome !== 'OK' &&
      el('p.outcome', {role: 'note'}, field(data, 'reason'));
  document.body.prepend(
      el('header', {},
         el('nav', {}, el('a', {href: '../index.html#' + language},
                          say('← 总表', '← All reports')),
            languageSwitch(render)),
         el('h1', {}, el('bdi', {}, body), ' ', el('span.year', {}, year)),
         el('p.quiet', {}, about.map(
             (part, i) => [i > 0 ? ' · ' : '', el('bdi', {}, part)]).flat()),
         problem),
      el('main', {}, data.sections &&
          [el('div', {}, drawLegend(), drawReport()),
           el('div.side', {}, drawFindings(), el('div.box', {
             role: 'region',
             'aria-label': say('单元格', 'Cell'),
             'aria-live': 'polite',
             hidden: true,
           }))]),
      el('p.announcement', {role: 'status'}));
  if (!data.sections) return;
  applyFilters();
  select(kept, true);
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && Object.keys(chosen).length > 0) close();
});

render();
