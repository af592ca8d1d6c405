// The view of requests: each event with what its handler did, and calling it again.

import { h, icon } from './dom.js';
import { act } from './feed.js';
import { cut, shownBlock, shownLine } from './shown.js';
import { VirtualRows } from './virtual.js';
import { clock, micros, plural } from './words.js';

const HEIGHT = 34;
/** Beside these there is a filter for each kind that the app has. */
const FIRST = [['all', 'All'], ['failed', 'Failed']];
const LAST = [['note', 'Log']];

let page;
let list;
let rows;
let detail;
let root;
let switches;
let search;
let events = [];
let filter = 'all';
let text = '';
let chosen = null;
let paused = null;

/** Whether a message did not fit the type of its route, so that no handler has seen it. */
const unfit = event => Boolean(event.reply?.text.startsWith('{"message":"Bad request body: ')
  && event.reply.text.includes(`"requestId":"${event.id}"`));
const failed = event => event.kind === 'note' ? event.tone === 'error'
  : event.failure !== undefined || event.status >= 400 || unfit(event);
const passes = event => (filter === 'all' || (filter === 'failed' ? failed(event) : event.kind === filter))
  && (!text || searched(event).includes(text));

/** What a search looks through, made once for each event. */
function searched(event) {
  return event.searched ??= [event.route, event.handler, event.connectionId, event.id, event.body?.text, event.text?.text,
    event.failure?.text, event.log].filter(Boolean).join('\n').toLowerCase();
}

function mount(section, context) {
  page = context;
  root = section;
  list = h('div.stream', { tabindex: 0, role: 'listbox', 'aria-label': 'Requests, the newest first', onkeydown: keys });
  detail = h('div.detail', { tabindex: -1, 'aria-label': 'Request', role: 'region' });
  section.append(tools(), h('div.split', h('div.side.card', list, h('p.empty', { id: 'no-requests' })), detail));
  rows = new VirtualRows(list, HEIGHT, row, index => `${events[index].n} ${events[index].n === chosen?.n}`);
  page.on('events', batch => page.shown() === 'requests' && update(batch));
  showDetail();
}

function tools() {
  search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search the requests',
    oninput: event => { text = event.target.value.trim().toLowerCase(); update([]); } });
  switches = h('div.switch', { role: 'group', 'aria-label': 'Which requests' });
  const pause = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => {
    paused = paused ? null : [...page.feed.events];
    pause.setAttribute('aria-pressed', String(Boolean(paused)));
    pause.lastChild.data = paused ? 'Go on' : 'Pause';
    update([]);
  } }, icon('pause'), 'Pause');
  return h('div.tools', switches,
    h('label.find', icon('search'), search),
    pause,
    h('button', { type: 'button', onclick: () => {
      paused &&= [];
      page.feed.clear();
    } }, 'Clear'),
    h('span.count', { role: 'status', id: 'request-count' }));
}

/** Shows a filter for each kind of requests that the app has. */
function filters({ kinds }) {
  const all = [...FIRST, ...kinds.map(({ id, many }) => [id, many]), ...LAST];
  if (!all.some(([id]) => id === filter)) filter = 'all';
  switches.replaceChildren(...all.map(([id, label]) =>
    h('button', { type: 'button', 'aria-pressed': String(id === filter), data: { id }, onclick: () => select(id) }, label)));
  update([]);
}

function select(id) {
  filter = id;
  for (const each of switches.children) each.setAttribute('aria-pressed', String(each.dataset.id === filter));
  update([]);
}

/** Shows what has happened; `batch` are the newest events. */
function update(batch) {
  const before = events;
  const all = paused ?? page.feed.events;
  events = all.filter(passes).reverse();
  const added = paused ? 0 : batch.filter(passes).length;
  const anchored = before.length && events.length ? added : 0;
  rows.show(events.length, anchored);
  const { dropped } = page.feed;
  const kept = `${plural(events.length, 'entry', 'entries')}`;
  root.querySelector('#request-count').textContent = dropped
    ? `${kept}. Kept are the last 2,000; ${dropped.toLocaleString('en')} older ones are gone.` : kept;
  const none = root.querySelector('#no-requests');
  none.hidden = events.length > 0;
  none.textContent = all.length ? 'Nothing matches.'
    : 'No requests yet. What a client does appears here, while this page is open.';
}

