// The pages of gongkai check --html, in a browser.
import assert from 'node:assert/strict';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {after, afterEach, before, beforeEach, test} from 'node:test';

import {launch, openPage, removeDirectory, source, temporaryDirectory,
        writeReview} from './browser.mjs';

// What the issue of the review page promises.
const kReports = 10_000;
const kInteractiveMilliseconds = 2000;

// What documents may say to take a page over, or to be read otherwise than they
// are written.
const kBody = '松沅<script>alert(1)</script>"onload=alert(2)\u202e县人民政府\u200f😀';
const kProse = '<img src=x onerror=alert(3)></script><!--<script>\u2066😀"onload="alert(4)';

let directory;
let browser;
let opened;

before(async () => {
  directory = await temporaryDirectory();
  const text = await readFile(
      path.join(source, 'examples/songyuan-county-2022-row-sum.txt'), 'utf8');
  const hostile = path.join(directory, '<b>"onload=x \u202e😀.txt');
  await writeFile(hostile, text.replace('松沅县人民政府', kBody)
                               .replace('县域重点事项', kProse));
  const rtf = path.join(directory, 'rtf');
  await writeFile(rtf, '{\\rtf1 2023}');
  // The text says otherwise than the table.
  const claim = path.join(directory, 'claim.txt');
  await writeFile(claim, text.replace('新收申请44件', '新收申请43件'));
  await writeReview(path.join(directory, 'review'),
                    path.join(source, 'examples'), hostile, rtf, claim);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await removeDirectory(directory);
});

beforeEach(async () => {
  opened = await openPage(browser);
});

afterEach(async () => {
  assert.deepEqual(opened.complaints, []);
  await opened.close();
});

function url(...names) {
  return 'file://' + path.join(directory, 'review', ...names);
}

async function openReport(part) {
  const names = await readdir(path.join(directory, 'review', 'reports'));
  const name = names.find((each) => each.includes(part));
  assert.ok(name, part);
  await opened.page.goto(url('reports', name));
  return opened.page;
}

function cell(page, cellPath) {
  return page.locator(`td[data-path="${cellPath}"]`);
}

async function paths(locator) {
  return locator.evaluateAll((all) => all.map((one) => one.dataset.path));
}

test('a finding marks its cells and tells formula, sides and repair', async () => {
  const page = await openReport('songyuan');
  await page.getByRole('button', {name: '各类申请人之和等于总计栏'}).click();
  assert.deepEqual(await paths(page.locator('td.marked')), [
    'natural', 'business', 'research', 'social', 'legal', 'other', 'total',
  ].map((column) => `requests.granted.${column}`));
  const details = page.locator('.finding.chosen .details');
  const told = await details.innerText();
  for (const text of ['自然人 17', '总计 20', '19 ≠ 20', '-1', '20 → 19',
                      '国办公开办函〔2021〕30号', 'requests.row-sum']) {
    assert.ok(told.includes(text), `${text} in ${told}`);
  }
  assert.ok(await cell(page, 'requests.granted.total').evaluate(
      (one) => one.classList.contains('suspect')));
  // The cell came into sight.
  const box = await cell(page, 'requests.granted.total').boundingBox();
  assert.ok(box.y > 0 && box.y < 1000, String(box.y));
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('td.marked').count(), 0);
  assert.equal(await details.count(), 0);
});

test('cells are coloured by state and by the gravest finding', async () => {
  const page = await openReport('songyuan');
  assert.equal(await cell(page, 'requests.granted.natural')
                   .getAttribute('data-found'), 'ERROR');
  assert.equal(await cell(page, 'requests.received.natural')
                   .getAttribute('data-found'), null);
  await openReport('blanks');
  assert.ok(await page.locator('td[data-state=BLANK]').count() > 0);
  await openReport('lost-column');
  assert.equal(await page.locator('td[data-state=DERIVED]').count(), 11);
  await openReport('luzhou');
  assert.equal(await page.locator('td[data-state=MISSING]').count(), 21);
});

