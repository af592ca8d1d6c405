// What the browser tests share: a program that runs, and windows of Debian's Chromium.
// PINION_SHOTS is a folder for screenshots, if they are wanted.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { run } from './program.mjs';

const shots = process.env.PINION_SHOTS;
export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
let browser;
let program;

/** The address of the program's page. */
export const address = () => program.page;

/** Runs a program for the tests of a file. */
export function runs(file) {
  before(async () => {
    program = await run(file);
    if (shots) mkdirSync(shots, { recursive: true });
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, { timeout: 600_000 });
  after(async () => {
    await browser?.close();
    await program?.stop('SIGTERM');
  });
}

/** Runs the body in a browser window of its own; what the browser complains about fails the test. */
export async function inWindow(options, body) {
  const window = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  window.setDefaultTimeout(30_000);
  const complaints = [];
  const ignore = options.ignore ?? /^$/;
  window.on('console', message => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  window.on('weberror', error => complaints.push(String(error.error())));
  window.on('request', request => {
    const { protocol, host, hostname } = new URL(request.url());
    const own = protocol === 'ws:' ? hostname === 'localhost' : protocol === 'blob:' || host === new URL(address()).host;
    if (!own) complaints.push(`asks another host: ${request.url()}`);
  });
  await window.addInitScript(() => addEventListener('securitypolicyviolation', event =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  try {
    await body(window);
    assert.deepEqual(complaints.filter(each => !ignore.test(each)), []);
  } finally {
    await window.close();
  }
}

export async function shoot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
}

/** The client's card, what it received, its state in words, and sending as it. */
export const card = (page, number) => page.getByRole('article', { name: `Client ${number}`, exact: true });
export const received = (page, number, text) => card(page, number).locator('.received').filter({ hasText: text });
export const state = (page, number, words) =>
  card(page, number).locator('.words').filter({ hasText: words }).waitFor();

export async function say(page, number, text) {
  const input = card(page, number).getByRole('textbox', { name: `Message as Client ${number}` });
  await input.fill(text);
  await input.press('Enter');
}

/** Opens the page and waits for its first clients. */
export async function openPage(window, hash = '') {
  const page = await window.newPage();
  await page.goto(address() + hash);
  if (!hash) {
    await state(page, 1, /^open/);
    await state(page, 2, /^open/);
  }
  return page;
}

/** That nothing is wider than the window, in light and dark, on a desk and on a phone: of a view, once `ready(page)`. */
export async function fits(test, name, ready) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [device, options] of [['desktop', { deviceScaleFactor: 2 }], ['phone', PHONE]]) {
      test(`${device}, ${colorScheme}: nothing is wider than the window`, () =>
        inWindow({ colorScheme, ...options }, async window => {
          const page = await ready(window);
          await shoot(page, `${name}-${device}-${colorScheme}`);
          const { width } = options.viewport ?? { width: 1280 };
          assert.equal(await page.evaluate(() => Math.max(document.documentElement.scrollWidth, innerWidth)), width);
          for (const scroller of ['.settings', '.detail']) {
            assert.ok(await page.evaluate(name => [...document.querySelectorAll(name)]
              .every(each => each.scrollWidth <= each.clientWidth), scroller), `${scroller} is not wider than itself`);
          }
        }));
    }
  }
}
