// What a client sent and received, as rows: the last 500 or some more. Rows are written once per animation frame, for
// all logs together.

import { looksLikeJson, pretty } from './json.js';
import { clock, size as sizeWords } from './words.js';

const KEPT = 500;
/** Rows live in blocks, which the style sheet lets the browser skip while they are out of sight. */
const BLOCK = 50;
const FOLD_CHARS = 320;
const FOLD_LINES = 12;

/** After a frame that wrote more rows than this, the next comes later: typing goes before fast traffic. */
const BUSY = 50;
const BUSY_PAUSE = 100;

const waiting = new Set();
let scheduled = false;
let pause = 0;

function schedule(log) {
  waiting.add(log);
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => requestAnimationFrame(writeAll), pause);
}

function writeAll() {
  scheduled = false;
  const logs = [...waiting];
  waiting.clear();
  let rows = 0;
  for (const log of logs) rows += log.write();
  for (const log of logs) log.follow();
  pause = rows > BUSY ? BUSY_PAUSE : 0;
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** The beginning of a long text, or null for one that is shown whole. */
function folded(text) {
  const start = text.length > FOLD_CHARS ? text.slice(0, FOLD_CHARS) : text;
  const lines = start.split('\n', FOLD_LINES + 1);
  if (lines.length > FOLD_LINES) return lines.slice(0, FOLD_LINES).join('\n');
  return start === text ? null : start;
}

const WAYS = { sent: ['↑', 'sent'], received: ['↓', 'received'], event: ['', ''] };

export class Log {
  #list;
  #newer;
  #written;
  #pending = [];
  #blocks = [];
  #entries = new WeakMap();
  #dropped = 0;
  #droppedRow = null;
  #following = true;
  #unseen = 0;

  /** `written` is called when rows have been written, at most once a frame. */
  constructor(list, newer, written) {
    this.#written = written;
    this.#list = list;
    this.#newer = newer;
    list.addEventListener('scroll', () => {
      this.#following = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
      if (this.#following && this.#unseen) this.#sawAll();
    }, { passive: true });
    list.addEventListener('click', event => this.#unfold(event.target.closest('button.unfold')));
    newer.addEventListener('click', () => this.toEnd());
  }

  add(entry) {
    this.#pending.push(entry);
    if (this.#pending.length > 2 * KEPT) this.#dropped += this.#pending.splice(0, KEPT).length;
    schedule(this);
  }

  clear() {
    this.#pending = [];
    this.#blocks = [];
    this.#list.replaceChildren();
    this.#droppedRow = null;
    this.#dropped = 0;
    this.toEnd();
  }

  toEnd() {
    this.#following = true;
    this.#sawAll();
    this.follow();
    this.#list.focus({ preventScroll: true });
  }

  /** Puts what waits into the page, takes the oldest out, and says how many rows it wrote. */
  write() {
    const rows = this.#pending.slice(-KEPT);
    this.#dropped += this.#pending.length - rows.length;
    this.#pending = [];
    for (const entry of rows) {
      if (!this.#blocks.length || this.#blocks.at(-1).childElementCount === BLOCK) this.#addBlock();
      this.#blocks.at(-1).append(this.#row(entry));
    }
    if (this.#dropped) this.#showDropped();
    this.#written();
    if (!this.#following) {
      this.#unseen += rows.length;
      this.#newer.textContent = `↓ ${this.#unseen.toLocaleString('en')} new`;
      this.#newer.hidden = false;
    }
    return rows.length;
  }

  /** Keeps the newest row in sight, unless the reader has scrolled up. */
  follow() {
    if (this.#following) this.#list.scrollTop = 1e9;
  }

  #sawAll() {
    this.#unseen = 0;
    this.#newer.hidden = true;
  }

  #addBlock() {
    const block = make('div', 'block');
    this.#list.append(block);
    this.#blocks.push(block);
    if (this.#blocks.length * BLOCK <= KEPT + BLOCK) return;
    this.#blocks.shift().remove();
    this.#dropped += BLOCK;
  }

  #showDropped() {
    if (!this.#droppedRow) {
      this.#droppedRow = make('p', 'dropped');
      this.#list.prepend(this.#droppedRow);
    }
    this.#droppedRow.textContent = `Older entries, not kept: ${this.#dropped.toLocaleString('en')}`;
  }

  #row(entry) {
    const row = make('div', `row ${entry.kind}`);
    if (entry.tone) row.classList.add(entry.tone);
    if (entry.problem) row.classList.add('bad');
    const time = make('time', '', clock(entry.at));
    time.dateTime = new Date(entry.at).toISOString();
    const [sign, word] = WAYS[entry.kind];
    const way = make('span', 'way', sign);
    if (word) way.setAttribute('aria-label', word);
    const short = entry.kind === 'event' ? null : folded(entry.text);
    const text = make('span', 'text', short === null ? entry.text : `${short}…`);
    row.append(time, way, text);
    if (entry.kind === 'event') return row;
    const size = make('span', 'size', sizeWords(entry.bytes));
    row.append(size);
    const json = looksLikeJson(entry.text);
    if (json || short !== null) {
      const unfold = make('button', 'unfold', json ? '{ }' : '…');
      unfold.title = json ? 'Formatted, or as sent' : 'All of it, or the beginning';
      unfold.setAttribute('aria-label', json ? 'Formatted JSON' : 'Whole message');
      unfold.setAttribute('aria-expanded', 'false');
      size.prepend(unfold);
      this.#entries.set(row, { entry, short });
    }
    if (entry.problem) row.append(make('span', 'problem', entry.problem));
    return row;
  }

  #unfold(button) {
    if (!button) return;
    const row = button.closest('.row');
    const { entry, short } = this.#entries.get(row);
    const open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(open));
    const whole = looksLikeJson(entry.text) ? pretty(entry.text) ?? entry.text : entry.text;
    row.querySelector('.text').textContent = open ? whole : short === null ? entry.text : `${short}…`;
  }
}
