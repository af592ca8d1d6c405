// Saves at random moments while clients send: broken sources, files that are deleted, renamed and written piece by piece,
// fifty saves in a second, other declarations, handlers that are still blocked. Each message is handled once and answered
// once, an ordered WebSocket keeps its order, and no socket is closed.
// PINION_SEED and PINION_SECONDS choose other runs.

import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './program.mjs';

const WebSocket = createRequire(import.meta.url)('ws');
const seconds = Number(process.env.PINION_SECONDS ?? 15);
const seed = Number(process.env.PINION_SEED ?? Date.now() % 1_000_000);
const FILES = 20;
const CLIENTS = 10;

/** A program in a folder, whose saves are chosen by a seed. */
class Program {
  version = 0;
  #declared = { index: false, extra: false, third: false };

  constructor(folder, several, random) {
    Object.assign(this, { folder, several, random, file: join(folder, 'Game.java') });
  }

  /** The source of the next version. */
  source() {
    this.version++;
    const { index, extra, third } = this.#declared;
    const blocked = `if (body.contains("block")) Thread.sleep(${100 + this.random(900)});`;
    const counted = 'counts.updateItem(Key.of("id", c.id()), attribute("n").add(1));';
    return `import dev.pinion.*;
import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.STRING;

public final class Game implements App {
  public void define(Cloud cloud) {
    Table counts = cloud.table("counts").hashKey("id", STRING)${index ? '.attribute("kind", STRING).index("byKind", "kind")' : ''}.create();
    ${extra ? 'cloud.table("extra").hashKey("id", STRING).create();' : ''}
    WebSocket ordered = cloud.webSocket("ordered").ordered().create();
    WebSocket free = cloud.webSocket("free").create();
    ${third ? 'WebSocket third = cloud.webSocket("third").create(); third.onMessage((c, body) -> {});' : ''}
    for (WebSocket each : new WebSocket[] {ordered, free}) {
      each.onMessage((c, body) -> {
        ${blocked}
        ${counted}
        each.sendMessage(c.id(), "${this.version} " + ${this.several ? 'P0.same(body)' : 'body'});
      });
    }
  }
}
`;
  }

  write(source = this.source()) {
    writeFileSync(this.file, source);
  }

  /** All files at once, as another branch of a repository. */
  checkOut() {
    for (let i = 0; this.several && i < FILES; i++) {
      const next = i + 1 < FILES ? `P${i + 1}.same(b)` : 'b';
      writeFileSync(join(this.folder, `P${i}.java`),
        `class P${i} { static int v = ${this.version}; static String same(String b) { return ${next}; } }\n`);
    }
    this.write();
  }

  /** The last version, which compiles, with all as it was declared at first. */
  settle() {
    this.#declared = { index: false, extra: false, third: false };
    this.checkOut();
  }

  /** The ways to save. */
  acts() {
    const replaced = (from, to) => this.write(this.source().replace(from, to));
    return [
      () => this.write(),
      () => {
        writeFileSync(`${this.file}.tmp`, this.source());
        renameSync(`${this.file}.tmp`, this.file);
      },
      () => replaced('sendMessage', 'sendMessag'),
      () => replaced('Table counts', 'cloud.table("bad"); Table counts'),
      () => replaced('Table counts', 'if (true) throw new RuntimeException("no"); Table counts'),
      async () => {
        unlinkSync(this.file);
        await wait(this.random(150));
        this.write();
      },
      async () => {
        renameSync(this.file, `${this.file}~`);
        await wait(this.random(20));
        this.write();
        unlinkSync(`${this.file}~`);
      },
      async () => {
        const source = this.source();
        writeFileSync(this.file, '');
        for (let at = 0; at < source.length; at += 300) {
          appendFileSync(this.file, source.slice(at, at + 300));
          await wait(this.random(5));
        }
      },
      async () => {
        for (let i = 0; i < 50; i++) {
          this.write();
          await wait(20);
        }
      },
      () => {
        const name = Object.keys(this.#declared)[this.random(3)];
        this.#declared[name] = !this.#declared[name];
        this.write();
      },
      () => this.checkOut(),
      () => rmSync(join(this.folder, 'P7.java'), { force: true }),
    ];
  }
}

/** Numbers below a bound, the same for the same seed. */
function chance(from) {
  let state = from >>> 0 || 1;
  return bound => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % bound;
  };
}

