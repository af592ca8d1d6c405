// Each example is run as its reader runs it, by `./pinion run`, and says hello to a client of the `ws` library.

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from './program.mjs';

const examples = resolve(dirname(fileURLToPath(import.meta.url)), '../examples');
const WebSocket = createRequire(import.meta.url)('ws');

/** What a client does with the example in a folder; it fails if there is no answer. */
const hellos = {
  echo: async ({ url }) => assert.equal(await ask(url, 'hello'), 'hello'),
  chat: async ({ url }) => assert.equal(await ask(url, 'hello'), 'hello'),
  rooms: async ({ url }) => {
    const client = await connect(url);
    client.send('{"action":"join","room":"r","name":"ada"}');
    let who;
    do { // the messages of a client may be handled at the same time
      const next = answer(client);
      client.send('{"action":"who","room":"r"}');
      who = await next;
    } while (who === '[]');
    assert.equal(who, '["ada"]');
    client.close();
  },
  lobby: async ({ url, apis }) => {
    const { id, ticket = id } = await (await post(`${apis[0]}/tickets`, { password: 'sesame' })).json();
    assert.equal(await ask(`${url}?ticket=${ticket}`, 'ada'), 'Welcome, ada');
  },
  ticker: async ({ url, page }) => {
    const client = await connect(url);
    const tock = answer(client);
    const origin = new URL(page).origin;
    // A tick is due by then, wherever in its minute the schedule is: it goes on with that of an earlier run.
    assert.equal((await post(`${page}page/clock`, { seconds: 61 }, { origin })).status, 200);
    assert.ok(Date.parse(Object.values(JSON.parse(await tock))[0]));
    client.close();
  },
  orders: async ({ url, apis }) => {
    const client = await connect(url);
    const told = answer(client);
    const order = { article: 'tea', count: 2 };
    assert.equal((await post(`${apis[0]}/orders`, order, { 'idempotency-key': '7' })).status, 201);
    assert.ok((await told).includes('tea'));
    client.close();
  },
  arena: async ({ url }) =>
    assert.ok((await ask(url, '{"action":"move","x":1,"y":2}')).includes('"x":1,"y":2')),
  club: async ({ url, page }) => {
    await refused(url, 401);
    await refused(`${url}?token=other`, 401);
    const item = { token: { S: 't' }, name: { S: 'ada' }, level: { N: '3' }, state: { S: 'member' } };
    const target = {
      'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-type': 'application/x-amz-json-1.0',
      authorization: 'AWS4-HMAC-SHA256 Credential=any/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    };
    assert.equal((await post(page, { TableName: 'members', Item: item }, target)).status, 200);
    assert.equal(await ask(`${url}?token=t`, 'hello'), 'ada (level 3): hello');
  },
  portal: async ({ url, apis }) => { // whoever has a token is in its tests, which have a provider
    await refused(url, 401);
    assert.equal((await post(`${apis[0]}/tickets`, {})).status, 401);
  },
  assistant: async ({ url }) => assert.ok((await ask(url, '{"action":"ask","text":"who are you"}')).includes('you')),
};

/** The values of all examples' configs and secrets. */
const environment = {
  GREETING: 'Welcome', PASSWORD: 'sesame', LOG_LEVEL: 'info', ISSUER: 'http://localhost:1', CLIENT_ID: 'portal',
  TICKET_KEY: 'a secret of 32 bytes for the tests',
};

function post(url, body, headers = {}) {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

async function connect(url) {
  const client = new WebSocket(url);
  await new Promise((done, fail) => client.on('open', done).on('error', fail));
  return client;
}

/** A handshake that is answered with a status. */
async function refused(url, status) {
  await assert.rejects(connect(url), { message: `Unexpected server response: ${status}` });
}

function answer(client) {
  return new Promise(done => client.once('message', text => done(String(text))));
}

/** Sends messages, one after the other, and returns the first answer. */
async function ask(url, ...messages) {
  const client = await connect(url);
  const first = answer(client);
  messages.forEach(each => client.send(each));
  const text = await first;
  client.close();
  return text;
}

test('no example is forgotten', () => {
  const files = readdirSync(examples).filter(each => existsSync(join(examples, each, each[0].toUpperCase() + each.slice(1) + '.java')));
  assert.deepEqual(files.sort(), Object.keys(hellos).sort());
});

describe('examples', { concurrency: 3 }, () => {
  for (const [name, hello] of Object.entries(hellos)) {
    test(name, { timeout: 60_000 }, async () => {
      const file = `examples/${name}/${name[0].toUpperCase()}${name.slice(1)}.java`;
      const program = await run(file, environment);
      try {
        await hello(program);
      } finally {
        assert.equal(await program.stop('SIGTERM'), 143, program.printed.join('\n'));
      }
    });
  }
});
