// The view of clients as a person uses it, of the running chat.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, card, fits, inWindow, openPage, received, runs, say, shoot, state } from './browser.mjs';

runs('examples/chat/Chat.java');

test('what one client sends arrives at the other, with its time and size', () => inWindow({}, async window => {
  const page = await openPage(window);
  await say(page, 1, 'hello from one');
  const row = received(page, 2, 'hello from one');
  await row.waitFor();
  assert.match(await row.locator('time').textContent(), /^\d\d:\d\d:\d\d\.\d{3}$/);
  assert.equal(await row.locator('.size').textContent(), '14 B');
  await card(page, 1).locator('.sent', { hasText: 'hello from one' }).waitFor();
  assert.equal(await page.title(), 'Chat · Pinion');
  assert.equal(await page.locator('#url').textContent(), `ws://${new URL(address()).host}/prod`);
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
  assert.equal(await row.locator('.json-tree').textContent(), '{ … 3 "id": 12345678901234567890,"tags": [],"text": "a, {b}"}'
    .replaceAll('  ', ' '));
  await row.getByRole('button', { name: 'Members' }).click();
  assert.equal(await row.locator('.inside').isVisible(), false);
  await row.getByText('… 3').waitFor();
  await row.getByRole('button', { name: 'Formatted JSON' }).click();
  assert.equal(await row.locator('.text').textContent(), '{"id":12345678901234567890,"tags":[],"text":"a, {b}"}');
  assert.equal(await row.locator('.json-number').textContent(), '12345678901234567890');
}));