test('every cell of the form stands once, under its heads', async () => {
  const page = await openReport('songyuan');
  const all = await paths(page.locator('td[data-path]'));
  assert.equal(all.length, 200);
  assert.equal(new Set(all).size, 200);
  for (const table of await page.locator('table.form').all()) {
    // No line is wider or narrower than the others, spans counted.
    const lines = await table.evaluate((element) => {
      const open = [];
      return [...element.rows].map((row) => {
        let width = open.filter((left) => left > 0).length;
        for (let i = 0; i < open.length; ++i) if (open[i] > 0) --open[i];
        for (const one of row.cells) {
          width += one.colSpan;
          for (let i = 0; i < one.colSpan; ++i) open.push(one.rowSpan - 1);
        }
        return width;
      });
    });
    assert.equal(new Set(lines).size, 1, lines.join(' '));
  }
  const disputes = page.locator('table[data-table=disputes]');
  assert.equal(await disputes.locator('tr').last().locator('td').count(), 15);
  assert.equal(await page.locator('table[data-table=requests] caption').count(), 1);
});

test('claims are linked to the cells that they count, and back', async () => {
  const page = await openReport('songyuan');
  await page.locator('.passage', {hasText: '上年结转2件'}).click();
  assert.deepEqual(await paths(page.locator('td.marked')),
                   ['requests.carried_in.total']);
  await cell(page, 'requests.carried_in.total').click();
  await page.locator('.box').getByRole('button', {name: '上年结转2件'}).click();
  assert.equal(await page.locator('.passage.marked').innerText(), '上年结转2件');
});

test('a wrong claim is marked where it stands', async () => {
  const page = await openReport('claim');
  const passage = page.locator('.passage[data-findings]', {hasText: '43件'});
  assert.equal(await passage.count(), 1);
  await passage.click();
  assert.ok((await page.locator('.finding.chosen').innerText()).includes('43'));
  assert.ok((await paths(page.locator('td.marked')))
                .includes('requests.received.total'));
  // From the list to the sentence, too.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.locator('.finding.chosen').getByRole('button', {name: '43件'})
      .filter({has: page.locator('q')}).click();
  const box = await passage.boundingBox();
  assert.ok(box.y > 0 && box.y < 1000, String(box.y));
});

test('a cell tells its raw text and its place, by keys alone', async () => {
  const page = await openReport('songyuan');
  const first = cell(page, 'requests.received.natural');
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  const focused = await page.evaluate(() => document.activeElement.dataset.path);
  assert.equal(focused, 'requests.granted.total');
  await page.keyboard.press('Enter');
  const told = await page.locator('.box').innerText();
  for (const text of ['（一）予以公开／总计', '原文\n20', '1748–1750', '各类申请人之和']) {
    assert.ok(told.includes(text), `${text} in ${told}`);
  }
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.box').isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.path),
               focused);
  // A table is one stop of the tab key.
  assert.equal(await page.locator(
      'table[data-table=requests] td[tabindex="0"]').count(), 1);
  await openReport('yuanxi-market');
  await cell(page, 'requests.received.total').click();
  assert.match(await page.locator('.box').innerText(), /第 \d+ 页/);
});

test('filters leave out severities and rules', async () => {
  const page = await openReport('songyuan');
  assert.equal(await page.locator('.problem:visible').count(), 4);
  await page.getByLabel('提示 3').uncheck();
  assert.equal(await page.locator('.problem:visible').count(), 1);
  await page.getByLabel('错误 1').uncheck();
  assert.equal(await page.locator('.problem:visible').count(), 0);
  assert.equal(await page.locator('td[data-found]').count(), 0);
  assert.equal(await page.locator('.count').innerText(), '显示 0 项，共 4 项');
  await page.getByLabel('错误 1').check();
  await page.getByLabel('提示 3').check();
  await page.getByLabel('规则').selectOption('structure.supervision');
  assert.equal(await page.locator('.problem:visible').count(), 1);
  assert.equal(await page.locator('td[data-found]').count(), 0);
  await page.getByLabel('规则').selectOption('requests.row-sum');
  assert.equal(await page.locator('td[data-found]').count(), 7);
});

test('all of it speaks English, too', async () => {
  const page = await openReport('songyuan');
  await page.getByRole('button', {name: 'English'}).click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  const text = await page.locator('body').innerText();
  for (const said of ['Findings', 'requests.granted.total may be wrong',
                      'Natural persons', 'Problems found: 4']) {
    assert.ok(text.toLowerCase().includes(said.toLowerCase()), said);
  }
  // The index opens in the same language.
  await page.getByRole('link', {name: 'All reports'}).click();
  assert.ok((await page.locator('h1').innerText()).includes('findings'));
  await page.getByRole('button', {name: '中文'}).click();
  assert.ok((await page.locator('h1').innerText()).includes('核对结果'));
});

