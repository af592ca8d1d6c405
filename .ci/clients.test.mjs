// The chat with the clients that people use: Node's ws and Python's websockets, and its table with AWS's SDKs for JavaScript and
// Python; then graphql-ws, STOMP.js, a browser and signing clients with tokens and credentials. Java's HttpClient is in the examples'
// tests. PYTHON is a Python that has websockets and boto3.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import {
  DeleteItemCommand, DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand, ScanCommand,
  TransactWriteItemsCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import WebSocket from 'ws';
import { run } from './program.mjs';

const timeout = 60_000;
let chat;

before(async () => {
  chat = await run('examples/chat/Chat.java');
}, { timeout: 600_000 });

after(() => chat?.stop('SIGKILL'));

async function open(url = chat.url, options = {}) {
  const socket = new WebSocket(url, options);
  const waiting = [];
  const came = [];
  socket.on('message', data => (waiting.shift() ?? (text => came.push(text)))(data.toString()));
  await once(socket, 'open');
  return { socket, next: () => came.length ? came.shift() : new Promise(resolve => waiting.push(resolve)) };
}

/** The status with which a handshake is turned away. */
async function refused(url, options) {
  const socket = new WebSocket(url, options);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  socket.terminate();
  return response.statusCode;
}

test('Node\'s ws: everybody gets a message, in any language', { timeout }, async () => {
  const [one, two] = [await open(), await open()];
  for (const text of ['hello', 'grüße, 世界 👋', 'x'.repeat(30_000)]) {
    one.socket.send(text);
    assert.equal(await one.next(), text);
    assert.equal(await two.next(), text);
  }
  one.socket.ping('are you there');
  const [payload] = await once(one.socket, 'pong');
  assert.equal(payload.toString(), 'are you there');
  one.socket.close(1000, 'bye');
  assert.equal((await once(one.socket, 'close'))[0], 1000);
  two.socket.send('alone');
  assert.equal(await two.next(), 'alone');
  two.socket.terminate();
});

test('Python\'s websockets and Node\'s ws chat with each other', { timeout }, async () => {
  const node = await open();
  const python = spawn(process.env.PYTHON ?? 'python3', [new URL('client.py', import.meta.url).pathname, chat.url]);
  python.stderr.pipe(process.stderr);
  const lines = createInterface(python.stdout)[Symbol.asyncIterator]();
  assert.equal((await lines.next()).value, 'open');
  node.socket.send('from Node');
  assert.equal(await node.next(), 'from Node');
  assert.equal((await lines.next()).value, 'from Node');
  assert.equal(await node.next(), 'from Python');
  assert.equal((await lines.next()).value, 'from Python');
  python.stdin.end();
  assert.equal((await once(python, 'close'))[0], 0);
  node.socket.terminate();
});

const AWS = { region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } };

test('AWS\'s SDK for JavaScript reads and writes the rows of the handlers', { timeout }, async () => {
  const dynamoDb = new DynamoDBClient({ endpoint: chat.page, ...AWS });
  const table = { TableName: 'WebSocketTable' };
  assert.deepEqual((await dynamoDb.send(new ListTablesCommand({}))).TableNames, ['WebSocketTable']);

  const node = await open();
  const connected = (await dynamoDb.send(new ScanCommand({ ...table, ConsistentRead: true }))).Items;
  assert.match(connected.at(-1).connectionId.S, /^[\w=-]{8,}$/);
  const row = { connectionId: { S: 'gone' }, n: { N: '1' } };
  await dynamoDb.send(new PutItemCommand({ ...table, Item: row }));
  const key = { Key: { connectionId: { S: 'gone' } } };
  const update = new UpdateItemCommand({
    ...table, ...key, UpdateExpression: 'SET #n = #n + :n, m = :m', ReturnValues: 'UPDATED_NEW',
    ExpressionAttributeNames: { '#n': 'n' }, ExpressionAttributeValues: { ':n': { N: '2' }, ':m': { M: {} } },
  });
  assert.deepEqual((await dynamoDb.send(update)).Attributes, { n: { N: '3' }, m: { M: {} } });
  await assert.rejects(
    dynamoDb.send(new PutItemCommand({ ...table, Item: row, ConditionExpression: 'attribute_not_exists(n)' })),
    { name: 'ConditionalCheckFailedException' });

  const transaction = {
    TransactItems: [{ Update: {
      ...table, ...key, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '1' } },
    } }],
    ClientRequestToken: 'once',
  };
  await dynamoDb.send(new TransactWriteItemsCommand(transaction));
  await dynamoDb.send(new TransactWriteItemsCommand(transaction));
  assert.equal((await dynamoDb.send(new GetItemCommand({ ...table, ...key }))).Item.n.N, '4');
  await dynamoDb.send(new DeleteItemCommand({ ...table, ...key }));
  await assert.rejects(
    new DynamoDBClient({ endpoint: chat.page, ...AWS, signer: { sign: async request => request } })
      .send(new ListTablesCommand({})),
    { name: 'MissingAuthenticationTokenException' });
  node.socket.terminate();
});

test('AWS\'s SDK for Python reads and writes the tables', { timeout }, async () => {
  const python = spawn(process.env.PYTHON ?? 'python3', [new URL('tables.py', import.meta.url).pathname, chat.page]);
  python.stderr.pipe(process.stderr);
  assert.equal((await once(python, 'close'))[0], 0);
});

test('what is not this server\'s is turned away', { timeout }, async () => {
  assert.equal(await refused(chat.url, { origin: 'https://evil.example' }), 403);
  assert.equal(await refused(chat.url, { headers: { host: 'evil.example' } }), 403);
  assert.equal(await refused(chat.url.replace('/prod', '/nowhere')), 403);
  (await open(chat.url, { origin: 'http://localhost:5173' })).socket.terminate();
});

test('SIGTERM closes all sockets with 1001', { timeout }, async () => {
  const sockets = [(await open()).socket, (await open()).socket];
  const closes = Promise.all(sockets.map(socket => once(socket, 'close')));
  const ended = chat.stop('SIGTERM');
  assert.deepEqual((await closes).map(([code]) => code), [1001, 1001]);
  assert.equal(await ended, 143);
});

test('handlers begin on the gateway\'s thread, and the JVM is closed to them', { timeout }, async () => {
  const where = await run('.ci/programs/Where.java');
  try {
    const { socket, next } = await open(where.url);
    socket.send('open?');
    assert.equal(await next(), 'closed');
    // The first handlers of a process take long, and so the next ones run in the pool.
    for (let thread = ''; !thread.includes('@pinion-loop-');) {
      socket.send('thread');
      thread = await next();
      assert.match(thread, /^VirtualThread\[/);
    }
    socket.terminate();
  } finally {
    where.stop('SIGKILL');
  }
});

test('an app with an HTTP API answers requests', { timeout: 60_000 }, async () => {
  const shop = await run('examples/orders/Orders.java');
  try {
    let api;
    while (!(api = shop.printed.map(line => /http API on\s+(http:\S+)/.exec(line)).find(Boolean))) {
      await new Promise(resolve => setImmediate(resolve));
    }
    const answer = await fetch(`${api[1]}/nothing`);
    assert.equal(answer.status, 404);
    assert.deepEqual(await answer.json(), { message: 'Not Found' });
    const order = await fetch(`${api[1]}/orders`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    assert.equal(order.status, 400);
  } finally {
    await shop.stop('SIGTERM');
  }
});