test('a long message is folded after four lines', () => inWindow({}, async window => {
  const page = await openPage(window);
  await say(page, 1, Array.from({ length: 9 }, (_, i) => `line ${i}`).join('\n'));
  const row = received(page, 2, 'line 0');
  const height = () => row.locator('.text').evaluate(element => Math.round(element.clientHeight / 19.5));
  await row.getByRole('button', { name: 'Show all 9 lines' }).waitFor();
  assert.equal(await height(), 4);
  await row.getByRole('button', { name: 'Show all 9 lines' }).click();
  assert.equal(await height(), 9);
  await row.getByRole('button', { name: 'Show less' }).click();
  assert.equal(await height(), 4);
  assert.equal(await received(page, 2, 'x').count(), 0);
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

test('a log keeps the last 1,000 entries and counts the others; the document has those in sight', () =>
  inWindow({}, async window => {
    const page = await openPage(window);
    for (let sent = 50; sent <= 500; sent += 50) {
      await page.evaluate(() => {
        for (let i = 0; i < 50; i++) {
          document.querySelector('#everyone input').value = `number ${i}`;
          document.querySelector('#everyone').requestSubmit();
        }
      });
      await card(page, 1).getByText(`${sent} ↑ ${2 * sent} ↓`).waitFor();
    }
    const rows = card(page, 1).locator('.row');
    await page.waitForFunction(() => document.querySelector('.log').querySelectorAll('.row').length <= 250);
    const log = card(page, 1).locator('.log');
    for (;;) {
      if (await card(page, 1).locator('.dropped').isVisible()) break;
      const first = await rows.first().elementHandle();
      await log.evaluate(element => { element.scrollTop = 0; });
      await page.waitForFunction(row => document.querySelector('.row') !== row
        || !document.querySelector('.dropped').hidden, first);
    }
    const dropped = Number((await card(page, 1).locator('.dropped').textContent()).replace(/\D/g, ''));
    assert.ok(await rows.count() <= 301, `${await rows.count()} rows`);
    const events = 2;
    const kept = events + 500 + 2 * 500 - dropped;
    assert.ok(kept >= 1000 && kept <= 1100, `${kept} kept`);
  }));

test('the newest row is followed though the log scrolls while rows wait to be written', () => inWindow({}, async window => {
  const page = await openPage(window);
  await page.evaluate(() => {
    for (let i = 0; i < 200; i++) {
      document.querySelector('#everyone input').value = `number ${i}`;
      document.querySelector('#everyone').requestSubmit();
    }
    document.querySelector('.log').dispatchEvent(new Event('scroll'));
  });
  await card(page, 1).getByText('200 ↑ 400 ↓').waitFor();
  await card(page, 1).locator('.newer').waitFor({ state: 'hidden' });
  await page.waitForFunction(() => {
    const log = document.querySelector('.log');
    return log.querySelectorAll('.row').length <= 250 && log.scrollHeight - log.scrollTop - log.clientHeight < 24;
  });
  await card(page, 1).locator('.log').evaluate(element => { element.scrollTop -= 200; });
  await say(page, 2, 'the reader is left alone');
  await card(page, 1).getByRole('button', { name: /^↓ [1-9]\d* new$/ }).waitFor();
}));

test('a refused handshake shows its status and why', () => inWindow({ ignore: /WebSocket/ }, async window => {
  await window.route('**/page/api.json', async route => {
    const api = await (await route.fetch()).json();
    for (const each of api.webSockets) each.url = each.url.replace('/prod', '/nowhere');
    await route.fulfill({ json: api });
  });
  const page = await window.newPage();
  await page.goto(address());
  await state(page, 1, 'not opened');
  await card(page, 1).getByText('The handshake was refused with 403: unknown stage').waitFor();
}));

test('a long query leaves room for the counts, and a refusal of before is not told of the next connection', () =>
  inWindow({ ignore: /WebSocket/ }, async window => {
    let refuse = true;
    await window.route('**/page/api.json', async route => {
      const api = await (await route.fetch()).json();
      if (refuse) for (const each of api.webSockets) each.url = each.url.replace('/prod', '/nowhere');
      await route.fulfill({ json: api });
    });
    const page = await window.newPage();
    const late = [];
    const bothAsked = new Promise(done => window.route('**/page/client.json*', route => {
      if (!refuse) return route.continue();
      if (late.push(route) === 2) done();
      return null;
    }));
    await page.goto(address());
    await bothAsked;
    refuse = false;
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('#url', { hasText: '/prod' }).waitFor();
    await card(page, 1).getByRole('button', { name: 'Options of Client 1' }).click();
    await card(page, 1).getByLabel('Query string').fill(`ticket=${'x'.repeat(200)}`);
    await page.keyboard.press('Enter');
    await state(page, 1, /^open/);
    await Promise.all(late.map(route => route.continue()));
    await say(page, 1, 'hello');
    await received(page, 1, 'hello').waitFor();
    assert.equal(await card(page, 1).getByText('refused').count(), 0);
    const box = await card(page, 1).locator('.counts').boundingBox();
    assert.ok(box.height < 25, `the counts are in one line: ${box.height}`);
    const all = await card(page, 1).locator('header').boundingBox();
    assert.ok(all.height < 90, `the header has two lines: ${all.height}`);
  }));

test('the connection id is shown, and can be copied', () => inWindow({}, async window => {
  await window.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await openPage(window);
  const id = card(page, 1).locator('.identity .id');
  await id.waitFor();
  assert.match(await id.textContent(), /^[A-Za-z0-9_-]{15}=$/);
  await card(page, 1).getByRole('button', { name: 'Copy the connection id of Client 1' }).click();
  await card(page, 1).locator('.identity use[href="#tick"]').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await id.textContent());
}));

test('loading the page again keeps the clients, their logs and what they sent', () => inWindow({}, async window => {
  const page = await openPage(window);
  await page.getByRole('button', { name: 'Add client' }).click();
  await state(page, 3, /^open/);
  await say(page, 1, 'before the page was loaded again');
  await received(page, 2, 'before the page').waitFor();
  await card(page, 3).getByRole('button', { name: 'Close', exact: true }).click();
  await state(page, 3, 'closed 1000 Normal closure');
  await page.reload();
  await state(page, 1, /^open/);
  await state(page, 2, /^open/);
  await state(page, 3, /^closed/);
  await received(page, 2, 'before the page').waitFor();
  await card(page, 2).getByText('The page was loaded again.').waitFor();
  const input = card(page, 1).getByRole('textbox', { name: 'Message as Client 1' });
  await input.press('ArrowUp');
  assert.equal(await input.inputValue(), 'before the page was loaded again');
  await input.press('Enter');
  await received(page, 2, 'before the page').nth(1).waitFor();
}));

test('logs are searched', () => inWindow({}, async window => {
  const page = await openPage(window);
  await say(page, 1, 'one Needle in it');
  await say(page, 1, 'nothing here');
  await received(page, 2, 'nothing here').waitFor();
  await page.getByRole('searchbox', { name: "Search the clients' logs" }).fill('needle');
  await page.getByText('3 frames found').waitFor();
  assert.deepEqual(await card(page, 2).locator('.row mark').allTextContents(), ['Needle']);
  assert.equal(await card(page, 2).locator('.row').count(), 1);
  await page.getByRole('searchbox', { name: "Search the clients' logs" }).fill('');
  await received(page, 2, 'nothing here').waitFor();
}));

test('a session is exported and imported', () => inWindow({}, async window => {
  const page = await openPage(window);
  await say(page, 1, 'to be exported');
  await received(page, 2, 'to be exported').waitFor();
  await page.getByRole('button', { name: 'Session' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export…' }).click()]);
  const other = await openPage(window);
  await other.getByRole('button', { name: 'Session' }).click();
  const [chooser] = await Promise.all([other.waitForEvent('filechooser'), other.getByRole('menuitem', { name: 'Import…' }).click()]);
  await chooser.setFiles(await download.path());
  await other.getByText('Imported 2 clients.').waitFor();
  await received(other, 4, 'to be exported').waitFor();
  await state(other, 3, 'closed');
  await card(other, 3).getByRole('button', { name: 'Reopen' }).click();
  await state(other, 3, /^open/);
}));

const menu = async (page, number, item) => {
  await card(page, number).getByRole('button', { name: `Messages for Client ${number}` }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};

test('a message is saved, and sent on a timer until stopped', () => inWindow({}, async window => {
  const page = await openPage(window);
  const input = card(page, 1).getByRole('textbox', { name: 'Message as Client 1' });
  await input.fill('tick {{n}}');
  await menu(page, 1, 'Save it');
  await input.fill('');
  await menu(page, 1, 'tick {{n}}');
  assert.equal(await input.inputValue(), 'tick {{n}}');
  await menu(page, 1, 'Send on a timer…');
  await page.getByLabel('Every, in ms').fill('10');
  await page.getByRole('button', { name: 'Start' }).click();
  await received(page, 2, 'tick 5').first().waitFor();
  await card(page, 1).getByRole('button', { name: 'Stop' }).click();
  await card(page, 1).locator('.running').waitFor({ state: 'hidden' });
  await menu(page, 1, 'Send on a timer…');
  await page.getByLabel('Message', { exact: true }).fill('last {{n}}');
  await page.getByLabel('How often').fill('3');
  await page.getByRole('button', { name: 'Start' }).click();
  await received(page, 2, 'last 3').waitFor();
  assert.equal(await received(page, 2, 'last').count(), 3);
}));

test('a script sends, waits for answers, and says where it ended', () => inWindow({}, async window => {
  const page = await openPage(window);
  const run = async text => {
    await menu(page, 1, 'Run a script…');
    await page.getByLabel('One step a line').fill(text);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
  };
  await run('# a greeting\nrepeat 2\n> one {{n}}\n2> two {{n}}\nend\nexpect two 4\n> three');
  await card(page, 1).getByText('The script has run: 5 messages sent.').waitFor();
  await received(page, 2, 'three').waitFor();
  assert.deepEqual(await card(page, 2).locator('.sent .text').allTextContents(), ['two 2', 'two 4']);
  await run('> one\n7> two');
  await card(page, 1).getByText('The script has ended. There is no Client 7.').waitFor();
  await run('send this');
  await page.getByRole('alert').filter({ hasText: "Line 1: 'send this' is not a step." }).waitFor();
}));

test('why a changed program does not run is shown until it is mended, and its routes are then', () => inWindow({}, async window => {
  let status = { program: 1, since: '', changes: [], retired: [] };
  let routes = [];
  await window.route('**/page/status.json', route => route.fulfill({ json: status }));
  await window.route('**/page/api.json', async route => {
    const api = await (await route.fetch()).json();
    api.webSockets[0].routes.push(...routes);
    await route.fulfill({ json: api });
  });
  const page = await openPage(window);
  const banner = page.getByRole('alert').filter({ hasText: 'The changed program does not run' });
  status = { ...status, problem: "Chat.java:15: error: ';' expected" };
  await banner.getByText("Chat.java:15: error: ';' expected").waitFor();
  await shoot(page, 'broken');
  routes = [{ key: 'join', location: 'Chat.java:20', responds: false, body: {}, sample: {} }];
  status = { program: 2, since: '', changes: ["webSocket 'chat': route 'join' was added"], retired: [] };
  await banner.waitFor({ state: 'hidden' });
  await page.getByText("Reloaded: webSocket 'chat': route 'join' was added.").waitFor();
  await page.locator('#routes li', { hasText: 'join' }).waitFor();
  await say(page, 1, 'still connected');
  await received(page, 2, 'still connected').waitFor();
}));

test('after the program was gone, one click reconnects', () => inWindow({ ignore: /ERR_FAILED/ }, async window => {
  const sockets = [];
  await window.routeWebSocket(/\/prod\?/, socket => {
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
    const response = await fetch(new URL(path, address()));
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get('content-type').split(';')[0], type, path);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff', path);
  }
  const policy = (await fetch(address())).headers.get('content-security-policy');
  assert.equal(policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    + "connect-src 'self' ws://localhost:* wss://localhost:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
});

fits(test, 'clients', async window => {
  const page = await openPage(window);
  await page.getByRole('button', { name: 'Add client' }).click();
  await state(page, 3, /^open/);
  await say(page, 1, 'Hello, is anyone there?');
  await received(page, 2, 'anyone').waitFor();
  await say(page, 2, '{"text":"Yes, and this is JSON","unread":0,"tags":["json","long"]}');
  await received(page, 3, 'JSON').waitFor();
  await say(page, 3, 'w'.repeat(200));
  await received(page, 1, 'www').waitFor();
  return page;
});
