// Makes the moving picture of save-and-see in README: the real page of a running chat beside its source, as a person
// types and saves. node .ci/recording.mjs [FILE]

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { chromium } from 'playwright-core';
import { run } from './program.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = resolve(process.argv[2] ?? join(root, 'docs/images/save-and-see.png'));
const WIDTH = 900;
const EDITOR = 184;
const PAGE = 560;
/** The lines of the source that are shown, from 0. */
const SHOWN = [7, 16];
const folder = mkdtempSync(join(tmpdir(), 'pinion-recording-'));
const file = join(folder, 'Chat.java');

/** The program, whose handler for messages has this line. */
const program = line => `import dev.pinion.*;

import static dev.pinion.AttributeType.STRING;

public final class Chat implements App {
  @Override
  public void define(Cloud cloud) {
    Table members = cloud.table("members").hashKey("id", STRING).create();
    WebSocket chat = cloud.webSocket("chat").create();

    chat.onConnect(c -> members.putItem(Item.of("id", c.id())));
    chat.onDisconnect(c -> members.deleteItem(Key.of("id", c.id())));
    chat.onMessage((c, body) ->
        members.scan().forEach(member ->
            ${line}));
  }
}
`;
const BEFORE = 'chat.sendMessage(member.string("id"), body)';
const AFTER = 'chat.sendMessage(member.string("id"), c.id().substring(0, 4) + ": " + body)';
const BROKEN = AFTER.replace('substring', 'subsring');

/** A page that shows the source, and below it a picture. */
const STAGE = `<!doctype html><style>
  body { margin: 0; background: #10151c; }
  .editor { box-sizing: border-box; height: ${EDITOR}px; padding: 0 0 0 18px; color: #d6dee8; overflow: hidden;
    font: 12px/1.35 "DejaVu Sans Mono", monospace; }
  .tab { margin: 0 0 6px -18px; padding: 6px 18px; background: #18202a; color: #9fb0c3; }
  .tab.saved::after { content: " \\2713 saved"; color: #7bd88f; }
  .tab.changed::after { content: " \\25cf"; color: #e6c07b; }
  pre { margin: 0; font: inherit; white-space: pre; }
  .at { display: inline-block; min-width: 100%; background: #1d2733; }
  b { font-weight: 400; color: #7fb4ff; } i { font-style: normal; color: #98c379; } u { text-decoration: underline wavy #f07178; }
  img { width: ${WIDTH}px; height: ${PAGE}px; display: block; }
</style><div class="editor"><div class="tab">Chat.java</div><pre></pre></div><img>`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const stage = await browser.newPage({ viewport: { width: WIDTH, height: EDITOR + PAGE } });
await stage.setContent(STAGE);
writeFileSync(file, program(BEFORE));
const running = await run(file);
const page = await browser.newPage({ viewport: { width: WIDTH, height: PAGE }, colorScheme: 'light' });
await page.goto(running.page);

const frames = [];

/** Takes a picture that stays for so many milliseconds. */
async function frame(millis, line, mark = '') {
  const shot = await page.screenshot();
  await stage.evaluate(async ({ text, picture, state }) => {
    const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    document.querySelector('pre').innerHTML = escaped.replace(/"[^"\n]*"/g, '<i>$&</i>')
      .replace(/\b(import|static|public|final|class|implements|void)\b/g, '<b>$1</b>').replace('subsring', '<u>subsring</u>')
      .split('\n').map(each => each.includes('sendMessage') ? `<span class="at">${each}</span>` : each).join('\n');
    document.querySelector('.tab').className = `tab ${state}`;
    const image = document.querySelector('img');
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
  }, { text: program(line).split('\n').slice(...SHOWN).join('\n'), picture: shot.toString('base64'), state: mark });
  const whole = await stage.screenshot();
  const clip = frames.length ? await changed(frames.at(-1).whole, whole) : { x: 0, y: 0, width: WIDTH, height: EDITOR + PAGE };
  frames.push({ millis, whole, clip, png: frames.length ? await stage.screenshot({ clip }) : whole });
}

