// The list of what was found, and the filters above it.

const findings = data.findings || [];
// Cells that the list has of a finding without a formula.
const kCellsListed = 12;

function isFailure(finding) {
  return finding.result === 'FAIL';
}

// What it is filtered and coloured by.
function severityOf(finding) {
  return isFailure(finding) ? finding.severity : 'NOT_ASSESSABLE';
}

// What is told as one: the failures that have one cause; each finding that
// could not be assessed.
function problemsShown() {
  const shown = (data.problems || []).map((problem) => ({
    severity: problem.severity,
    message: () => field(problem, 'message'),
    findings: problem.findings.filter((i) => findings[i]),
    repairs: problem.repairs || [],
  }));
  const told = new Set(shown.flatMap((problem) => problem.findings));
  findings.forEach((finding, i) => {
    const failure = isFailure(finding);
    if (told.has(i) || !(failure || finding.result === 'NOT_ASSESSABLE')) return;
    shown.push({
      severity: severityOf(finding),
      message: () => field(finding, 'message'),
      findings: [i],
      repairs: finding.repair ? [finding.repair] : [],
    });
  });
  return shown;
}

const problems = problemsShown();

// Cells that are likely to be wrong themselves, not only in a sum that is.
const suspects = new Set(
    problems.flatMap((problem) => problem.repairs.slice(0, 1))
        .flat().map((change) => change.cell));

// By path: the findings in which the cell takes part.
const findingsOfCell = new Map();
findings.forEach((finding, i) => {
  if (!isFailure(finding) && finding.result !== 'NOT_ASSESSABLE') return;
  for (const path of finding.cells || []) {
    if (!findingsOfCell.has(path)) findingsOfCell.set(path, []);
    const list = findingsOfCell.get(path);
    if (!list.includes(i)) list.push(i);
  }
});

// What is filtered out: severities, and all rules but one.
const filter = {hidden: new Set(), rule: ''};

function passesFilter(finding) {
  return !filter.hidden.has(severityOf(finding)) &&
      (!filter.rule || finding.rule === filter.rule);
}

// A link to a cell of the form.
function cellLink(path, text, onCell) {
  return el('button.cell-link', {
    type: 'button',
    'data-cell': path,
    title: cellLabel(path),
    onclick: (event) => {
      event.stopPropagation();
      onCell(path);
    },
  }, text || cellLabel(path));
}

// What tells the cells of one formula apart: the row, the column or both.
function shortLabels(paths) {
  const known = paths.map((path) => kLabels.get(path)).filter(Boolean);
  const one = (name) => new Set(known.map((label) => label[name].key)).size < 2;
  const oneRow = one('row');
  const oneColumn = one('column');
  return (path) => {
    const label = kLabels.get(path);
    if (!label || (oneRow && oneColumn)) return cellLabel(path);
    if (oneColumn) return field(label.row, 'label');
    if (oneRow) return field(label.column, 'label');
    return cellLabel(path);
  };
}

const kPath = /[a-z_]+(?:\.[a-z_]+)+/g;

// The formula with the cells' names and values in place of their paths.
function drawFormula(formula, onCell) {
  const short = shortLabels(formula.match(kPath) || []);
  const out = el('span.formula');
  let end = 0;
  for (const match of formula.matchAll(kPath)) {
    const path = match[0].replace(/^previous\./, '');
    const cell = cells[path];
    if (!cell) continue;
    out.append(plain(formula.slice(end, match.index)));
    end = match.index + match[0].length;
    if (path !== match[0]) {
      out.append(plain(say('上年报告的', "last year's ") + cellLabel(path)));
      continue;
    }
    out.append(
        cellLink(path, short(path), onCell),
        el('span.value', {'data-zero': shownValue(cell) === '0'},
           ' ' + (shownValue(cell) || stateWord(cell.state))));
  }
  out.append(plain(formula.slice(end)));
  return out;
}

// The cells of a finding; all of them are marked in the form.
function drawCells(paths, onCell) {
  return el('span', {},
            paths.slice(0, kCellsListed).map(
                (path) => [cellLink(path, '', onCell), ' ']),
            paths.length > kCellsListed && say(
                `等，表中已标出 ${paths.length} 个`,
                `and others; ${paths.length} are marked`));
}

function drawRepair(changes, onCell) {
  return el('span.repair', {}, changes.map((change, i) => [
    i > 0 ? say('；', '; ') : '',
    cellLink(change.cell, '', onCell),
    el('span', {}, ` ${change.printed} → `),
    el('strong', {}, String(change.proposed)),
  ]).flat());
}

// Both sides and how they stand to each other: "19 ≠ 20", or "5 > 3" where the
// rule does not ask for equality.
function sidesText(finding) {
  const [left, right] = [Number(finding.left), Number(finding.right)];
  let relation = ',';
  if (finding.left && finding.right) {
    if (left === right) relation = '=';
    else if (/ = /.test(finding.formula || ' = ')) relation = '≠';
    else relation = left < right ? '<' : '>';
  }
  return `${finding.left || '?'} ${relation} ${finding.right || '?'}`;
}

