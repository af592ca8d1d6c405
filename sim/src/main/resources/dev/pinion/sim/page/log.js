// What a client sent and received: the last entries, of which only those in sight are in the document. Rows are written
// once per animation frame, for all logs together.

import { copyText, h } from './dom.js';
import { isJson, jsonInline, jsonTree } from './tree.js';
import { clock, plural, size } from './words.js';

/** What a log keeps: entries, and characters of their texts. */
export const KEPT = 1000;
const KEPT_CHARS = 4_000_000;
const SLACK = 100;

/** Rows in the document: so many while the newest is followed, and up to so many for a reader who scrolls. */
const FOLLOWED = 120;
const ROWS = 300;
const STEP = 60;

/** After a frame that wrote more rows than this, the next comes later: typing goes before fast traffic. */
const BUSY = 50;
const BUSY_PAUSE = 100;
/** Shorter texts fit into four lines of the narrowest card. */
const MAY_FOLD = 90;

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
  for (const log of logs) log.settle();
  pause = rows > BUSY ? BUSY_PAUSE : 0;
}

const WAYS = { sent: ['↑', 'sent'], received: ['↓', 'received'] };

export class Log {
  #list;
  #newer;
  #written;
  #top = h('p.dropped', { hidden: true });
  #entries = [];
  /** The number of the first kept entry; numbers go on from the first one ever. */
  #base = 0;
  #chars = 0;
  /** The rows are those of the entries from `#first` on, before `#next`. */
  #first = 0;
  #next = 0;
  #fresh = [];
  #seen = 0;
  #following = true;
  /** Where the newest row was last brought into sight: only a scroll to above it is the reader's. */
  #followedTo = 0;
  #needle = '';
  #byRow = new WeakMap();
  #visible = true;

