// A program that is saved while it runs: a client of the `ws` library that stays connected gets the new answers.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from './program.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const WebSocket = createRequire(import.meta.url)('ws');
const folder = mkdtempSync(join(tmpdir(), 'pinion-reload-'));
const file = join(folder, 'Chat.java');
const chat = readFileSync(join(root, 'examples/chat/Chat.java'), 'utf8');

after(() => rmSync(folder, { recursive: true }));

/** The chat whose messages begin with a word. */
function version(word) {
  return chat.replace('"), body)', `"), "${word} " + body)`);
}

/** Asks until an answer begins with a word, and gives all answers until then. */
async function until(client, word) {
  const answers = [];
  for (let i = 0; ; i++) {
    const answer = new Promise(done => client.once('message', text => done(String(text))));
    client.send(`${i}`);
    answers.push(await answer);
    assert.ok(answers.at(-1).endsWith(`${i}`), `each message is answered once, in order: ${answers.slice(-5)}`);
    if (answers.at(-1).startsWith(word)) return answers;
  }
}

test('saves of the chat reach an open socket', { timeout: 180_000 }, async () => {
  writeFileSync(file, version('one'));
  const program = await run(file);
  const client = new WebSocket(program.url);
  let closed = false;
  client.on('close', () => { closed = true; });
  try {
    await new Promise((done, fail) => client.on('open', done).on('error', fail));
    await until(client, 'one');
    writeFileSync(file, version('two'));
    const answers = await until(client, 'two');
    assert.ok(answers.slice(0, -1).every(each => each.startsWith('one')), 'the old handler until the new one is there');

    writeFileSync(file, version('three').replace(';', ''));
    while (!program.printed.some(line => /Chat\.java:\d+: error: /.test(line))) await until(client, 'two');
    writeFileSync(`${file}.new`, version('four'));
    renameSync(`${file}.new`, file);
    await until(client, 'four');
    assert.equal(closed, false);
    assert.ok(program.printed.some(line => /^reloaded in \d+ ms$/.test(line)), program.printed.join('\n'));
  } finally {
    client.terminate();
    assert.equal(await program.stop('SIGINT'), 130);
  }
});