/** The rectangle in which two pictures differ. */
function changed(before, after) {
  return stage.evaluate(async pictures => {
    const [one, other] = await Promise.all(pictures.map(async each => {
      const image = new Image();
      image.src = `data:image/png;base64,${each}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    }));
    const bounds = { left: one.width, top: one.height, right: 0, bottom: 0 };
    for (let y = 0; y < one.height; y++) {
      for (let x = 0; x < one.width; x++) {
        const at = 4 * (y * one.width + x);
        if (one.data[at] === other.data[at] && one.data[at + 1] === other.data[at + 1] && one.data[at + 2] === other.data[at + 2]) continue;
        bounds.left = Math.min(bounds.left, x);
        bounds.right = Math.max(bounds.right, x + 1);
        bounds.top = Math.min(bounds.top, y);
        bounds.bottom = Math.max(bounds.bottom, y + 1);
      }
    }
    if (bounds.right === 0) return { x: 0, y: 0, width: 1, height: 1 };
    return { x: bounds.left, y: bounds.top, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
  }, [before, after].map(each => each.toString('base64')));
}

const card = number => page.getByRole('article', { name: `Client ${number}`, exact: true });

async function say(number, text) {
  const input = card(number).getByRole('textbox', { name: `Message as Client ${number}` });
  await input.fill(text);
  await input.press('Enter');
}

const heard = (number, text) => card(number).locator('.received').filter({ hasText: text }).first().waitFor();

async function type(from, to) {
  let start = 0;
  while (from[start] === to[start]) start++;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  const rest = to.slice(to.length - end);
  for (let at = start + 4; at < to.length - end; at += 4) await frame(140, to.slice(0, at) + rest, 'changed');
  await frame(400, to, 'changed');
}

async function saved(line, happened) {
  writeFileSync(file, program(line));
  await happened();
  await frame(1800, line, 'saved');
}

for (const number of [1, 2]) await card(number).locator('.words', { hasText: /^open/ }).waitFor();
await frame(900, BEFORE);
await say(1, 'hello');
await heard(2, 'hello');
await frame(1600, BEFORE);
await type(BEFORE, BROKEN);
await saved(BROKEN, () => page.getByText('cannot find symbol').waitFor());
await type(BROKEN, AFTER);
await saved(AFTER, () => page.getByText('cannot find symbol').waitFor({ state: 'hidden' }));
await say(2, 'hello again');
await heard(1, ': hello again');
await frame(3000, AFTER);

await browser.close();
await running.stop('SIGTERM');
rmSync(folder, { recursive: true });
writeFileSync(target, animated(frames));
console.log(`${target}: ${frames.length} frames, ${Math.round(readFileSync(target).length / 1024)} KiB`);

/** Joins PNG files of one size to one that moves (PNG specification, third edition, section 11.3.6). */
function animated(all) {
  const chunks = [];
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    chunks.push(head, body, sum);
  };
  const number = value => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const parts = png => {
    const found = {};
    for (let at = 8; at < png.length;) {
      const length = png.readUInt32BE(at);
      const type = png.toString('latin1', at + 4, at + 8);
      found[type] = [...(found[type] ?? []), png.subarray(at + 8, at + 8 + length)];
      at += length + 12;
    }
    return found;
  };
  chunks.push(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  let sequence = 0;
  all.forEach(({ millis, clip, png }, i) => {
    const { IHDR: [header], IDAT: data } = parts(png);
    if (i === 0) {
      chunk('IHDR', header);
      chunk('acTL', Buffer.concat([number(all.length), number(0)]));
    }
    const delay = Buffer.alloc(6);
    delay.writeUInt16BE(millis, 0);
    delay.writeUInt16BE(1000, 2);
    chunk('fcTL', Buffer.concat([number(sequence++), ...[clip.width, clip.height, clip.x, clip.y].map(number), delay]));
    const whole = Buffer.concat(data);
    if (i === 0) chunk('IDAT', whole);
    else chunk('fdAT', Buffer.concat([number(sequence++), whole]));
  });
  chunk('IEND', Buffer.alloc(0));
  return Buffer.concat(chunks);
}