  /** `written` is called when rows have been written, at most once a frame. */
  constructor(list, newer, written) {
    this.#written = written;
    this.#list = list;
    this.#newer = newer;
    list.append(this.#top);
    list.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    list.addEventListener('click', event => this.#clicked(event.target.closest('button')));
    newer.addEventListener('click', () => this.toEnd());
  }

  get #end() {
    return this.#base + this.#entries.length;
  }

  /** What is kept, oldest first. */
  get entries() {
    return this.#entries;
  }

  /** How many entries were not kept. */
  get dropped() {
    return this.#base;
  }

  add(entry) {
    this.#entries.push(entry);
    this.#chars += entry.text.length;
    if (this.#entries.length > KEPT + SLACK || this.#chars > KEPT_CHARS) this.#drop();
    schedule(this);
  }

  #drop() {
    let count = Math.max(this.#entries.length - KEPT, 0);
    let chars = this.#chars;
    for (let i = 0; i < count; i++) chars -= this.#entries[i].text.length;
    while (chars > KEPT_CHARS * 0.9 && count < this.#entries.length - 1) chars -= this.#entries[count++].text.length;
    this.#entries.splice(0, count);
    this.#base += count;
    this.#chars = chars;
  }

  /** Takes what another page has kept. */
  restore(entries, dropped) {
    this.#base = this.#first = this.#next = this.#seen = dropped;
    this.#entries = entries;
    this.#chars = entries.reduce((sum, each) => sum + each.text.length, 0);
    schedule(this);
  }

  clear() {
    this.#entries = [];
    this.#base = this.#chars = 0;
    this.#redraw();
  }

  /** Shows only entries that contain a text, in any case; all for none. Returns how many that are. */
  filter(text) {
    const needle = text.toLowerCase();
    if (needle !== this.#needle) {
      this.#needle = needle;
      this.#redraw();
    }
    return needle ? this.#entries.filter(each => this.#matches(each)).length : this.#entries.length;
  }

  /** A log that is out of sight writes nothing. */
  show(visible) {
    this.#visible = visible;
    if (visible) this.toEnd(false);
  }

  toEnd(focus = true) {
    this.#following = true;
    this.#redraw();
    if (focus) this.#list.focus({ preventScroll: true });
  }

  #redraw() {
    this.#list.replaceChildren(this.#top);
    this.#fresh = [];
    this.#first = this.#next = Math.max(this.#base, this.#end - (this.#needle ? this.#entries.length : FOLLOWED));
    this.#seen = this.#end;
    this.#following = true;
    this.#newer.hidden = true;
    this.write();
    this.settle();
  }

  #matches(entry) {
    return !this.#needle || entry.text.toLowerCase().includes(this.#needle);
  }

  /** Puts new entries into the document, and says how many rows it wrote. */
  write() {
    if (!this.#visible) return 0;
    this.#written();
    if (!this.#following) {
      this.#unseen();
      return 0;
    }
    const numbers = this.#after(Math.max(this.#next, this.#base)).slice(-FOLLOWED);
    if (numbers.length === FOLLOWED) this.#list.replaceChildren(this.#top);
    this.#append(numbers);
    this.#next = this.#seen = this.#end;
    this.#trimStart(FOLLOWED + SLACK);
    return numbers.length;
  }

  #after(from, limit = Infinity) {
    const numbers = [];
    for (let i = from; i < this.#end && numbers.length < limit; i++) {
      if (this.#matches(this.#entries[i - this.#base])) numbers.push(i);
    }
    return numbers;
  }

  #append(numbers) {
    const rows = numbers.map(number => this.#row(number));
    this.#list.append(...rows);
    this.#fresh.push(...rows);
  }

  #trimStart(most) {
    for (let extra = this.#list.childElementCount - 1 - most; extra > 0; extra--) this.#top.nextElementSibling.remove();
    const first = this.#top.nextElementSibling;
    this.#first = first ? this.#byRow.get(first) : this.#next;
  }

  /** Folds what is longer than four lines, and keeps the newest row in sight unless the reader has scrolled up. */
  settle() {
    const fresh = this.#fresh.filter(row => row.isConnected && row.lastElementChild.matches('.fold'));
    this.#fresh = [];
    const long = fresh.filter(row => row.lastElementChild.scrollHeight > row.lastElementChild.clientHeight + 2);
    for (const row of long) {
      const lines = this.#entryOf(row)?.text.split('\n').length;
      row.append(h('button.unfold.quiet', { type: 'button', 'aria-expanded': 'false' },
        lines > 4 ? `Show all ${lines.toLocaleString('en')} lines` : 'Show all'));
    }
    const dropped = this.#base;
    this.#top.hidden = dropped === 0 || this.#first > this.#base;
    this.#top.textContent = `Older entries, not kept: ${dropped.toLocaleString('en')}`;
    this.follow();
  }

  follow() {
    if (!this.#following) return;
    this.#list.scrollTop = 1e9;
    this.#followedTo = this.#list.scrollTop;
  }

  #unseen() {
    const count = this.#end - this.#seen;
    this.#newer.textContent = `↓ ${count.toLocaleString('en')} new`;
    this.#newer.hidden = count === 0;
  }

  #scrolled() {
    const list = this.#list;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
    if (this.#following && (atEnd || list.scrollTop >= this.#followedTo)) return;
    if (atEnd && this.#next < this.#end) this.#showLater();
    this.#following = atEnd && this.#next === this.#end;
    if (this.#following) {
      this.#followedTo = list.scrollTop;
      this.#newer.hidden = true;
    } else if (list.scrollTop < 150) this.#showEarlier();
  }

  #showLater() {
    const numbers = this.#after(Math.max(this.#next, this.#base), STEP);
    this.#append(numbers);
    this.#next = numbers.length < STEP ? this.#end : numbers.at(-1) + 1;
    const { scrollHeight } = this.#list;
    this.#trimStart(ROWS);
    this.#list.scrollTop -= scrollHeight - this.#list.scrollHeight;
    this.#seen = Math.max(this.#seen, this.#next);
    this.settle();
  }

  #showEarlier() {
    const rows = [];
    let number = Math.min(this.#first, this.#end) - 1;
    for (; number >= this.#base && rows.length < STEP; number--) {
      if (this.#matches(this.#entries[number - this.#base])) rows.unshift(this.#row(number));
    }
    this.#first = Math.max(number + 1, this.#base);
    if (rows.length === 0) return;
    const { scrollHeight, scrollTop } = this.#list;
    this.#top.after(...rows);
    this.#fresh.push(...rows);
    this.settle();
    this.#list.scrollTop = scrollTop + this.#list.scrollHeight - scrollHeight;
    this.#trimEnd();
  }

  #trimEnd() {
    let extra = this.#list.childElementCount - 1 - ROWS;
    if (extra <= 0) return;
    for (; extra > 0; extra--) this.#list.lastElementChild.remove();
    this.#next = this.#byRow.get(this.#list.lastElementChild) + 1;
  }

  #entryOf(row) {
    return this.#entries[this.#byRow.get(row) - this.#base];
  }

  #row(number) {
    const entry = this.#entries[number - this.#base];
    const row = h(`div.row.${entry.kind}`);
    this.#byRow.set(row, number);
    if (entry.tone) row.classList.add(entry.tone);
    if (entry.problem) row.classList.add('bad');
    const time = h('time', { datetime: new Date(entry.at).toISOString() }, clock(entry.at));
    if (entry.kind === 'event') {
      row.append(time, h('span.text', entry.text));
      return row;
    }
    const [sign, word] = WAYS[entry.kind];
    const json = isJson(entry.text);
    row.append(h('div.head', h('span.way', { 'aria-label': word }, sign), time,
      h('span.size', size(entry.bytes)),
      h('button.tool.take', { type: 'button', 'aria-label': 'Copy this message' }, 'copy'),
      json && h('button.tool.tree', { type: 'button', 'aria-label': 'Formatted JSON', 'aria-expanded': 'false' }, '{ }')));
    if (entry.problem) row.append(h('p.problem', entry.problem));
    const text = h('div.text', this.#content(entry, json));
    if (entry.text.length > MAY_FOLD || entry.text.includes('\n')) text.classList.add('fold');
    row.append(text);
    return row;
  }

  #content({ text }, json) {
    if (this.#needle) return marked(text, this.#needle);
    return json ? jsonInline(text) : text;
  }

  #clicked(button) {
    const row = button?.closest('.row');
    const entry = row && this.#entryOf(row);
    if (!entry) return;
    const text = row.querySelector('.text');
    if (button.matches('.take')) {
      copyText(entry.text, button).then(copied => {
        button.textContent = copied ? 'copied' : 'not copied';
        setTimeout(() => { button.textContent = 'copy'; }, 1200);
      });
    } else if (button.matches('.tree')) {
      const open = flip(button);
      row.classList.toggle('as-tree', open);
      text.replaceChildren(...[open ? jsonTree(entry.text) : this.#content(entry, true)].flat());
    } else if (button.matches('.unfold')) {
      row.classList.toggle('whole', flip(button));
      button.dataset.more ??= button.textContent;
      button.textContent = row.classList.contains('whole') ? 'Show less' : button.dataset.more;
    }
  }
}

function flip(button) {
  const open = button.getAttribute('aria-expanded') !== 'true';
  button.setAttribute('aria-expanded', String(open));
  return open;
}

/** The text with what was searched for marked, up to a hundred times. */
function marked(text, needle) {
  const nodes = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(needle); at >= 0 && nodes.length < 200; at = lower.indexOf(needle, from)) {
    nodes.push(text.slice(from, at), h('mark', text.slice(at, at + needle.length)));
    from = at + needle.length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

/** Entries as text, a line each. */
export function asText(entries) {
  const way = { sent: '↑', received: '↓', event: '·' };
  return entries.map(each => `${clock(each.at)} ${way[each.kind]} ${each.text}`).join('\n');
}

/** What a log says of itself when asked how much it has. */
function keptWords(log) {
  return `${plural(log.entries.length, 'entry', 'entries')} kept${log.dropped ? `, ${log.dropped} older not` : ''}`;
}