/** What of `{sent, got}` is not as it must be. */
function faults({ kind, sent, got }) {
  const numbers = got.map(answer => Number(/#(\d+)#$/.exec(answer)?.[1] ?? -1));
  const lost = Array.from({ length: sent }, (_, i) => i).filter(i => !new Set(numbers).has(i));
  const disordered = kind === 'ordered' && numbers.some((each, i) => i > 0 && each < numbers[i - 1]);
  return [disordered && 'out of order', lost.length && `lost ${lost.slice(0, 5)}`, new Set(numbers).size !== numbers.length && 'doubled',
    numbers.includes(-1) && 'something else'].filter(Boolean).map(each => `${kind}: ${each}`);
}

for (const several of [false, true]) {
  const name = several ? 'a folder of sources' : 'a file';
  test(`${name}, seed ${seed}`, { timeout: 240_000 }, async () => {
    const random = chance(seed + Number(several));
    const folder = mkdtempSync(join(tmpdir(), 'pinion-saves-'));
    const saved = new Program(folder, several, random);
    saved.checkOut();
    const program = await run(several ? folder : saved.file);
    const all = [];
    let ended = false;
    const closed = [];
    while (program.printed.filter(line => line.includes('(webSocket')).length < 4) await wait(10);
    for (const line of program.printed) {
      const [, url, kind] = /listening on (ws:\S+) \(webSocket '(\w+)'\)/.exec(line) ?? [];
      for (let i = 0; url && i < CLIENTS; i++) {
        const client = { kind, sent: 0, got: [], socket: new WebSocket(url) };
        client.socket.on('message', text => client.got.push(String(text)));
        client.socket.on('close', code => ended || closed.push(`${kind}: ${code}`));
        await new Promise(open => client.socket.on('open', open));
        all.push(client);
      }
    }
    const say = (client, text = '') => client.socket.send(`${text}#${client.sent++}#`);
    const end = Date.now() + seconds * 1000;
    const sending = (async () => {
      while (Date.now() < end) {
        for (const each of all) if (random(3) === 0) say(each, random(200) === 0 ? 'block ' : '');
        await wait(3);
      }
    })();
    const acts = saved.acts();
    while (Date.now() < end) {
      await acts[random(acts.length)]();
      await wait(random(400));
    }
    await sending;
    saved.settle();
    const until = Date.now() + 60_000;
    const isLast = () => all[0].got.at(-1)?.startsWith(`${saved.version} `);
    while (Date.now() < until && !isLast()) {
      say(all[0]);
      await wait(100);
    }
    assert.ok(isLast(), `version ${saved.version} answers, not ${all[0].got.at(-1)}: ${program.printed.slice(-20).join('\n')}`);
    while (Date.now() < until && all.some(each => each.got.length < each.sent)) await wait(50);
    assert.deepEqual([...closed, ...all.flatMap(faults)], []);
    const scan = await fetch(program.page, { method: 'POST', body: '{"TableName":"counts"}',
      headers: { 'X-Amz-Target': 'DynamoDB_20120810.Scan', Authorization: 'AWS4-HMAC-SHA256 Credential=any' } });
    const handled = (await scan.json()).Items.reduce((sum, row) => sum + Number(row.n.N), 0);
    assert.equal(handled, all.reduce((sum, each) => sum + each.sent, 0), 'each message was handled once');
    assert.ok(!program.printed.some(line => /internal error/.test(line)), program.printed.join('\n'));
    ended = true;
    for (const each of all) each.socket.terminate();
    assert.equal(await program.stop('SIGINT'), 130);
    rmSync(folder, { recursive: true });
  });
}