test('what a document says is text, whatever it says', async () => {
  const page = await openReport('b-onload');
  const seen = (text) => text.replace(/[\u200f\u202e\u2066]/g, (mark) =>
    'U+' + mark.charCodeAt(0).toString(16).toUpperCase());
  assert.ok((await page.locator('h1').innerText()).includes(seen(kBody)));
  assert.ok((await page.locator('.prose').first().innerText())
                .includes(seen(kProse)));
  assert.ok((await page.locator('header').innerText())
                .includes(seen('<b>"onload=x \u202e😀.txt')));
  assert.equal(await page.locator('img, b, [onload], [onerror]').count(), 0);
  assert.equal(await page.locator('script').count(), 2);
  await page.goto(url('index.html'));
  await page.getByRole('link', {name: 'alert(1)'}).waitFor();
  assert.equal(await page.locator('img, b, [onload], [onerror]').count(), 0);
});

test('every page of every kind of report works', async () => {
  const {page} = opened;
  const names = await readdir(path.join(directory, 'review', 'reports'));
  assert.ok(names.length > 15);
  for (const name of names) {
    await page.goto(url('reports', name));
    for (const language of ['en', 'zh']) {
      await page.locator('.switch').click();
      const marks = await page.evaluate(() => {
        const marks = [];
        const all = (what) => [...document.querySelectorAll(what)];
        for (const finding of all('.finding')) {
          finding.querySelector('button').click();
          marks.push(!finding.querySelector('.details').hidden);
        }
        // Some of the cells: each choice lays the page out anew.
        for (const [i, one] of all('td[data-path], .passage').entries()) {
          if (i % 13 !== 0) continue;
          one.click();
          marks.push(document.querySelectorAll('.marked').length > 0);
        }
        return marks;
      });
      assert.ok(marks.every(Boolean), `${name} in ${language}`);
      const said = await page.locator('body').innerText();
      assert.ok(!/undefined|\[object|NaN|\bnull\b|\bfalse\b/.test(said), name);
    }
  }
});

test('the policy lets nothing in', async () => {
  const page = await openReport('songyuan');
  // By a context of its own: it is meant to complain.
  const other = await openPage(browser);
  await other.page.goto(page.url());
  await other.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.broken = true';
    const image = document.createElement('img');
    image.src = 'https://example.invalid/a.png';
    document.body.append(script, image);
  });
  assert.equal(await other.page.evaluate(() => window.broken), undefined);
  assert.ok(other.complaints.some((each) => each.includes('script-src')));
  assert.ok(other.complaints.some((each) => each.includes('img-src') ||
                                            each.includes('default-src')));
  assert.ok(!other.complaints.some((each) => each.startsWith('request')));
  await other.close();
});

test('a report prints on A4 with everything that is told', async () => {
  const page = await openReport('songyuan');
  await page.emulateMedia({media: 'print'});
  // The width between the margins of a page, in pixels of CSS.
  await page.setViewportSize({width: 703, height: 1000});
  assert.ok(await page.evaluate(
      () => document.documentElement.scrollWidth <= innerWidth));
  assert.ok(await page.getByText('20 → 19').first().isVisible());
  assert.equal(await page.locator('.filters').isVisible(), false);
  const pdf = await page.pdf({preferCSSPageSize: true});
  assert.ok(pdf.length > 10_000);
});

test('a narrow screen has the findings below the form', async () => {
  await opened.page.setViewportSize({width: 420, height: 800});
  const page = await openReport('songyuan');
  const form = await page.locator('.report').boundingBox();
  const list = await page.locator('aside').boundingBox();
  assert.ok(list.y >= form.y + form.height);
  assert.ok(await page.evaluate(
      () => document.documentElement.scrollWidth <= innerWidth));
});

async function column(page, name) {
  const at = await page.locator('table.list th').evaluateAll(
      (heads, field) => heads.findIndex((head) => head.dataset.sort === field),
      name);
  return page.locator(`table.list tbody td:nth-child(${at + 1})`).evaluateAll(
      (all) => all.filter((one) => !one.parentElement.classList.contains('space'))
                   .map((one) => one.textContent));
}

