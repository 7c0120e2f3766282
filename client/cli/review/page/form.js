// The statutory tables, drawn as the form prints them, and what is known of
// their cells.

const cells = data.cells || {};
// What goes without saying is left out of the data.
for (const cell of Object.values(cells)) {
  if (cell.state) continue;
  cell.state = 'VALUE';
  if (cell.raw === undefined) cell.raw = cell.value;
}

// By path: labels of row and column, as of the layout.
const kLabels = new Map();
for (const table of data.form ? data.form.tables : []) {
  for (const block of table.blocks) {
    for (const row of block.rows) {
      for (const column of block.columns) {
        kLabels.set(`${table.key}.${row.key}.${column.key}`, {row, column});
      }
    }
  }
}

function cellLabel(path) {
  const label = kLabels.get(path);
  if (!label) return path;
  return field(label.row, 'label') + say('／', ' / ') +
      field(label.column, 'label');
}

function stateWord(state) {
  return {
    VALUE: say('读出的数值', 'read'),
    BLANK: say('空白', 'blank'),
    NOT_APPLICABLE: say('填写为“无”或“/”', 'marked as not applicable'),
    INVALID: say('不是应填的数', 'not a number of the right kind'),
    AMBIGUOUS: say('无法确定是哪一个数', 'which number it holds cannot be told'),
    MISSING: say('文件中没有', 'not in the document'),
    DERIVED: say('由勾稽关系推得', 'derived from the sums of the form'),
  }[state] || state;
}

// What stands in the cell on the page.
function shownValue(cell) {
  switch (cell.state) {
    case 'VALUE':
    case 'DERIVED':
      return cell.value;
    case 'AMBIGUOUS':
      return '?';
    case 'MISSING':
      return say('缺', 'none');
    default:
      return cell.raw || '';
  }
}

// The heads of a line of columns (or rows): for each of them its groups and its
// label, neighbours with the same groups joined. Returns `depth` lists of
// {text, first, count, levels}.
function mergedHeads(items, depth) {
  const lines = Array.from({length: depth}, () => []);
  let open = [];
  items.forEach((item, position) => {
    const groups = field(item, 'groups') || [];
    const next = [];
    groups.forEach((text, level) => {
      const same = open[level] && open[level].text === text &&
          (level === 0 || next[level - 1] === open[level - 1]);
      if (same) {
        ++open[level].count;
        next.push(open[level]);
      } else {
        const head = {text, first: position, count: 1, levels: 1};
        lines[level].push(head);
        next.push(head);
      }
    });
    open = next;
    lines[groups.length].push({
      text: field(item, 'label'),
      first: position,
      count: 1,
      levels: depth - groups.length,
      label: true,
    });
  });
  return lines;
}

function depthOf(items) {
  return 1 + Math.max(0, ...items.map((item) => (item.groups || []).length));
}

function span(attribute, count) {
  return count > 1 ? {[attribute]: count} : {};
}

function columnHead(head, columnSpan) {
  return el('th', {
    scope: head.label ? 'col' : 'colgroup',
    ...span('colspan', columnSpan),
    ...span('rowspan', head.levels),
  }, head.text);
}

// How many columns of a table of `width` each of a block's columns takes.
function widths(count, width) {
  const each = Math.floor(width / count);
  return Array.from(
      {length: count},
      (_, i) => i + 1 < count ? each : width - each * (count - 1));
}

// Value cells: `onCell` is called with the path when one is chosen.
function valueCell(path, columnSpan, onCell) {
  const cell = cells[path] || {state: 'MISSING'};
  return el('td', {
    tabindex: -1,
    'data-path': path,
    'data-state': cell.state,
    ...span('colspan', columnSpan),
    onclick: () => onCell(path),
    onkeydown: (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      onCell(path);
    },
  }, shownValue(cell));
}