function row(index) {
  const event = events[index];
  const selected = chosen?.n === event.n;
  const attributes = { role: 'option', 'aria-selected': String(selected), onclick: () => choose(event) };
  if (event.kind === 'note') {
    return h('div.entry.note-entry', { ...attributes, data: { tone: event.tone } },
      h('time', clock(event.at)), h('span.dot'), h('span.what', event.text.text.split('\n')[0]));
  }
  return h('div.entry', { ...attributes, data: { tone: failed(event) ? 'error' : 'good' } },
    h('time', clock(event.at)), h('span.dot'), h('code.route', event.route),
    h('span.what', event.again && h('span.chip', 'again'), summary(event)),
    event.steps.length > 0 && h('span.steps', { title: plural(event.steps.length, 'operation') },
      `${event.steps.length + event.stepsDropped}×`),
    h('span.took', micros(event.micros)));
}

function summary(event) {
  if (event.failure) return h('span.bad', event.failure.text.split('\n')[0]);
  if (event.body) return shownLine(event.body, 160);
  if (event.kind === 'connect') return h('span.dim', event.status < 300 ? 'accepted' : `refused with ${event.status}`);
  return h('span.dim', event.close ?? '');
}

function keys(event) {
  const at = events.findIndex(each => each.n === chosen?.n);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: events.length - 1, PageDown: at + 15, PageUp: at - 15 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const index = Math.max(0, Math.min(events.length - 1, to));
  if (!events[index]) return;
  choose(events[index], true);
  rows.reveal(index);
}

function choose(event, quietly = false) {
  chosen = event;
  rows.refresh();
  showDetail();
  root.classList.add('in-detail');
  const hash = `#requests/${event.n}`;
  if (location.hash !== hash) history.replaceState(null, '', hash);
  if (!quietly && matchMedia('(max-width: 720px)').matches) detail.focus();
}

function showDetail() {
  if (!chosen) {
    detail.replaceChildren(h('p.empty', 'Choose a request to see what its handler did, and to call it again.'));
    return;
  }
  const back = h('button.back', { type: 'button', onclick: () => root.classList.remove('in-detail') }, icon('left'), 'All requests');
  detail.replaceChildren(back, ...(chosen.kind === 'note' ? note(chosen) : request(chosen)));
  detail.scrollTop = 0;
}

function note(event) {
  return [h('header', h('h2', { error: 'Error', warning: 'Warning', event: 'Log' }[event.tone]),
    h('span.dim', clock(event.at))), shownBlock(event.text)];
}

function request(event) {
  const state = event.failure ? 'failed' : unfit(event) ? 'bad request' : event.kind === 'connect' ? `answered ${event.status}` : 'done';
  return [
    h('header', h('h2', event.route), h('span.chip', { data: { tone: failed(event) ? 'error' : 'good' } }, state),
      h('span.dim', `${micros(event.micros)}${event.again ? ', called again by hand' : event.attempt > 1 ? `, attempt ${event.attempt}` : ''}`)),
    facts(event),
    event.failure && section('Exception', trace(event.failure)),
    eventSection(event),
    section(`Operations${event.steps.length ? '' : ': none'}`, timeline(event)),
    event.log && section('Log', h('pre.plain', event.log), event.logCut && h('p.note', 'The first 16 KiB.')),
    event.reply && section(unfit(event) ? 'Answer to the client: no handler has seen the message' : 'Answer to the client', shownBlock(event.reply)),
  ].filter(Boolean);
}

const section = (title, ...content) => h('section', h('h3', title), ...content);

function facts(event) {
  return h('dl.facts',
    fact('Handler', h('span', h('a', { href: `#app/${event.handler.split('/').map(encodeURIComponent).join('/')}` }, event.handler), ' ',
      h('code.dim', event.location))),
    event.connectionId && fact('Connection', h('span', h('a', { href: `#connections/${encodeURIComponent(event.connectionId)}` },
      h('code', event.connectionId)))),
    fact('Request id', h('code', event.id)),
    fact('Arrived', clock(event.at)));
}

