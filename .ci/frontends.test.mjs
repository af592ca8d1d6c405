// The JavaScript of docs/frontends.md: it stands in examples/browser, and does what the page says, with Node's ws as the browser.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import WebSocket, { WebSocketServer } from 'ws';
import { connect } from '../examples/browser/connect.js';
import { lounge } from '../examples/browser/lounge.js';

const timeout = 60_000;
const root = new URL('..', import.meta.url);
/** As in a browser, errors that nobody listens to do not end the program. */
globalThis.WebSocket = class extends WebSocket {
  constructor(address) {
    super(address);
    this.on('error', () => {});
  }
};

async function listen(port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await once(server, 'listening');
  return server;
}

const url = server => `ws://127.0.0.1:${server.address().port}/prod`;
const opened = async server => (await once(server, 'connection'))[0];
const received = async socket => JSON.parse((await once(socket, 'message'))[0]);

async function end(server) {
  server.clients.forEach(client => client.terminate());
  await new Promise(resolve => server.close(resolve));
}

test('the code of the page stands in the examples', () => {
  const folder = new URL('examples/browser/', root);
  const sources = readdirSync(folder).map(file => readFileSync(new URL(file, folder), 'utf8'));
  const blocks = [...readFileSync(new URL('docs/frontends.md', root), 'utf8').matchAll(/^```js\n(.*?)^```/gms)];
  assert.equal(blocks.length, 2);
  for (const [, block] of blocks) assert(sources.some(source => source.includes(block)), block);
});

test('it connects again after each end, with a new address', { timeout }, async () => {
  const server = await listen();
  let attempts = 0;
  const messages = [];
  const client = connect(() => `${url(server)}?ticket=${++attempts}`, {
    onMessage: message => messages.push(message), firstPause: 1,
  });
  for (const expected of [1, 2, 3]) {
    const [socket, request] = await once(server, 'connection');
    assert.equal(request.url, `/prod?ticket=${expected}`);
    if (expected < 3) socket.close(1001);
    else {
      socket.send('{"text":"hello"}');
      const got = received(socket);
      while (!client.send({ action: 'say' })) await new Promise(setImmediate);
      assert.deepEqual(await got, { action: 'say' });
      const closed = once(socket, 'close');
      client.close();
      assert.equal((await closed)[0], 1000);
    }
  }
  assert.deepEqual(messages, [{ text: 'hello' }]);
  assert.equal(attempts, 3);
  await end(server);
});

test('pauses double up to the longest while the server is away', { timeout }, async t => {
  const server = await listen();
  const gone = url(server);
  await end(server);
  const pauses = [];
  const later = globalThis.setTimeout;
  t.mock.method(Math, 'random', () => 1);
  let enough;
  const six = new Promise(resolve => (enough = resolve));
  t.mock.method(globalThis, 'setTimeout', (attempt, pause) => {
    if (attempt.name !== 'attempt') return later(attempt, pause);
    pauses.push(pause);
    if (pauses.length < 6) setImmediate(attempt);
    else enough();
  });
  const client = connect(() => gone, { onMessage: () => {}, firstPause: 500, longestPause: 5_000 });
  await six;
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 5000, 5000]);
  client.close();
  assert.equal(client.send({}), false);
});

test('an address that cannot be had is asked for again', { timeout }, async () => {
  const server = await listen();
  let attempts = 0;
  const address = () => (++attempts < 3 ? Promise.reject(new Error('no ticket')) : url(server));
  const client = connect(address, { onMessage: () => {}, firstPause: 1 });
  await opened(server);
  assert.equal(attempts, 3);
  client.close();
  await end(server);
});

test('a member joins again after each reconnection', { timeout }, async t => {
  const server = await listen();
  let tickets = 0;
  t.mock.method(globalThis, 'fetch', async () => new Response(`t ${++tickets}`));
  const said = [];
  const member = lounge(url(server), 'kitchen', 'Ann', message => said.push(message.text));
  for (const expected of [1, 2]) {
    const [socket, request] = await once(server, 'connection');
    assert.equal(request.url, `/prod?ticket=t%20${expected}`);
    assert.deepEqual(await received(socket), { action: 'join', room: 'kitchen', name: 'Ann' });
    if (expected === 1) socket.terminate();
    else {
      const got = received(socket);
      assert(member.say('hi'));
      assert.deepEqual(await got, { action: 'say', room: 'kitchen', text: 'hi' });
    }
  }
  member.leave();
  await end(server);
});
