// Measures what the console costs: 1,000 messages a second for ten seconds, each with its answer, while nobody looks, and
// while the page of requests is open. Prints the round trips of a client, the page's frames and what it keeps, and fails
// when either has become slow. Not a test: it needs an idle machine. node .ci/console-load.mjs [SECONDS] [RATE]

import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { WebSocket } from 'ws';
import { run } from './program.mjs';

const [seconds = 10, rate = 1000] = process.argv.slice(2).map(Number);
const program = await run('examples/echo/Echo.java');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** Sends at the rate, ten messages at a time, and gives the round trips in ms. */
async function load(forSeconds) {
  const socket = new WebSocket(program.url);
  await new Promise(done => socket.once('open', done));
  const trips = [];
  socket.on('message', data => trips.push(performance.now() - Number(JSON.parse(data).at)));
  const began = performance.now();
  let sent = 0;
  while (performance.now() - began < forSeconds * 1000) {
    const due = Math.floor((performance.now() - began) / 1000 * rate);
    for (; sent < due; sent++) socket.send(JSON.stringify({ at: performance.now(), text: 'x'.repeat(100) }));
    await wait(5);
  }
  for (let i = 0; i < 100 && trips.length < sent; i++) await wait(50);
  socket.close();
  trips.sort((a, b) => a - b);
  return { sent, answered: trips.length, median: quantile(trips, 0.5), p99: quantile(trips, 0.99) };
}

/** What the page's main thread did meanwhile: frames, the longest pause between two, memory. */
async function watched(page, work) {
  await page.evaluate(() => {
    window.gaps = [];
    let last = performance.now();
    const tick = now => {
      window.gaps.push(now - last);
      last = now;
      window.ticking = requestAnimationFrame(tick);
    };
    window.ticking = requestAnimationFrame(tick);
  });
  const result = await work();
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(window.ticking);
    const gaps = window.gaps.sort((a, b) => a - b);
    return { frames: gaps.length, p99Gap: gaps[Math.floor(gaps.length * 0.99)], longestGap: gaps.at(-1) };
  });
  return { ...result, ...frames };
}

const figures = object => Object.entries(object).map(([name, value]) => `${name} ${Math.round(value * 100) / 100}`).join(', ');

await load(3);
console.log('nobody looks:', figures(await load(seconds)));
const page = await browser.newPage();
await page.goto(`${program.page}#requests`);
await page.locator('#view-requests .tools').waitFor();
await load(2);
const looked = await watched(page, () => load(seconds));
console.log('requests are looked at:', figures(looked));
await page.getByText(/older ones are gone/).waitFor();
console.log('the page says:', await page.locator('#request-count').textContent());
const rows = await page.locator('#view-requests .entry').count();
const heap = await page.evaluate(() => performance.memory.usedJSHeapSize);
console.log(`rows in the document ${rows}, JavaScript heap ${Math.round(heap / 1024 / 1024)} MiB`);
await browser.close();
await program.stop('SIGTERM');
const slow = looked.answered < looked.sent || looked.median > 50 || looked.p99Gap > 200 || rows > 100;
process.exitCode = slow ? 1 : 0;