const fact = (name, value) => h('div', h('dt', name), h('dd', value));

function eventSection(event) {
  const title = page.api.kinds.find(each => each.id === event.kind)?.one ?? 'Event';
  return h('section', h('h3', title), event.headers && [pairs('Query', event.query), pairs('Headers', event.headers)],
    event.close && h('p', h('code', event.close)), event.body && shownBlock(event.body), event.repeatable && again(event));
}

function pairs(title, values) {
  const all = Object.entries(values ?? {});
  if (!all.length) return null;
  return h('details', { open: title === 'Query' }, h('summary', `${title} (${all.length})`),
    h('dl.pairs', all.map(([name, list]) => [h('dt', name), h('dd', list.join(', '))])));
}

/** The form that calls the handler once more: what it was called with can be edited first. */
function again(event) {
  const what = event.kind === 'message' ? 'message' : 'event';
  const whole = event.body && event.body.of === undefined;
  const input = whole && h('textarea', { 'aria-label': `${what === 'message' ? 'Message' : 'Event'} to call again with`, rows: 3, spellcheck: 'false' });
  const result = h('span.dim', { role: 'status' });
  const call = h('button.strong', { type: 'button', onclick: async () => {
    call.disabled = true;
    const edited = input && input.value !== event.body.text ? input.value : undefined;
    const { message } = await act('again', { number: event.n, text: edited });
    result.textContent = message;
    call.disabled = false;
  } }, icon('again'), 'Call again');
  if (input) {
    input.value = event.body.text;
    input.rows = Math.min(10, Math.max(2, event.body.text.split('\n').length + Math.floor(event.body.text.length / 90)));
    input.addEventListener('keydown', key => {
      if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) call.click();
    });
  }
  return h('details.again', h('summary', input ? `Call again, with another ${what}` : 'Call again'), input,
    event.body?.of && h('p.note', `This ${what} is longer than the page shows: it is called again unchanged.`),
    h('div.row-of', call, result));
}

function timeline(event) {
  if (!event.steps.length) return null;
  const whole = Math.max(event.micros, 1);
  return h('ol.timeline', event.steps.map(step => h('li', { data: { tone: step.failed ? 'error' : 'good' } },
    h('div.bar', { 'aria-hidden': 'true' }, bar(step, whole)),
    h('div.head', h('code', step.operation), ' ', resource(step), h('span.took', micros(step.micros))),
    step.text.text && shownLine(step.text, 400), cut(step.text.of, step.text.text),
    h('p.result', step.result.text))),
  event.stepsDropped > 0 && h('li.note', `${plural(event.stepsDropped, 'more operation')}, which is not shown: kept are the first 100.`));
}

function bar(step, whole) {
  const part = h('i');
  part.style.left = `${Math.min(99, step.at / whole * 100)}%`;
  part.style.width = `${Math.max(1, Math.min(100, step.micros / whole * 100))}%`;
  return part;
}

function resource(step) {
  const isTable = page.api.tables.some(each => each.id === step.resource);
  return isTable ? h('a', { href: `#tables/${encodeURIComponent(step.resource)}` }, step.resource) : h('span', step.resource);
}

/** The stack, in which the app's own lines are what counts. */
function trace(failure) {
  return h('pre.trace', failure.text.split('\n').map((line, i) =>
    h(`span${i === 0 ? '.bad' : /^ +at /.test(line) ? '.own' : ''}`, `${line}\n`)));
}

/** Shows the requests, a request by its number, or by `of` those that a text is in, such as a handler or a connection id. */
function show([number, wantedText]) {
  if (number === 'of' && wantedText) {
    search.value = wantedText;
    text = wantedText.toLowerCase();
    select('all');
    return;
  }
  update([]);
  const wanted = number && page.feed.events.find(each => String(each.n) === number);
  if (wanted && wanted.n !== chosen?.n) choose(wanted);
}

export const view = { mount, show, model: filters };
