// The page of the running chat as a person uses it, in Debian's Chromium.
// PINION_SHOTS is a folder for screenshots, if they are wanted.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { run } from './program.mjs';

const shots = process.env.PINION_SHOTS;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
let browser;
let chat;
let address;

before(async () => {
  chat = await run('examples/chat/Chat.java');
  address = chat.page;
  if (shots) mkdirSync(shots, { recursive: true });
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  await chat?.stop('SIGTERM');
});

/** Runs the body in a browser window of its own; what the browser complains about fails the test. */
async function inWindow(options, body) {
  const window = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  window.setDefaultTimeout(10_000);
  const complaints = [];
  const ignore = options.ignore ?? /^$/;
  window.on('console', message => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  window.on('weberror', error => complaints.push(String(error.error())));
  window.on('request', request => {
    if (new URL(request.url()).host !== new URL(address).host) complaints.push(`asks another host: ${request.url()}`);
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

async function openPage(window) {
  const page = await window.newPage();
  await page.goto(address);
  await state(page, 1, /^open/);
  await state(page, 2, /^open/);
  return page;
}

const card = (page, number) => page.getByRole('article', { name: `Client ${number}`, exact: true });
const received = (page, number, text) => card(page, number).locator('.received').filter({ hasText: text });
const state = (page, number, words) => card(page, number).locator('.words').filter({ hasText: words }).waitFor();

async function say(page, number, text) {
  const input = card(page, number).getByRole('textbox', { name: `Message as Client ${number}` });
  await input.fill(text);
  await input.press('Enter');
}

async function shoot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
}

test('what one client sends arrives at the other, with its time and size', () => inWindow({}, async window => {
  const page = await openPage(window);
  await say(page, 1, 'hello from one');
  const row = received(page, 2, 'hello from one');
  await row.waitFor();
  assert.match(await row.locator('time').textContent(), /^\d\d:\d\d:\d\d\.\d{3}$/);
  assert.equal(await row.locator('.size').textContent(), '14 B');
  await card(page, 1).locator('.sent', { hasText: 'hello from one' }).waitFor();
  assert.equal(await page.title(), 'Chat · Pinion');
  assert.equal(await page.locator('#url').textContent(), `ws://${new URL(address).host}/prod`);
  const routes = await page.locator('#routes li').allTextContents();
  assert.ok(routes.some(each => /^\$connect\s*Chat\.java:\d+$/.test(each)), `routes with file and line: ${routes}`);
}));

test('clients are added, closed, reopened and removed', () => inWindow({}, async window => {
  const page = await openPage(window);
  await page.getByRole('button', { name: 'Add client' }).click();
  await state(page, 3, /^open/);
  await card(page, 2).getByRole('button', { name: 'Close', exact: true }).click();
  await state(page, 2, 'closed 1000 Normal closure');
  await say(page, 3, 'without the second');
  await received(page, 1, 'without the second').waitFor();
  assert.equal(await received(page, 2, 'without the second').count(), 0);
  await card(page, 2).getByRole('button', { name: 'Reopen' }).click();
  await state(page, 2, /^open/);
  await card(page, 1).getByRole('button', { name: 'Remove Client 1' }).click();
  await page.getByText('2 of 2 clients open').waitFor();
  await page.getByRole('textbox', { name: 'Message to send as every client' }).fill('all of us');
  await page.keyboard.press('Enter');
  await received(page, 2, 'all of us').nth(1).waitFor();
  await received(page, 3, 'all of us').nth(1).waitFor();
}));

test('a client closes with a code and a reason', () => inWindow({}, async window => {
  const page = await openPage(window);
  await card(page, 1).getByRole('button', { name: 'Options of Client 1' }).click();
  await card(page, 1).getByLabel('Code').fill('4321');
  await card(page, 1).getByLabel('Reason').fill('enough');
  await page.keyboard.press('Enter');
  await state(page, 1, 'closed 4321 enough');
}));

test('two tabs chat with each other', () => inWindow({}, async window => {
  const [one, two] = [await openPage(window), await openPage(window)];
  await say(one, 1, 'from the first tab');
  await received(two, 2, 'from the first tab').waitFor();
  await say(two, 1, 'from the second tab');
  await received(one, 2, 'from the second tab').waitFor();
}));

test('text is shown as text, and JSON with line breaks on demand', () => inWindow({}, async window => {
  const page = await openPage(window);
  const markup = '<img src="x" onerror="alert(1)">';
  await say(page, 1, markup);
  await received(page, 2, markup).waitFor();
  await say(page, 1, '{"id":12345678901234567890,"tags":[],"text":"a, {b}"}');
  const row = received(page, 2, '12345678901234567890');
  await row.getByRole('button', { name: 'Formatted JSON' }).click();
  assert.equal(await row.locator('.text').textContent(),
    '{\n  "id": 12345678901234567890,\n  "tags": [],\n  "text": "a, {b}"\n}');
}));

test('Shift+Enter starts a line, and arrow up brings sent messages back', () => inWindow({}, async window => {
  const page = await openPage(window);
  const input = card(page, 1).getByRole('textbox', { name: 'Message as Client 1' });
  await input.pressSequentially('one');
  await input.press('Shift+Enter');
  await input.pressSequentially('two');
  await input.press('Enter');
  await received(page, 2, 'one\ntwo').waitFor();
  await say(page, 1, 'three');
  await input.fill('a draft');
  await input.press('ArrowUp');
  assert.equal(await input.inputValue(), 'three');
  await input.press('ArrowUp');
  assert.equal(await input.inputValue(), 'one\ntwo');
  await input.press('ArrowDown');
  assert.equal(await input.inputValue(), 'three');
  await input.press('ArrowDown');
  assert.equal(await input.inputValue(), 'a draft');
}));

test('a log keeps the last 500 entries and counts the others', () => inWindow({}, async window => {
  const page = await openPage(window);
  for (let sent = 30; sent <= 300; sent += 30) {
    await page.evaluate(() => {
      for (let i = 0; i < 30; i++) {
        document.querySelector('#everyone input').value = `number ${i}`;
        document.querySelector('#everyone').requestSubmit();
      }
    });
    await card(page, 1).getByText(`${sent} ↑ ${2 * sent} ↓`).waitFor();
  }
  const rows = await card(page, 1).locator('.row').count();
  assert.ok(rows >= 500 && rows <= 550, `${rows} rows`);
  const dropped = await card(page, 1).locator('.dropped').textContent();
  const events = 2;
  assert.equal(Number(dropped.replace(/\D/g, '')), events + 300 + 2 * 300 - rows);
}));

test('a refused handshake points to the terminal', () => inWindow({ ignore: /WebSocket/ }, async window => {
  await window.route('**/page/api.json', async route => {
    const api = await (await route.fetch()).json();
    for (const each of api.webSockets) each.url = each.url.replace('/prod', '/nowhere');
    await route.fulfill({ json: api });
  });
  const page = await window.newPage();
  await page.goto(address);
  await state(page, 1, 'not opened');
  await card(page, 1).getByText('it refused this handshake').waitFor();
}));

test('after the program was gone, one click reconnects', () => inWindow({ ignore: /ERR_FAILED/ }, async window => {
  const sockets = [];
  await window.routeWebSocket(/\/prod$/, socket => {
    socket.connectToServer();
    sockets.push(socket);
  });
  const page = await openPage(window);
  await window.route('**/page/api.json', route => route.abort());
  for (const socket of sockets) await socket.close({ code: 1001, reason: 'Going away' });
  await state(page, 1, 'closed 1001 Going away');
  await page.getByText('Nothing answers at').waitFor();
  await shoot(page, 'gone');
  await window.unroute('**/page/api.json');
  await page.getByRole('button', { name: 'Reconnect all' }).click();
  await state(page, 1, /^open/);
  await state(page, 2, /^open/);
  await page.locator('#bar').waitFor({ state: 'hidden' });
}));

test('only this server may be asked, and nothing runs that it did not serve', async () => {
  for (const [path, type] of [['', 'text/html'], ['page/app.js', 'text/javascript'], ['page/style.css', 'text/css'],
    ['page/icon.svg', 'image/svg+xml'], ['page/api.json', 'application/json']]) {
    const response = await fetch(new URL(path, address));
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get('content-type').split(';')[0], type, path);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff', path);
  }
  const policy = (await fetch(address)).headers.get('content-security-policy');
  assert.equal(policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
});

for (const colorScheme of ['light', 'dark']) {
  for (const [device, options] of [['desktop', { deviceScaleFactor: 2 }], ['phone', PHONE]]) {
    test(`${device}, ${colorScheme}: nothing is wider than the window`, () =>
      inWindow({ colorScheme, ...options }, async window => {
        const page = await openPage(window);
        await page.getByRole('button', { name: 'Add client' }).click();
        await state(page, 3, /^open/);
        await say(page, 1, 'Hello, is anyone there?');
        await received(page, 2, 'anyone').waitFor();
        await say(page, 2, '{"text":"Yes, and this is JSON","unread":0,"tags":["json","long"]}');
        await received(page, 3, 'JSON').waitFor();
        await say(page, 3, 'w'.repeat(200));
        await received(page, 1, 'www').waitFor();
        await shoot(page, `${device}-${colorScheme}`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      }));
  }
}
