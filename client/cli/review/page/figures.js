// Distributions of the main figures, as bars.

// The upper ends of the bins: 0, 1, 2, 5, 10, …; reports differ by orders of
// magnitude.
function binEnds(most) {
  const ends = [0, 1];
  for (let power = 1; ends[ends.length - 1] < most; power *= 10) {
    for (const factor of [2, 5, 10]) {
      ends.push(factor * power);
      if (factor * power >= most) break;
    }
  }
  return ends;
}

// `values` without those that are not known.
function drawDistribution(title, values) {
  const known = values.filter((value) => value !== null);
  const sorted = Float64Array.from(known).sort();
  const ends = binEnds(sorted.length > 0 ? sorted[sorted.length - 1] : 0);
  const counts = ends.map(() => 0);
  let bin = 0;
  for (const value of sorted) {
    while (bin + 1 < ends.length && value > ends[bin]) ++bin;
    ++counts[bin];
  }
  const name = (i) => {
    const first = i === 0 ? 0 : ends[i - 1] + 1;
    return first >= ends[i] ? String(ends[i]) : `${first}–${ends[i]}`;
  };
  const highest = Math.max(1, ...counts);
  const middle = sorted.length > 0 ? sorted[sorted.length >> 1] : null;
  const bars = counts.map((count, i) => {
    const bar = el('div', {
      'data-count': count,
      title: say(`${name(i)}：${count} 份`, `${name(i)}: ${count} reports`),
    });
    bar.style.height = count === 0 ? '0' : `${Math.max(2, 100 * count / highest)}%`;
    return bar;
  });
  const told = counts.map(
      (count, i) => say(`${name(i)}：${count} 份`, `${name(i)}: ${count}`));
  return el('figure', {},
            el('figcaption', {}, el('strong', {}, title), ' ',
               el('span.quiet', {}, middle === null ? '' : say(
                   `${known.length} 份，中位数 ${middle}，最大 ${sorted[sorted.length - 1]}`,
                   `${known.length} reports, median ${middle}, most ${sorted[sorted.length - 1]}`))),
            el('div.bars', {
              role: 'img',
              'aria-label': `${title}${say('：', ': ')}${told.join(say('；', '; '))}`,
            }, bars),
            el('div.axis', {'aria-hidden': 'true'},
               ends.map((end) => el('span', {}, shortNumber(end)))));
}

function shortNumber(number) {
  if (number >= 1e6) return number / 1e6 + 'M';
  if (number >= 1e3) return number / 1e3 + 'k';
  return String(number);
}
