// Chromium for tests: pages from files, with no way out and nothing on the
// console.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

import {chromium} from 'playwright-core';

export const source = process.env.GONGKAI_SOURCE_DIR;
const gongkai = path.join(process.env.GONGKAI_BINARY_DIR, 'bin', 'gongkai');

export async function temporaryDirectory() {
  return mkdtemp(path.join(tmpdir(), 'gongkai-browser-'));
}

export async function removeDirectory(directory) {
  await rm(directory, {recursive: true, force: true});
}

// `gongkai check --html=DIR …`. Findings make its status 1, documents that
// could not be read make it 2.
export async function writeReview(directory, ...words) {
  try {
    await promisify(execFile)(
        gongkai, ['check', '--lang=zh', `--html=${directory}`, ...words]);
  } catch (error) {
    assert.ok(error.code === 1 || error.code === 2, error.stderr);
  }
}

export async function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update',
      '--disable-sync',
    ],
  });
}

// A page for one test: `complaints` holds what it said on the console, what it
// asked for beside files, and dialogs that it opened.
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({
    viewport: {width: 1440, height: 1000}, ...options});
  const complaints = [];
  await context.route('**/*', (route) => {
    const request = route.request();
    // Files that were navigated to; nothing that a page loads.
    if (request.url().startsWith('file:') && request.isNavigationRequest()) {
      return route.continue();
    }
    complaints.push(`request: ${request.url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(
      `console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.stack}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  return {page, complaints, close: () => context.close()};
}
