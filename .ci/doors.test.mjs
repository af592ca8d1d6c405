// Who may connect, with unmodified clients of others: a real OpenID Connect provider (oidc-provider), whose tokens graphql-ws sends in its
// first message, and STOMP.js and a browser in their subprotocols; and clients of AWS's SDKs, whose signatures are checked.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import {
  ApiGatewayManagementApiClient, DeleteConnectionCommand, GetConnectionCommand, GoneException, PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { Client } from '@stomp/stompjs';
import aws4 from 'aws4';
import { createClient } from 'graphql-ws';
import Provider from 'oidc-provider';
import { chromium } from 'playwright-core';
import WebSocket from 'ws';
import { login } from './login.mjs';
import { run } from './program.mjs';

const timeout = 60_000;
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const machine = { client_id: 'machine', client_secret: 'a secret of the client' };
const page = { client_id: 'page', redirect_uri: 'https://app.example.com/callback', resource: 'urn:doors' };
const sockets = {};
let provider;
let issuer;
let doors;

/** A provider whose clients, machines and pages of users, get JWTs, and which shows an empty page to browsers. */
async function provide() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${server.address().port}`;
  const oidc = new Provider(issuer, {
    clients: [
      { ...machine, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
      { client_id: page.client_id, redirect_uris: [page.redirect_uri], token_endpoint_auth_method: 'none' },
    ],
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:doors',
        getResourceServerInfo: () => ({ audience: 'doors', scope: '', accessTokenFormat: 'jwt', accessTokenTTL: 600 }),
      },
    },
  });
  const answer = oidc.callback();
  server.on('request', (request, response) => request.url === '/page'
    ? response.setHeader('content-type', 'text/html').end('<title>page</title>') : answer(request, response));
  return server;
}

async function token() {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:doors', ...machine }),
  });
  const { access_token } = await answer.json();
  assert.equal(access_token.split('.').length, 3);
  return access_token;
}

before(async () => {
  provider = await provide();
  doors = await run('.ci/programs/Doors.java', {
    ISSUER: issuer, AWS_ACCESS_KEY_ID: KEYS.accessKeyId, AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  });
  for (const line of doors.printed) {
    const found = /listening on (ws:\S+) \(webSocket '(\w+)'\)/.exec(line);
    if (found) sockets[found[2]] = found[1];
  }
}, { timeout: 600_000 });

after(async () => {
  await doors?.stop('SIGKILL');
  provider?.closeAllConnections();
  provider?.close();
});

/** A promise, and what resolves it. */
function settled() {
  let resolve;
  const promise = new Promise(done => { resolve = done; });
  return { promise, resolve };
}

/** What a GraphQL client of somebody is told, and how its connection ended. */
async function ask(connectionParams) {
  const closed = settled();
  const client = createClient({
    url: sockets.graph, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0,
    on: { closed: event => closed.resolve(event.code) },
  });
  const told = [];
  try {
    for await (const result of client.iterate({ query: '{ me }' })) told.push(result.data);
  } catch ([error]) {
    told.push(error.message);
  }
  await client.dispose();
  return { told, code: await closed.promise };
}

test('graphql-ws: the token is in connectionParams', { timeout }, async () => {
  assert.deepEqual(await ask({ token: await token() }), { told: [{ me: 'machine' }], code: 1000 });
  assert.deepEqual(await ask({ token: `${await token()}x` }), { told: ['Unauthorized'], code: 1000 });
  assert.deepEqual(await ask(undefined), { told: ['Unauthorized'], code: 1000 });
});

/** The user that STOMP's server names, or the status of the handshake. */
function stomp(protocols) {
  const { promise, resolve } = settled();
  const client = new Client({
    reconnectDelay: 0,
    webSocketFactory: () => new WebSocket(sockets.stomp, protocols)
      .on('unexpected-response', (_, response) => resolve(response.statusCode)),
    onConnect: frame => resolve(frame.headers['user-name']),
  });
  client.activate();
  return promise.finally(() => client.deactivate({ force: true }));
}

test('STOMP.js: the token is in the subprotocols, beside STOMP\'s own', { timeout }, async () => {
  assert.equal(await stomp(['v12.stomp', 'bearer', await token()]), 'machine');
  assert.equal(await stomp(['v12.stomp', 'bearer', `${await token()}x`]), 401);
  assert.equal(await stomp(['v12.stomp']), 401);
});

test('a user who logs in connects with the access token, and not with the id token, which is for the page', { timeout }, async () => {
  const { access_token, id_token } = await login(issuer, 'ada', page);
  assert.deepEqual(await ask({ token: access_token }), { told: [{ me: 'ada' }], code: 1000 });
  assert.equal(await stomp(['v12.stomp', 'bearer', access_token]), 'ada');
  assert.equal(await stomp(['v12.stomp', 'bearer', id_token]), 401);
});

test('a browser\'s page sends the token in the subprotocols', { timeout }, async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`${issuer}/page`);
    const connect = protocols => page.evaluate(([url, protocols]) => new Promise(resolve => {
      const socket = new WebSocket(url, protocols);
      socket.onopen = () => resolve(socket.protocol);
      socket.onclose = event => resolve(event.code);
    }), [sockets.stomp, protocols]);
    assert.equal(await connect(['bearer', await token()]), 'bearer');
    assert.equal(await connect(['v12.stomp', 'bearer', await token()]), 'v12.stomp');
    assert.equal(await connect(['bearer', 'not-a-token']), 1006);
  } finally {
    await browser.close();
  }
});

/** The address of the WebSocket that is authorized by IAM, signed as aws4 signs it. */
function presigned(keys) {
  const { host, pathname } = new URL(sockets.signed);
  const { path } = aws4.sign({ host, path: pathname, service: 'execute-api', region: 'us-east-1', signQuery: true }, keys);
  return `ws://${host}${path}`;
}