function placeText(place) {
  const parts = [];
  const add = (name, zh, en) => {
    if (place[name]) parts.push(say(zh, en).replace('#', place[name]));
  };
  add('page', '第 # 页', 'page #');
  add('table', '第 # 个表', 'table #');
  add('row', '第 # 行', 'row #');
  add('column', '第 # 格', 'cell #');
  add('paragraph', '第 # 段', 'paragraph #');
  add('box', '页面位置（磅）#', 'box (points) #');
  if (place.end) {
    const range = `${place.start || 0}–${place.end}`;
    parts.push(say(`第 ${range} 字节`, `bytes ${range}`));
  }
  return parts.join(say('，', ', '));
}

// Pairs of a name and what is to be said: those that there are.
function facts(pairs) {
  return el('dl.facts', {}, pairs.filter(([, what]) => what).map(
      ([name, what]) => [el('dt', {}, name), el('dd', {}, what)]).flat());
}

// What a finding quotes, with a way to where it stands.
function drawQuotation(finding, quoted) {
  const text = el('q', {}, quoted.text);
  if (!data.sections) return text;
  return el('button.cell-link', {
    type: 'button',
    onclick: () => {
      const passage = document.querySelector(
          `.passage[data-findings~="${findings.indexOf(finding)}"]`);
      if (!passage) return;
      passage.scrollIntoView({block: 'center'});
      passage.focus({preventScroll: true});
    },
  }, text);
}

function drawDetails(finding, problem, onCell) {
  const repair = finding.repair || problem.repairs[0];
  const message = field(finding, 'message');
  return facts([
    [say('说明', 'Message'), message === problem.message() ? '' : message],
    [say('公式', 'Formula'),
     finding.formula && drawFormula(finding.formula, onCell)],
    [say('两边', 'Both sides'), (finding.left || finding.right) &&
        el('span.sides', {}, sidesText(finding))],
    [say('差额', 'Difference'), finding.difference],
    [say('最小更正', 'Smallest repair'), repair && drawRepair(repair, onCell)],
    [say('单元格', 'Cells'), !finding.formula && finding.cells &&
        drawCells(finding.cells, onCell)],
    [say('上年单元格', "Last year's cells"), finding.previous &&
        finding.previous.map(cellLabel).join(say('、', ', '))],
    [say('原文', 'Text'), finding.quotations &&
        el('span', {}, finding.quotations.map(
            (quoted) => drawQuotation(finding, quoted)))],
    [say('注意', 'Note'), finding.assumed_zero &&
        say('空白和“/”按 0 计算', 'blank cells and "/" were taken for 0')],
    [say('依据', 'Legal basis'), finding.basis],
    [say('规则', 'Rule'), el('span', {},
        finding.title ? field(finding, 'title') + ' ' : '',
        el('code', {}, finding.rule))],
    [say('位置', 'Place'), finding.place && !finding.cells &&
        placeText(finding.place)],
  ]);
}

// One problem. `onFinding` is called with the number of a finding when it is
// chosen.
function drawProblem(problem, onFinding, onCell) {
  const single = problem.findings.length === 1;
  const list = problem.findings.map((i) => {
    const finding = findings[i];
    const id = `details-${i}`;
    const sides = finding.left && finding.right ?
        ' ' + sidesText(finding) : '';
    return el('div.finding', {'data-finding': i}, el('button', {
      type: 'button',
      'aria-expanded': 'false',
      'aria-controls': id,
      onclick: () => onFinding(i),
    }, single ? el('span.badge', {}, severityWord(problem.severity)) : '',
        el('span', {}, single ? problem.message() :
                                field(finding, 'title') || finding.rule),
        single ? '' : el('span.sides', {}, sides)),
        el('div.details', {id, hidden: true},
           drawDetails(finding, problem, onCell)));
  });
  return el('li.problem', {'data-severity': problem.severity},
            single ? '' : el('p.message', {},
                el('span.badge', {}, severityWord(problem.severity)),
                problem.message()), list);
}

function drawFilters(onChange) {
  const counts = new Map();
  for (const problem of problems) {
    counts.set(problem.severity, (counts.get(problem.severity) || 0) + 1);
  }
  const boxes = kSeverities.filter((severity) => counts.has(severity)).map(
      (severity) => el('label', {}, el('input', {
        type: 'checkbox',
        value: severity,
        checked: !filter.hidden.has(severity),
        onchange: (event) => {
          if (event.target.checked) filter.hidden.delete(severity);
          else filter.hidden.add(severity);
          onChange();
        },
      }), ` ${severityWord(severity)} ${counts.get(severity)}`));
  const titles = new Map();
  for (const problem of problems) {
    for (const i of problem.findings) {
      titles.set(findings[i].rule, field(findings[i], 'title'));
    }
  }
  const rules = el('select', {
    'aria-label': say('规则', 'Rule'),
    onchange: (event) => {
      filter.rule = event.target.value;
      onChange();
    },
  }, el('option', {value: ''}, say('全部规则', 'All rules')),
      [...titles].sort().map(([rule, title]) => el('option', {
        value: rule,
        selected: rule === filter.rule,
      }, title ? `${title} (${rule})` : rule)));
  return el('fieldset.filters', {},
            el('legend', {}, say('显示', 'Show')), boxes, rules);
}