function drawBlock(table, block, rowDepth, width, onCell, body, grid) {
  if (block.title) {
    body.append(el('tr', {}, el('th.block', {
      colspan: rowDepth + width,
      scope: 'rowgroup',
    }, field(block, 'title'))));
  }
  const rows = block.rows.filter(
      (row) => !row.beside_form ||
          block.columns.some(
              (column) => cells[`${table.key}.${row.key}.${column.key}`]));
  const spans = widths(block.columns.length, width);
  const depth = depthOf(block.columns);
  mergedHeads(block.columns, depth).forEach((heads, level) => {
    const line = el('tr.head');
    if (level === 0) {
      line.append(el('th.corner', {
        ...span('colspan', rowDepth),
        ...span('rowspan', depth),
        scope: 'col',
      }, (language === 'zh' && table.note) ||
          (table.key === 'requests' ? say('', 'Application') :
                                      say('信息内容', 'Subject'))));
    }
    for (const head of heads) {
      const taken = spans.slice(head.first, head.first + head.count);
      line.append(columnHead(head, taken.reduce((sum, one) => sum + one, 0)));
    }
    body.append(line);
  });
  const heads = mergedHeads(rows, rowDepth);
  rows.forEach((row, position) => {
    const line = el('tr');
    for (const level of heads) {
      for (const head of level) {
        if (head.first !== position) continue;
        line.append(el('th.row', {
          scope: head.label ? 'row' : 'rowgroup',
          ...span('rowspan', head.count),
          ...span('colspan', head.levels),
        }, head.text));
      }
    }
    const values = block.columns.map(
        (column, i) => valueCell(
            `${table.key}.${row.key}.${column.key}`, spans[i], onCell));
    line.append(...values);
    grid.push(values);
    body.append(line);
  });
}

function drawSideBySide(table, block, onCell, body, grid) {
  const depth = depthOf(block.rows);
  const count = block.columns.length;
  for (const heads of mergedHeads(block.rows, depth)) {
    body.append(el('tr.head', {}, heads.map((head) => el('th', {
      scope: 'colgroup',
      colspan: head.count * count,
      ...span('rowspan', head.levels),
    }, head.text))));
  }
  body.append(el('tr.head', {}, block.rows.flatMap(
      () => block.columns.map(
          (column) => el('th', {scope: 'col'}, field(column, 'label'))))));
  const values = block.rows.flatMap(
      (row) => block.columns.map(
          (column) => valueCell(
              `${table.key}.${row.key}.${column.key}`, 1, onCell)));
  grid.push(values);
  body.append(el('tr', {}, values));
}

// Arrows move in the table, which is one stop of the tab key.
function moveWithArrows(element, grid) {
  let row = 0;
  let column = 0;
  const current = () => grid[row][column];
  if (grid.length === 0) return;
  current().tabIndex = 0;
  element.addEventListener('focusin', (event) => {
    grid.forEach((line, i) => {
      const at = line.indexOf(event.target);
      if (at < 0) return;
      current().tabIndex = -1;
      [row, column] = [i, at];
      current().tabIndex = 0;
    });
  });
  element.addEventListener('keydown', (event) => {
    let [r, c] = [row, column];
    if (event.key === 'ArrowRight') ++c;
    else if (event.key === 'ArrowLeft') --c;
    else if (event.key === 'ArrowDown') ++r;
    else if (event.key === 'ArrowUp') --r;
    else if (event.key === 'Home') c = 0;
    else if (event.key === 'End') c = grid[row].length - 1;
    else return;
    event.preventDefault();
    if (!grid[r]) return;
    if (r !== row) c = Math.min(c, grid[r].length - 1);
    if (grid[r][c]) grid[r][c].focus();
  });
}

// A table of the form.
function drawTable(table, onCell) {
  const body = el('tbody');
  const grid = [];
  if (table.side_by_side) {
    for (const block of table.blocks) {
      drawSideBySide(table, block, onCell, body, grid);
    }
  } else {
    const rowDepth =
        Math.max(...table.blocks.map((block) => depthOf(block.rows)));
    const width = Math.max(...table.blocks.map((block) => block.columns.length));
    for (const block of table.blocks) {
      drawBlock(table, block, rowDepth, width, onCell, body, grid);
    }
  }
  const element = el('table.form', {role: 'grid', 'data-table': table.key},
                     el('caption', {}, field(table, 'title')), body);
  moveWithArrows(element, grid);
  return el('div.scroll', {}, element);
}

// "a.b.c + a.**.c" as the cells that it names.
function cellsOfReading(reading) {
  return reading.split('+').flatMap((term) => {
    const path = term.trim();
    if (!path.includes('*')) return cells[path] ? [path] : [];
    const pattern = new RegExp(
        '^' + path.replace(/\./g, '\\.').replace(/\*+/g, '.+') + '$');
    return Object.keys(cells).filter((each) => pattern.test(each));
  });
}
