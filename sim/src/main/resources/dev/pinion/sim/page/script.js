// A script of messages: one step a line.

import { filled } from './repeat.js';

const PATIENCE = 5000;
const MOST = 100_000;

/** What a script says that cannot be run; the message names the line. */
export class ScriptError extends Error {}

/** The steps of a script: `{do: 'send', client, text}`, `{do: 'wait', millis}`, `{do: 'expect', text}`, `{do: 'repeat', times, steps}`. */
export function parseScript(text) {
  const root = [];
  const open = [root];
  text.split('\n').forEach((line, index) => {
    const fail = message => { throw new ScriptError(`Line ${index + 1}: ${message}`); };
    const trimmed = line.trim();
    const send = /^\s*(\d*)>\s?(.*)$/.exec(line);
    const [, word, rest] = /^(\w+)\s*(.*)$/.exec(trimmed) ?? [];
    if (!trimmed || trimmed.startsWith('#')) return;
    if (send) {
      open.at(-1).push({ do: 'send', client: send[1] && Number(send[1]), text: send[2], line: index + 1 });
    } else if (word === 'wait') {
      const [, number, unit] = /^(\d+)\s*(ms|s)?$/.exec(rest) ?? fail('wait takes a time, such as wait 500');
      open.at(-1).push({ do: 'wait', millis: number * (unit === 's' ? 1000 : 1) });
    } else if (word === 'expect' && rest) {
      open.at(-1).push({ do: 'expect', text: rest, line: index + 1 });
    } else if (word === 'repeat' && /^\d+$/.test(rest)) {
      const step = { do: 'repeat', times: Math.min(Number(rest), MOST), steps: [] };
      open.at(-1).push(step);
      open.push(step.steps);
    } else if (trimmed === 'end' && open.length > 1) {
      open.pop();
    } else {
      fail(`'${trimmed.slice(0, 40)}' is not a step. To send it, write > before it.`);
    }
  });
  if (open.length > 1) throw new ScriptError('A repeat has no end.');
  return root;
}

/**
 * Runs steps. `on.send(client, text)` sends and may throw, `on.received(listener)` calls the listener with each frame
 * that arrives and returns what stops that, `on.sent(count)` reports. Rejects with the signal's reason once aborted.
 */
export async function runScript(steps, on, signal) {
  let sent = 0;
  let unread = [];
  let wake = () => {};
  const stop = on.received(text => {
    unread.push(text);
    if (unread.length > 1000) unread.shift();
    wake();
  });
  const run = async list => {
    for (const step of list) {
      signal.throwIfAborted();
      await perform(step);
    }
  };
  const perform = async step => {
    if (step.do === 'send') {
      on.send(step.client, filled(step.text, ++sent));
      on.sent(sent);
    } else if (step.do === 'wait') {
      await pause(step.millis, signal);
    } else if (step.do === 'expect') {
      await expect(step);
    } else {
      for (let i = 0; i < step.times; i++) {
        await run(step.steps);
        if (i % 50 === 49) await pause(0, signal);
      }
    }
  };
  const expect = async ({ text, line }) => {
    const until = performance.now() + PATIENCE;
    for (;;) {
      const at = unread.findIndex(each => each.includes(text));
      if (at >= 0) {
        unread = unread.slice(at + 1);
        return;
      }
      if (performance.now() >= until) throw new ScriptError(`Line ${line}: nothing with '${text}' arrived within 5 s.`);
      await Promise.race([pause(until - performance.now(), signal), new Promise(done => { wake = done; })]);
    }
  };
  try {
    await run(steps);
    return sent;
  } finally {
    stop();
  }
}

function pause(millis, signal) {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', ended);
      done();
    }, Math.max(millis, 0));
    const ended = () => {
      clearTimeout(timer);
      fail(signal.reason);
    };
    signal.addEventListener('abort', ended, { once: true });
  });
}
