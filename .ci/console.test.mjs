// The console's views as a person uses them, of a running auction: connections, requests, tables, the app, settings.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { run } from './program.mjs';
import { PHONE, address, card, fits, inWindow, openPage, received, runs, say, shoot } from './browser.mjs';

Object.assign(process.env, { CURRENCY: 'EUR', API_KEY: 's3cr3t-v4lue' });
const folder = mkdtempSync(join(tmpdir(), 'pinion-console-'));
const file = join(folder, 'Auction.java');
const source = readFileSync('.ci/programs/Auction.java', 'utf8');
writeFileSync(file, source);
runs(file);
after(() => rmSync(folder, { recursive: true }));

const view = (page, name) => page.getByRole('link', { name, exact: true }).click();
const requests = page => page.locator('#view-requests');
const connections = page => page.locator('#view-connections');
const tables = page => page.locator('#view-tables');
const entry = (page, text) => requests(page).locator('.entry').filter({ hasText: text }).first();

/** A page whose first client watches a lot, and whose second one bids for it. */
async function auction(window, lot, amount) {
  const page = await openPage(window);
  await say(page, 1, `{"action":"watch","lot":"${lot}"}`);
  await say(page, 2, `{"action":"bid","lot":"${lot}","amount":${amount}}`);
  await received(page, 2, 'accepted, in EUR').first().waitFor();
  return page;
}

async function idOf(page, number) {
  return (await card(page, number).locator('.id').textContent()).trim();
}