test('the index sorts and filters', async () => {
  const {page} = opened;
  await page.goto(url('index.html'));
  await page.getByRole('button', {name: '新收'}).click();
  const known = (texts) => texts.filter((text) => text !== '–').map(Number);
  const falling = known(await column(page, 'received'));
  assert.ok(falling.length > 10);
  assert.deepEqual(falling, [...falling].sort((a, b) => b - a));
  // What is not known comes last, both ways.
  assert.equal((await column(page, 'received')).at(-1), '–');
  await page.getByRole('button', {name: '新收'}).click();
  const rising = known(await column(page, 'received'));
  assert.deepEqual(rising, [...falling].reverse());
  assert.equal((await column(page, 'received')).at(-1), '–');
  assert.equal(await page.locator('th[aria-sort=ascending]').innerText()
                   .then((text) => text.includes('新收')), true);
  await page.getByLabel('查找机关或文件').fill('云麓');
  assert.equal((await column(page, 'body')).length, 3);
  await page.getByLabel('查找机关或文件').fill('');
  await page.getByLabel('显示哪些').selectOption('unread');
  assert.equal((await column(page, 'body')).length, 1);
  await page.getByLabel('显示哪些').selectOption('all');
  await page.locator('select[data-choice=rule]').selectOption(
      {label: await page.locator('select[data-choice=rule] option')
                  .filter({hasText: '各类申请人之和'}).innerText()});
  assert.ok((await column(page, 'errors')).every((text) => text !== '0'));
});

test('the index tells what failed and why, and leads to the pages', async () => {
  const {page} = opened;
  await page.goto(url('index.html'));
  const failures = await page.locator('.failures').innerText();
  assert.ok(failures.includes('RTF'), failures);
  assert.equal(await page.locator('figure').count(), 4);
  await page.locator('canvas').scrollIntoViewIfNeeded();
  await page.locator('canvas').hover({position: {x: 248, y: 30}});
  assert.match(await page.locator('.reading').innerText(), / · 1 /);
  await page.getByRole('link', {name: '松沅县人民政府', exact: true}).first().click();
  assert.ok((await page.title()).startsWith('松沅县人民政府'));
});

test('an index of 10,000 reports is there in two seconds', async () => {
  // The rows of this review, again and again under other names.
  const html = await readFile(path.join(directory, 'review', 'index.html'), 'utf8');
  const begin = html.indexOf('id="data">') + 'id="data">'.length;
  const end = html.indexOf('</script>', begin);
  const data = JSON.parse(html.slice(begin, end));
  const rows = Array.from({length: kReports}, (_, i) => {
    const row = [...data.rows[i % data.rows.length]];
    row[0] = i + 1;
    row[1] = row[1].replace(/\d{6}/, String(i + 1).padStart(6, '0'));
    row[3] = row[3] && `${row[3]}第${i}号`;
    // Figures and failing rules that differ.
    for (let k = 10; k < 14; ++k) if (row[k] !== null) row[k] = (row[k] * 7 + i * 13) % 5000;
    row[14] = data.rules.flatMap((_, rule) => (i * 31 + rule * 17) % 9 === 0 ? [rule, 1 + (i + rule) % 3] : []);
    return row;
  });
  const big = path.join(directory, 'review', 'big.html');
  await writeFile(big, html.slice(0, begin) +
      JSON.stringify({...data, rows}).replaceAll('<', '\\u003c') + html.slice(end));
  const {page} = opened;
  const started = performance.now();
  await page.goto(url('big.html'));
  await page.locator('table.list tbody a').first().waitFor();
  // It answers: the main thread is free again.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(
      () => setTimeout(done))));
  const loaded = performance.now() - started;
  const answers = async (what) => {
    const from = performance.now();
    await what();
    return performance.now() - from;
  };
  const sorted = await answers(async () => {
    await page.getByRole('button', {name: '机关'}).click();
    await page.locator('th[data-sort=body][aria-sort]').waitFor();
  });
  const scrolled = await answers(async () => {
    await page.locator('.rows').evaluate((one) => one.scrollTo(0, one.scrollHeight));
    await page.locator(`tr[aria-rowindex="${kReports + 1}"]`).waitFor();
  });
  const found = await answers(async () => {
    await page.getByLabel('查找机关或文件').fill('第9998号');
    await page.locator('.count', {hasText: '显示 1 份'}).waitFor();
  });
  console.log(`10,000 reports: ${Math.round(loaded)} ms to use, ` +
      `${Math.round(sorted)} ms to sort by name, ${Math.round(scrolled)} ms ` +
      `to the end, ${Math.round(found)} ms to find one`);
  assert.ok(loaded < kInteractiveMilliseconds, `${loaded} ms`);
  // The rows in sight are drawn, not all of them.
  assert.ok(await page.locator('table.list tr').count() < 100);
});
