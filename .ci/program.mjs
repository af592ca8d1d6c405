// Runs a program as a user does, on a free port and with data of its own.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve as absolute } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * `./pinion run FILE`, once it has started: its `url`, `page`, `apis` and `printed` lines, and `stop(signal)`, which gives its exit
 * code. `apis` are the addresses of its HTTP APIs.
 */
export async function run(file, variables = {}) {
  const data = mkdtempSync(join(tmpdir(), 'pinion-data-'));
  const program = spawn(join(root, 'pinion'), ['run', absolute(root, file), '--port', '0', '--data', data], { env: { ...process.env, ...variables } });
  const printed = [];
  const ended = new Promise(resolve => program.on('close', resolve)).finally(() => rmSync(data, { recursive: true }));
  const url = await new Promise((resolve, reject) => {
    for (const stream of [program.stdout, program.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', text => {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        printed.push(...lines);
        const all = printed.join('\n');
        const listening = /listening on (ws:\S+)/.exec(all);
        if (listening && /^data in /m.test(all)) resolve(listening[1]);
      });
    }
    ended.then(code => reject(new Error(`pinion ended with ${code}:\n${printed.join('\n')}`)));
  });
  const stop = signal => {
    program.kill(signal);
    return ended;
  };
  const apis = printed.map(line => /^http API on +(http:\S+)/.exec(line)?.[1]).filter(Boolean);
  return { url, page: `http://${new URL(url).host}/`, apis, printed, stop };
}