/** Calls an operation of DynamoDB's protocol as a page of this server. */
async function dynamo(operation, body) {
  const response = await fetch(address(), { method: 'POST', body: JSON.stringify(body),
    headers: { 'X-Amz-Target': `DynamoDB_20120810.${operation}`, Authorization: 'AWS4-HMAC-SHA256 Credential=any' } });
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

test('views are shown by their link, their number and their address, and keep what they show', () =>
  inWindow({}, async window => {
    const page = await auction(window, 'frame', 1);
    for (const [key, name] of [['2', 'Connections'], ['3', 'Requests'], ['4', 'Tables'], ['5', 'App'], ['6', 'Settings']]) {
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press(key);
      await page.locator('#views a[aria-current=page]', { hasText: name }).waitFor();
      assert.equal(await page.title(), `${name} · Auction · Pinion`);
      assert.equal(new URL(page.url()).hash, `#${name.toLowerCase()}`);
    }
    await page.goBack();
    await page.getByRole('region', { name: 'App' }).waitFor();
    await view(page, 'Clients');
    await received(page, 2, 'accepted, in EUR').first().waitFor();
    const straight = await openPage(window, '#settings');
    await straight.getByRole('heading', { name: 'Faults' }).waitFor();
    assert.equal(await straight.locator('#cards .cards').count(), 0, 'the view of clients is not loaded');
  }));

test('a request has its handler, operations, log and answer; values of secrets are replaced', () =>
  inWindow({}, async window => {
    const page = await auction(window, 'violin', 700);
    const bidder = await idOf(page, 2);
    await view(page, 'Requests');
    await entry(page, '"amount":700').click();
    const detail = requests(page).getByRole('region', { name: 'Request' });
    await detail.getByRole('heading', { name: 'bid' }).waitFor();
    await detail.getByText(/auction\/bid Auction\.java:\d+/).waitFor();
    assert.deepEqual(await detail.locator('.timeline .head code').allTextContents(), ['updateItem', 'query', 'broadcast']);
    await detail.getByText(`${bidder} bids 700 with key ‹secret apiKey›`).waitFor();
    await detail.getByText('accepted, in EUR').waitFor();
    await detail.getByText('sent to 1').waitFor();
    await shoot(page, 'requests');
    assert.ok(!(await page.content()).includes('s3cr3t'));
    await detail.getByRole('link', { name: bidder }).click();
    await connections(page).getByRole('heading', { name: bidder }).waitFor();
  }));

test('a failure has the exception with the app’s line', () => inWindow({}, async window => {
  const page = await openPage(window);
  await say(page, 1, '{"action":"bid","lot":"moon","amount":2000000}');
  await received(page, 1, 'Internal server error').waitFor();
  await view(page, 'Requests');
  await requests(page).getByRole('button', { name: 'Failed' }).click();
  await entry(page, 'nobody has 2000000 EUR').click();
  const trace = requests(page).locator('.trace');
  await trace.getByText('nobody has 2000000 EUR, key ‹secret apiKey›').waitFor();
  assert.match(await trace.locator('.own').first().textContent(), /Auction\.java:\d+/);
  await view(page, 'Clients');
  await say(page, 1, '{"action":"bid","lot":"moon","amount":"much"}');
  await received(page, 1, 'Bad request body').waitFor();
  await view(page, 'Requests');
  await entry(page, '"much"').click();
  await requests(page).getByText('bad request', { exact: true }).waitFor();
  await requests(page).getByText('no handler has seen the message').waitFor();
}));

test('a request is called again with another message', () => inWindow({}, async window => {
  const page = await auction(window, 'cello', 300);
  await view(page, 'Requests');
  await entry(page, '"amount":300').click();
  await requests(page).getByText('Call again, with another message').click();
  await requests(page).getByLabel('Message to call again with').fill('{"action":"bid","lot":"cello","amount":301}');
  await requests(page).getByRole('button', { name: 'Call again' }).click();
  await requests(page).getByText('The handler answered 200.').waitFor();
  await entry(page, '"amount":301').getByText('again').waitFor();
  await view(page, 'Clients');
  await received(page, 1, '"amount":301').waitFor();
  await received(page, 2, 'accepted, in EUR').nth(1).waitFor();
}));

test('requests are searched, paused and gone through by keyboard', () => inWindow({}, async window => {
  const page = await openPage(window);
  for (const text of ['apple', 'pear', 'plum']) await say(page, 1, text);
  await received(page, 1, 'bid or watch, please').nth(2).waitFor();
  await view(page, 'Requests');
  await requests(page).getByLabel('Search the requests').fill('PEAR');
  await requests(page).getByText('1 entry').waitFor();
  await requests(page).getByLabel('Search the requests').fill('');
  await entry(page, 'plum').waitFor();
  const list = requests(page).getByRole('listbox');
  await list.focus();
  await list.press('ArrowDown');
  await list.press('ArrowDown');
  await requests(page).locator('.entry[aria-selected=true]', { hasText: 'pear' }).waitFor();
  await requests(page).getByRole('button', { name: 'Pause' }).click();
  await view(page, 'Clients');
  await say(page, 1, 'while paused');
  await received(page, 1, 'bid or watch, please').nth(3).waitFor();
  await view(page, 'Requests');
  assert.equal(await entry(page, 'while paused').count(), 0);
  await requests(page).getByRole('button', { name: 'Go on' }).click();
  await entry(page, 'while paused').waitFor();
}));

test('all connections are shown with their counts, last frames and rows; one is sent to and closed', () =>
  inWindow({}, async window => {
    const page = await auction(window, 'harp', 50);
    const other = await openPage(window, '#settings');
    await other.evaluate(url => new Promise(opened => {
      const all = [];
      const socket = new WebSocket(url);
      socket.onopen = opened;
      socket.onmessage = event => all.push(event.data);
      window.heard = new Promise(done => { socket.onclose = event => done([...all, event.code]); });
    }), `${address().replace('http', 'ws')}prod`);
    const watcher = await idOf(page, 1);
    await view(page, 'Connections');
    await connections(page).getByText('3 connections open').waitFor();
    await connections(page).locator('.entry', { hasText: watcher }).hover();
    await page.mouse.down();
    await page.waitForResponse(/connections\.json/);
    await page.waitForResponse(/connections\.json/);
    await page.mouse.up();
    const detail = connections(page).getByRole('region', { name: 'Connection' });
    await detail.getByText(/^1 message, \d+ B$/).waitFor();
    await detail.locator('.frames li', { hasText: '"amount":50' }).waitFor();
    await detail.locator('.found', { hasText: watcher }).getByRole('link', { name: 'watchers' }).waitFor();
    await shoot(page, 'connections');
    const list = connections(page).getByRole('listbox');
    await list.focus();
    await list.press('Home');
    await detail.getByLabel('Message to send to the connection').fill('from the console');
    await page.keyboard.press('Enter');
    await detail.locator('.frames li', { hasText: 'from the console' }).waitFor();
    await detail.getByRole('button', { name: 'Close', exact: true }).click();
    assert.deepEqual(await other.evaluate(() => window.heard), ['from the console', 1000]);
    await detail.getByText('closed', { exact: true }).waitFor();
    await connections(page).getByText('2 connections open').waitFor();
  }));

test('rows are shown, filtered and sorted, and light up when a handler changes them', () => inWindow({}, async window => {
  const page = await auction(window, 'viola', 10);
  await say(page, 2, '{"action":"bid","lot":"lute","amount":9}');
  await received(page, 2, 'accepted, in EUR').nth(1).waitFor();
  await page.evaluate(() => { location.hash = '#tables/lots'; });
  const row = text => tables(page).locator('.grid-row', { hasText: text });
  await row('viola').waitFor();
  await tables(page).getByLabel('Filter the rows').fill('amount < 10');
  await row('lute').waitFor();
  await page.waitForFunction(() => !document.querySelector('.grid').textContent.includes('viola'));
  await tables(page).getByLabel('Filter the rows').fill('amount>=10');
  await row('viola').waitFor();
  await tables(page).getByLabel('Filter the rows').fill('');
  await tables(page).getByRole('columnheader', { name: 'amount' }).click();
  await page.waitForFunction(() => {
    const all = [...document.querySelectorAll('.grid-row')].map(each => Number(each.children[1].textContent));
    return all.length > 1 && all.every((each, i) => i === 0 || all[i - 1] <= each);
  });
  await page.evaluate(() => {
    document.addEventListener('animationstart', event => {
      if (event.animationName === 'lit') document.body.dataset.lit = event.target.textContent;
    });
  });
  const other = await openPage(window);
  await say(other, 1, '{"action":"bid","lot":"lute","amount":4711}');
  await row('4711').waitFor();
  assert.match(await page.waitForFunction(() => document.body.dataset.lit).then(lit => lit.jsonValue()), /4711|=$/);
  await view(page, 'Clients');
  await page.evaluate(() => { location.hash = '#tables/watchers'; });
  await tables(page).getByText(/rows expire by expiresAt/).waitFor();
  await tables(page).locator('.grid-row').first().getByText(/\(in \d+ min\)/).waitFor();
  await shoot(page, 'tables');
}));

test('what another program writes by DynamoDB’s protocol shows, and what it deletes goes', () => inWindow({}, async window => {
  const page = await openPage(window, '#tables/lots');
  await tables(page).getByRole('columnheader', { name: 'lot' }).waitFor();
  await dynamo('PutItem', { TableName: 'lots', Item: { lot: { S: 'from elsewhere' }, amount: { N: '8' } } });
  const row = tables(page).locator('.grid-row', { hasText: 'from elsewhere' });
  await row.locator('[data-lit]').first().waitFor();
  await dynamo('DeleteItem', { TableName: 'lots', Key: { lot: { S: 'from elsewhere' } } });
  await row.waitFor({ state: 'detached' });
}));

test('a row is added, edited and deleted; a wrong one says why', () => inWindow({ ignore: /400/ }, async window => {
  const page = await openPage(window, '#tables/lots');
  await tables(page).getByRole('button', { name: 'Add row' }).click();
  await tables(page).getByLabel('Value of lot').fill('gong');
  await tables(page).getByRole('button', { name: 'Add attribute' }).click();
  const fresh = tables(page).locator('.attribute').last();
  await fresh.getByLabel('Name of the attribute').fill('amount');
  await fresh.getByLabel('Type of the attribute').selectOption('N');
  await fresh.getByLabel('Value of the attribute').fill('many');
  await tables(page).getByRole('button', { name: 'Add row' }).last().click();
  await tables(page).getByText('cannot be converted to a numeric value').waitFor();
  await fresh.getByLabel('Value of the attribute').fill('5');
  await tables(page).getByRole('button', { name: 'Add row' }).last().click();
  const row = tables(page).locator('.grid-row', { hasText: 'gong' });
  await row.click();
  await tables(page).getByLabel('Value of amount').fill('6');
  await tables(page).getByRole('button', { name: 'Save row' }).click();
  await tables(page).locator('.grid-row', { hasText: 'gong6' }).waitFor();
  const stored = await dynamo('GetItem', { TableName: 'lots', Key: { lot: { S: 'gong' } } });
  assert.deepEqual(stored.Item, { lot: { S: 'gong' }, amount: { N: '6' } });
  await tables(page).getByRole('button', { name: 'Delete row' }).click();
  await page.getByText('The row is deleted.').waitFor();
  await row.waitFor({ state: 'detached' });
}));

test('rows are exported and imported as JSON and CSV', () => inWindow({ ignore: /400/ }, async window => {
  const page = await openPage(window, '#tables/lots');
  const { pathname } = new URL(`file:///tmp/pinion-console-${process.pid}`);
  writeFileSync(`${pathname}.csv`, 'lot,amount:N,note\r\n"a, quoted ""lot""",3,\r\nplain,4,text\r\n');
  writeFileSync(`${pathname}.json`, JSON.stringify([{ lot: 'nested', of: { deep: [1, true, null] } }]));
  for (const [ending, count] of [['csv', 2], ['json', 1]]) {
    const chooser = page.waitForEvent('filechooser');
    await tables(page).getByRole('button', { name: 'File' }).click();
    await page.getByRole('menuitem', { name: /Import/ }).click();
    await (await chooser).setFiles(`${pathname}.${ending}`);
    await page.getByText(`Imported ${count} row${count > 1 ? 's' : ''}.`).waitFor();
  }
  writeFileSync(`${pathname}.json`, JSON.stringify([{ lot: 'fits' }, { lot: 7 }]));
  const chooser = page.waitForEvent('filechooser');
  await tables(page).getByRole('button', { name: 'File' }).click();
  await page.getByRole('menuitem', { name: /Import/ }).click();
  await (await chooser).setFiles(`${pathname}.json`);
  await page.getByText(/^Row 2: .* 1 row before it is imported\.$/).waitFor();
  await tables(page).locator('.grid-row', { hasText: 'a, quoted "lot"' }).waitFor();
  const exported = async ending => {
    const download = page.waitForEvent('download');
    await tables(page).getByRole('button', { name: 'File' }).click();
    await page.getByRole('menuitem', { name: `Export as ${ending}` }).click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  const rows = JSON.parse(await exported('JSON'));
  assert.deepEqual(rows.find(each => each.lot.S === 'nested'),
    { lot: { S: 'nested' }, of: { M: { deep: { L: [{ N: '1' }, { BOOL: true }, { NULL: true }] } } } });
  const csv = await exported('CSV');
  assert.match(csv, /^lot:S,amount:N/);
  assert.ok(csv.includes('"a, quoted ""lot""",3'), csv);
}));

test('the rows that a filter lets pass are deleted, once asked', () => inWindow({}, async window => {
  for (let i = 0; i < 60; i++) {
    await dynamo('PutItem', { TableName: 'lots', Item: { lot: { S: `${i % 2 ? 'odd' : 'even'}-${i}` }, amount: { N: '1' } } });
  }
  const page = await openPage(window, '#tables/lots');
  const remove = async button => {
    await tables(page).getByLabel('Filter the rows').fill('lot ~ odd-');
    await tables(page).getByText(/^30 of /).waitFor();
    await tables(page).getByRole('button', { name: 'File' }).click();
    await page.getByRole('menuitem', { name: /Delete these rows….*30 rows that the filter lets pass/ }).click();
    await page.getByRole('dialog').getByText('30 rows of lots are deleted.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: button }).click();
  };
  await remove('Cancel');
  await remove('Delete');
  await page.getByText('Deleted 30 rows.').waitFor();
  const { Items } = await dynamo('Scan', { TableName: 'lots' });
  assert.equal(Items.filter(each => each.lot.S.startsWith('odd-')).length, 0);
  assert.equal(Items.filter(each => each.lot.S.startsWith('even-')).length, 30);
}));

test('100,000 rows are paged through, filtered and sorted', { timeout: 120_000 }, () => inWindow({}, async window => {
  for (let i = 0; i < 100_000; i += 25) {
    const Put = j => ({ PutRequest: { Item: { lot: { S: `many-${i + j}` }, connectionId: { S: 'x' }, n: { N: String((i + j) * 7919 % 100_003) } } } });
    await dynamo('BatchWriteItem', { RequestItems: { watchers: Array.from({ length: 25 }, (_, j) => Put(j)) } });
  }
  const page = await openPage(window, '#tables/watchers');
  page.setDefaultTimeout(30_000);
  await tables(page).getByText(/100,000 rows/).waitFor();
  await tables(page).getByRole('columnheader', { name: 'n', exact: true }).click();
  await tables(page).locator('.grid-row').first().getByText('many-0').waitFor();
  await tables(page).locator('.grid').evaluate(grid => { grid.scrollTop = grid.scrollHeight / 2; });
  await tables(page).locator('.grid-row[data-index="50000"]').waitFor();
  assert.ok(await tables(page).locator('.grid-row').count() < 80);
  await tables(page).getByLabel('Filter the rows').fill('n >= 100000');
  await tables(page).getByText(/^\d of 100,0/).or(tables(page).getByText(/^\d of the first 100,000/)).waitFor();
}));

test('the app is drawn with what each handler may do, and the lines that need it', () => inWindow({}, async window => {
  const page = await openPage(window, '#app');
  const app = page.locator('#view-app');
  await page.locator('#view-app .edge.write').first().waitFor({ state: 'attached', timeout: 30_000 });
  await app.getByRole('button', { name: 'Route bid' }).press('Enter');
  await app.getByRole('heading', { name: 'bid' }).waitFor();
  await app.locator('.role > li', { hasText: 'lots' }).getByText(/UpdateItem Auction\.java:\d+/).waitFor();
  await app.locator('.role > li', { hasText: 'apiKey' }).getByText('reading').waitFor();
  assert.equal(new URL(page.url()).hash, '#app/auction/bid');
  await shoot(page, 'app');
  await app.getByRole('button', { name: /^table.* watchers/ }).click();
  assert.deepEqual((await app.locator('.role > li > button').allTextContents()).sort(), ['$disconnect', 'bid', 'watch']);
  await app.getByRole('link', { name: 'Its rows' }).click();
  await tables(page).getByText(/rows expire by/).waitFor();
}));

test('requests lead to their handler in the picture, and a handler and a connection to their requests', () =>
  inWindow({}, async window => {
    const page = await auction(window, 'flute', 20);
    const bidder = await idOf(page, 2);
    await view(page, 'Requests');
    await entry(page, '"amount":20').click();
    await requests(page).getByRole('link', { name: 'auction/bid' }).click();
    const app = page.locator('#view-app');
    await app.getByRole('heading', { name: 'bid' }).waitFor();
    await app.getByText('answers its sender').waitFor();
    await app.getByRole('link', { name: 'Its requests' }).click();
    await entry(page, '"amount":20').waitFor();
    assert.equal(await requests(page).getByLabel('Search the requests').inputValue(), 'auction/bid');
    await page.waitForFunction(() => !document.querySelector('#view-requests .stream').textContent.includes('watch'));
    await page.goto(`${address()}#app/auction/watch`);
    await app.getByRole('heading', { name: 'watch' }).waitFor();
    assert.equal(await app.getByText('answers its sender').count(), 0);
    await page.goto(`${address()}#connections/${encodeURIComponent(bidder)}`);
    await connections(page).getByRole('link', { name: 'Its requests' }).click();
    await entry(page, '"amount":20').waitFor();
    assert.equal(await requests(page).getByLabel('Search the requests').inputValue(), bidder);
  }));

test('on a phone, an address of the picture brings what is said of its handler into sight', () =>
  inWindow(PHONE, async window => {
    const page = await openPage(window, '#app/hammer');
    await page.waitForFunction(() => {
      const heading = [...document.querySelectorAll('#view-app h2')].find(each => each.textContent === 'hammer');
      return heading && heading.getBoundingClientRect().top < innerHeight;
    });
  }));

test('faults are switched, and the clock is moved: idle connections are closed', () => inWindow({}, async window => {
  const page = await openPage(window);
  await view(page, 'Settings');
  const settings = page.locator('#view-settings');
  await settings.getByLabel('Rate of post:429').fill('1');
  await settings.getByLabel('Fault post:429').check();
  await page.getByText('post:429 happens at a rate of 1').waitFor();
  await view(page, 'Clients');
  await say(page, 1, 'hello');
  await received(page, 1, 'Internal server error').waitFor();
  await view(page, 'Settings');
  await settings.getByText('1 happened.').waitFor();
  await settings.getByLabel('Fault post:429').uncheck();
  await page.getByText('post:429 is off.').waitFor();
  await shoot(page, 'settings');
  await settings.getByRole('button', { name: '10 minutes' }).click();
  await settings.getByText('10 min ahead').waitFor();
  await view(page, 'Clients');
  await card(page, 1).locator('.words', { hasText: 'closed 1001' }).waitFor();
}));

test('limits are changed, marked and taken back, for clients that are connected', () => inWindow({}, async window => {
  const page = await openPage(window, '#settings');
  const clients = await openPage(window);
  const settings = page.locator('#view-settings');
  const limit = settings.locator('[data-limit=FRAME_BYTES]');
  await limit.getByLabel('frame size, bytes').fill('30');
  await limit.getByLabel('frame size, bytes').press('Enter');
  await limit.getByText('changed; usual is 32.0 KiB').waitFor();
  await settings.getByText('1 of 8 changed').waitFor();
  await say(clients, 1, 'short');
  await received(clients, 1, 'bid or watch, please').waitFor();
  await say(clients, 1, 'a message of more than thirty bytes');
  await card(clients, 1).locator('.words', { hasText: 'closed 1009' }).waitFor();
  await shoot(page, 'limits');
  await settings.getByRole('button', { name: 'As usual again' }).click();
  await settings.getByText('All as usual').waitFor();
  await say(clients, 2, 'a message of more than thirty bytes');
  await received(clients, 2, 'bid or watch, please').waitFor();
}));

test('the network is made slow for all clients and for one', () => inWindow({}, async window => {
  const page = await openPage(window, '#settings');
  const clients = await openPage(window);
  const trip = async text => {
    const count = await received(clients, 1, 'bid or watch, please').count();
    const began = performance.now();
    await say(clients, 1, text);
    await received(clients, 1, 'bid or watch, please').nth(count).waitFor();
    return performance.now() - began;
  };
  const all = page.getByRole('group', { name: 'Network of all clients' });
  await all.getByRole('button', { name: 'Slow' }).click();
  await page.getByText('The network is slow.').waitFor();
  assert.ok(await trip('slowly') >= 800);
  await all.getByRole('button', { name: 'As it is' }).click();
  await page.getByText('The network is as it is.').waitFor();
  await trip('at once');
  await page.goto(`${address()}#connections/${encodeURIComponent(await idOf(clients, 1))}`);
  const one = connections(page).getByRole('group', { name: 'Network of this client' });
  await one.getByRole('button', { name: 'Slow' }).click();
  await one.getByRole('button', { name: 'Slow', pressed: true }).waitFor();
  assert.ok(await trip('slowly') >= 800);
}));

test('errors, pongs and close frames of the gateway are among the last frames', () => inWindow({}, async window => {
  const page = await openPage(window);
  const id = await idOf(page, 1);
  await view(page, 'Connections');
  await connections(page).locator('.entry', { hasText: id }).click();
  const frames = connections(page).locator('.frames');
  await view(page, 'Clients');
  await say(page, 1, '{"action":"bid","lot":"moon","amount":2000000}');
  await received(page, 1, 'Internal server error').waitFor();
  await view(page, 'Connections');
  await frames.locator('li', { hasText: 'Error' }).getByText('Internal server error').waitFor();
  await connections(page).getByRole('button', { name: 'Close', exact: true }).click();
  await frames.locator('li', { hasText: 'Close' }).getByText('1000 Connection Closed Normally, by @connections').waitFor();
}));

const other = { ignore: /^asks another host: http:..localhost:/ };
test('a task that a route starts is in the picture', { timeout: 120_000 }, () => inWindow(other, async window => {
  const program = await run('examples/assistant/Assistant.java');
  try {
    const page = await window.newPage();
    await page.goto(`${program.page}#app/assistant/ask`);
    const app = page.locator('#view-app');
    await app.getByRole('link', { name: 'answer, task' }).waitFor({ timeout: 60_000 });
    await app.locator('.edge.send[data-from="assistant/ask"][data-to="task:answer"]').waitFor({ state: 'attached' });
    await app.getByRole('button', { name: 'task answer' }).click();
    await app.locator('.role > li').getByText('ask', { exact: true }).waitFor();
    await page.close();
  } finally {
    await program.stop('SIGTERM');
  }
}));

test('a schedule is in the picture; its ticks are filtered and called again with another time', () =>
  inWindow({}, async window => {
    const page = await openPage(window, '#app/hammer');
    const app = page.locator('#view-app');
    await app.getByRole('heading', { name: 'hammer' }).waitFor();
    await app.getByText(/^Schedule, rate\(1 minute\), next at /).waitFor();
    await app.locator('.role > li', { hasText: 'lots' }).getByText(/Scan Auction\.java:\d+/).waitFor({ timeout: 30_000 });
    await view(page, 'Settings');
    await page.locator('#view-settings').getByRole('button', { name: '1 minute' }).click();
    await view(page, 'Requests');
    await requests(page).getByRole('button', { name: 'Ticks' }).click();
    await requests(page).locator('.entry').first().click();
    const detail = requests(page).getByRole('region', { name: 'Request' });
    await detail.getByText(/lots at 20/).waitFor();
    await detail.getByText('Call again, with another event').click();
    await detail.getByLabel('Event to call again with').fill('2042-01-01T00:00:00Z');
    await detail.getByRole('button', { name: 'Call again' }).click();
    await detail.getByText('The handler has returned.').waitFor();
    await entry(page, '2042-01-01T00:00:00Z').click();
    await detail.getByText('lots at 2042-01-01T00:00:00Z').waitFor();
    await shoot(page, 'ticks');
  }));

for (const [hash, ready] of Object.entries({
  '#requests': page => requests(page).locator('.entry').first().waitFor(),
  '#connections': page => connections(page).getByText(/connections? open/).waitFor(),
  '#tables/lots': page => tables(page).locator('.grid-row').first().waitFor(),
  '#app': page => page.locator('#view-app .edge').first().waitFor({ state: 'attached' }),
  '#settings': page => page.getByText('The clock').waitFor(),
})) {
  fits((name, body) => test(`${hash}, ${name}`, body), hash.slice(1).split('/')[0], async window => {
    const page = await openPage(window, hash);
    await ready(page);
    return page;
  });
}

test('a saved change of the program shows in the open views', () => inWindow({}, async window => {
  const app = await openPage(window, '#app');
  await app.locator('#view-app').getByRole('button', { name: 'Route bid' }).waitFor();
  const page = await openPage(window, '#tables/lots');
  await tables(page).getByRole('button', { name: 'lots' }).waitFor();
  writeFileSync(file, source.replace('    Config currency', `    Table sellers = cloud.table("sellers").hashKey("name", STRING).create();
    Config currency`).replace('    ws.onMessage(', `    ws.onRoute("sell", Watch.class, (c, lot) -> sellers.putItem(Item.of("name", c.id())));
    ws.onMessage(`));
  await tables(page).getByRole('button', { name: 'sellers' }).waitFor({ timeout: 60_000 });
  await app.locator('#view-app').getByRole('button', { name: 'Route sell' }).click();
  await app.locator('#view-app').getByText('PutItem').waitFor({ timeout: 60_000 });
  await say(await openPage(window), 1, '{"action":"sell","lot":"oboe"}');
  await view(page, 'Requests');
  await entry(page, 'sell').waitFor();
  writeFileSync(file, source);
}));
