// Bodies by rules: which rule fails where. Drawn as far as it is in sight.

const kHeat = {row: 16, column: 18, names: 240, head: 22};
const kHeatColours = {1: '#c4463c', 2: '#e0a93b', 3: '#8fb2d1'};

// How many of a line's rules fail with a severity.
function countOf(line, severity) {
  let count = 0;
  for (const entry of line.rules.values()) {
    if (entry.severity === severity) ++count;
  }
  return count;
}

// A line for each body, the one with the most errors first, then by warnings;
// within it, by rule, the gravest severity and in how many of its reports.
function heatLines(rows) {
  const lines = new Map();
  for (const row of rows) {
    const failing = row[kField.failing];
    const name = row[kField.body] || row[kField.document];
    let line = lines.get(name);
    if (!line) {
      line = {name, rules: new Map(), page: row[kField.page], most: -1};
      lines.set(name, line);
    }
    // The report with the most to look at.
    if (failing.length > line.most) {
      [line.most, line.page] = [failing.length, row[kField.page]];
    }
    for (let i = 0; i < failing.length; i += 2) {
      const entry = line.rules.get(failing[i]) || {severity: 9, count: 0};
      entry.severity = Math.min(entry.severity, failing[i + 1]);
      ++entry.count;
      line.rules.set(failing[i], entry);
    }
  }
  const failing = [...lines.values()].filter((line) => line.rules.size > 0);
  for (const line of failing) {
    line.errors = countOf(line, 1);
    line.warnings = countOf(line, 2);
  }
  return failing.sort(
      (a, b) => b.errors - a.errors || b.warnings - a.warnings ||
          b.rules.size - a.rules.size ||
          (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

// `rules` are numbers of rules, in the order of the columns.
function drawHeatMap(rows, rules) {
  const lines = heatLines(rows);
  const width = kHeat.names + rules.length * kHeat.column;
  const canvas = el('canvas', {
    role: 'img',
    'aria-label': say(
        `${lines.length} 个机关、${rules.length} 条规则的热图；各规则的份数见下表`,
        `Heat map of ${lines.length} bodies and ${rules.length} rules; the ` +
            'table below has the numbers'),
  });
  const space = el('div', {}, canvas);
  const view = el('div.heat', {
    tabindex: 0,
    role: 'region',
    'aria-label': say('热图', 'Heat map'),
  }, space);
  const reading = el('p.reading', {role: 'status'}, say(
      '指向一格看是哪个机关、哪条规则；点击打开报告。',
      'Point at a cell to see body and rule; click to open the report.'));
  space.style.height = `${kHeat.head + lines.length * kHeat.row}px`;
  // As high as the lines need, up to what the style allows.
  view.style.maxHeight = `${kHeat.head + lines.length * kHeat.row + 18}px`;
  space.style.minWidth = `${width}px`;

  let pending = false;
  const draw = () => {
    pending = false;
    const [w, h] = [view.clientWidth, view.clientHeight];
    if (w === 0) return;
    const scale = window.devicePixelRatio || 1;
    canvas.width = w * scale;
    canvas.height = h * scale;
    canvas.style.width = `${w}px`;
    canvas.style.height = `${h}px`;
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
    context.font = '12px system-ui, sans-serif';
    context.textBaseline = 'middle';
    const [left, top] = [view.scrollLeft, view.scrollTop];
    const first = Math.floor(top / kHeat.row);
    const last = Math.min(lines.length, first + Math.ceil(h / kHeat.row) + 1);
    const firstRule = Math.floor(left / kHeat.column);
    for (let i = first; i < last; ++i) {
      const y = kHeat.head + i * kHeat.row - top;
      rules.slice(firstRule).forEach((rule, k) => {
        const entry = lines[i].rules.get(rule);
        const x = kHeat.names + (firstRule + k) * kHeat.column - left;
        if (x > w) return;
        context.fillStyle = entry ? kHeatColours[entry.severity] || '#888' :
                                    '#eef0f2';
        context.fillRect(x, y, kHeat.column - 1, kHeat.row - 1);
      });
      context.fillStyle = '#fff';
      context.fillRect(0, y, kHeat.names, kHeat.row);
      context.fillStyle = '#1d2329';
      context.fillText(shortened(lines[i].name), 6, y + kHeat.row / 2);
    }
    context.fillStyle = '#f2f4f6';
    context.fillRect(0, 0, w, kHeat.head);
    context.fillStyle = '#5c6670';
    context.font = '10px system-ui, sans-serif';
    rules.slice(firstRule).forEach((rule, k) => {
      const x = kHeat.names + (firstRule + k) * kHeat.column - left;
      if (x >= kHeat.names && x < w) {
        context.fillText(String(firstRule + k + 1), x + 1, kHeat.head / 2);
      }
    });
    context.fillStyle = '#f2f4f6';
    context.fillRect(0, 0, kHeat.names, kHeat.head);
    context.fillStyle = '#5c6670';
    context.font = '12px system-ui, sans-serif';
    context.fillText(say('机关', 'Body'), 6, kHeat.head / 2);
  };
  const later = () => {
    if (!pending) requestAnimationFrame(draw);
    pending = true;
  };
  view.addEventListener('scroll', later, {passive: true});
  new ResizeObserver(later).observe(view);

  // What is under the pointer.
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    if (y < kHeat.head) return {};
    const line = lines[Math.floor(
        (y - kHeat.head + view.scrollTop) / kHeat.row)];
    const place = x < kHeat.names ? -1 : Math.floor(
        (x - kHeat.names + view.scrollLeft) / kHeat.column);
    return {line, rule: rules[place], place};
  };
  canvas.addEventListener('mousemove', (event) => {
    const {line, rule, place} = at(event);
    if (!line) return;
    const entry = line.rules.get(rule);
    const parts = [line.name];
    if (rule !== undefined) parts.push(`${place + 1} ${ruleTitle(rule)}`);
    if (entry) {
      parts.push(severityWord(kSeverities[entry.severity - 1]),
                 say(`${entry.count} 份报告`, `${entry.count} reports`));
    }
    reading.replaceChildren(plain(parts.join(' · ')));
  });
  canvas.addEventListener('click', (event) => {
    const {line} = at(event);
    if (line) location.href = `${line.page}#${language}`;
  });
  return [view, reading];
}

function shortened(name) {
  const text = name.replace(new RegExp(kUnseen.source, 'g'), '');
  return [...text].length > 18 ? [...text].slice(0, 17).join('') + '…' : text;
}
