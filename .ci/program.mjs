// Runs a program as a user does, on a free port and with data of its own.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve as absolute } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** `./pinion run FILE`, once it listens: its `url`, `page` and `printed` lines, and `stop(signal)`, which gives its exit code. */
export async function run(file) {
  const data = mkdtempSync(join(tmpdir(), 'pinion-data-'));
  const program = spawn(join(root, 'pinion'), ['run', absolute(root, file), '--port', '0', '--data', data]);
  const printed = [];
  const ended = new Promise(resolve => program.on('close', resolve)).finally(() => rmSync(data, { recursive: true }));
  const url = await new Promise((resolve, reject) => {
    for (const stream of [program.stdout, program.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', text => {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        printed.push(...lines);
        const listening = lines.map(line => /listening on (ws:\S+)/.exec(line)).find(Boolean);
        if (listening) resolve(listening[1]);
      });
    }
    ended.then(code => reject(new Error(`pinion ended with ${code}:\n${printed.join('\n')}`)));
  });
  const stop = signal => {
    program.kill(signal);
    return ended;
  };
  return { url, page: `http://${new URL(url).host}/`, printed, stop };
}