/** The status with which a handshake is turned away. */
async function refused(url, options) {
  const socket = new WebSocket(url, options);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  socket.terminate();
  return response.statusCode;
}

const management = credentials => new ApiGatewayManagementApiClient(
  { endpoint: sockets.signed.replace('ws:', 'http:'), region: 'us-east-1', credentials, maxAttempts: 1 });

test('signatures: aws4, and AWS\'s SDKs for JavaScript and Python', { timeout }, async () => {
  const other = { ...KEYS, secretAccessKey: 'another secret' };
  assert.equal(await refused(sockets.signed), 403);
  assert.equal(await refused(presigned(other)), 403);
  const headers = aws4.sign({ host: new URL(sockets.signed).host, path: '/prod', service: 'execute-api', region: 'eu-west-1' }, KEYS).headers;
  const signed = new WebSocket(sockets.signed, { headers });
  await once(signed, 'open');
  signed.terminate();

  const socket = new WebSocket(presigned(KEYS));
  const messages = on(socket, 'message');
  const next = async () => String((await messages.next()).value[0]);
  await once(socket, 'open');
  socket.send('who am I?');
  const ConnectionId = await next();
  await management(KEYS).send(new PostToConnectionCommand({ ConnectionId, Data: 'grüße' }));
  assert.equal(await next(), 'grüße');
  assert.ok((await management(KEYS).send(new GetConnectionCommand({ ConnectionId }))).ConnectedAt);
  await assert.rejects(
    management(other).send(new PostToConnectionCommand({ ConnectionId, Data: 'x' })), { name: 'ForbiddenException' });

  const python = spawn(process.env.PYTHON ?? 'python3', [
    new URL('management.py', import.meta.url).pathname, sockets.signed.replace('ws:', 'http:'), ConnectionId, KEYS.accessKeyId,
    KEYS.secretAccessKey,
  ]);
  python.stderr.pipe(process.stderr);
  const ended = once(python, 'close');
  assert.equal(await next(), 'from Python');
  assert.equal((await ended)[0], 0);

  const closed = once(socket, 'close');
  await management(KEYS).send(new DeleteConnectionCommand({ ConnectionId }));
  assert.equal((await closed)[0], 1000);
  await assert.rejects(management(KEYS).send(new GetConnectionCommand({ ConnectionId })), GoneException);
});
