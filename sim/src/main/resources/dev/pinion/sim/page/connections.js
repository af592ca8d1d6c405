// The view of all connections, also those of real clients.

import { arrange, copyText, h, icon, iconButton } from './dom.js';
import { act, look } from './feed.js';
import { NetworkForm } from './network.js';
import { shownBlock, shownLine } from './shown.js';
import { clock, distance, plural, size } from './words.js';

const EVERY = 1000;

let page;
let root;
let table;
let detail;
let text = '';
let chosen = null;
let all = { connections: [], open: 0, found: 0 };
let timer = null;
let rows = new Map();
let rowsOf = null;
let network;
let asked = 0;

function mount(section, context) {
  page = context;
  root = section;
  table = h('div.stream.rows', { role: 'listbox', tabindex: 0, 'aria-label': 'Connections, the newest first', onkeydown: keys });
  detail = h('div.detail', { tabindex: -1, role: 'region', 'aria-label': 'Connection' });
  section.append(
    h('div.tools',
      h('label.find', icon('search'), h('input', { type: 'search', placeholder: 'Id, address or browser',
        'aria-label': 'Search the connections', oninput: event => { text = event.target.value.trim(); refresh(); } })),
      h('span.count', { role: 'status', id: 'connection-count' })),
    h('div.split', h('div.side.card', table, h('p.empty', { id: 'no-connections' }, 'No connections.')), detail));
  page.on('events', batch => {
    if (page.shown() === 'connections' && chosen && batch.some(each => touches(each))) refreshRows();
  });
  drawDetail();
}

/** Whether an event may have changed the rows of the chosen connection. */
const touches = event => event.steps?.some(step => step.keys.length > 0);

async function refresh() {
  clearTimeout(timer);
  const mine = ++asked;
  try {
    const answer = await look(`connections.json?find=${encodeURIComponent(text)}`);
    const frames = chosen ? await look(`connection.json?id=${encodeURIComponent(chosen.id)}`) : null;
    if (mine !== asked) return;
    all = answer;
    draw();
    if (frames && chosen) drawState(frames);
  } catch {
    page.answers();
  }
  if (page.shown() === 'connections' && mine === asked) timer = setTimeout(refresh, EVERY);
}

function draw() {
  const several = page.api.webSockets.length > 1;
  const drawn = new Map(all.connections.map(each => [each.id, fill(rows.get(each.id) ?? row(each), each, several)]));
  arrange(table, [...drawn.values()]);
  rows = drawn;
  root.querySelector('#no-connections').hidden = all.connections.length > 0;
  const { length } = all.connections;
  root.querySelector('#connection-count').textContent = `${plural(all.open, 'connection')} open`
    + (length < all.found ? `, the newest ${length} are shown` : text ? `, ${length} found` : '');
  const fresh = chosen && all.connections.find(each => each.id === chosen.id);
  if (fresh) chosen = fresh;
}

function row({ id }) {
  return h('div.entry.connection', { role: 'option', data: { id },
    onclick: () => choose(all.connections.find(each => each.id === id)) },
  h('span.dot'), h('code.id', id), h('span.what', h('span.chip'), h('span.dim')),
  h('span.flow', { title: 'Messages received from the client' }), h('span.flow', { title: 'Frames sent to the client' }));
}

/** Writes what a row says now. */
function fill(element, each, several) {
  const [, , what, received, sent] = element.children;
  element.setAttribute('aria-selected', String(each.id === chosen?.id));
  const [chip, since] = what.children;
  chip.hidden = !several;
  chip.textContent = each.webSocket;
  since.textContent = `${each.address}, since ${distance(Date.now() - each.since)}`;
  received.textContent = `${each.messagesReceived.toLocaleString('en')} ↑`;
  sent.textContent = `${each.framesSent.toLocaleString('en')} ↓`;
  return element;
}

function keys(event) {
  const at = all.connections.findIndex(each => each.id === chosen?.id);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.connections.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const wanted = all.connections[Math.max(0, Math.min(all.connections.length - 1, to))];
  if (!wanted) return;
  choose(wanted, true);
  table.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
}

function choose(connection, quietly = false) {
  chosen = connection;
  rowsOf = null;
  root.classList.add('in-detail');
  const hash = `#connections/${encodeURIComponent(connection.id)}`;
  if (location.hash !== hash) history.replaceState(null, '', hash);
  drawDetail();
  draw();
  refresh();
  refreshRows();
  if (!quietly && matchMedia('(max-width: 720px)').matches) detail.focus();
}

async function refreshRows() {
  const { id } = chosen;
  try {
    const found = await look(`rows.json?id=${encodeURIComponent(id)}`);
    if (chosen?.id !== id) return;
    rowsOf = found;
    drawRows();
  } catch {
    page.answers();
  }
}

function drawDetail() {
  if (!chosen) {
    detail.replaceChildren(h('p.empty', 'Choose a connection to see its last frames and rows, to send to it, and to close it.'));
    return;
  }
  const { id } = chosen;
  const input = h('textarea', { rows: 1, placeholder: 'Message', 'aria-label': 'Message to send to the connection', spellcheck: 'false',
    onkeydown: event => {
      if (event.key !== 'Enter' || event.shiftKey) return;
      event.preventDefault();
      event.target.form.requestSubmit();
    } });
  network = new NetworkForm('this client', async (delayMillis, bytesPerSecond) => {
    page.say((await act('network', { connectionId: id, delayMillis, bytesPerSecond })).message);
    refresh();
  });
  const result = h('span.dim', { role: 'status' });
  const send = async event => {
    event.preventDefault();
    const { done, message } = await act('send', { webSocket: chosen.webSocket, connectionId: id, text: input.value });
    result.textContent = message;
    if (done) input.value = '';
    refresh();
  };
  detail.replaceChildren(
    h('button.back', { type: 'button', onclick: () => root.classList.remove('in-detail') }, icon('left'), 'All connections'),
    h('header', h('h2.mono', id), iconButton('copy', 'Copy the connection id', event => copyText(id, event.currentTarget)),
      h('span.chip', { id: 'connection-state' }, 'open'),
      h('button.danger', { type: 'button', id: 'connection-close', onclick: async () => {
        page.say((await act('close', { webSocket: chosen.webSocket, connectionId: id })).message);
        refresh();
      } }, 'Close')),
    h('dl.facts', { id: 'connection-facts' }),
    h('p', h('a', { href: `#requests/of/${encodeURIComponent(id)}` }, 'Its requests')),
    h('section', h('h3', 'Send to it'), h('form.send-to', { onsubmit: send }, input, h('button.strong', 'Send')), result),
    h('section', h('h3', 'Last frames'), h('ol.frames', { id: 'connection-frames' })),
    h('section', h('h3', 'Its network'), network.element),
    h('section', h('h3', 'Its rows'), h('div', { id: 'connection-rows' }, h('p.note', 'Looking …'))));
  drawFacts();
  drawRows();
}

function drawFacts() {
  const one = chosen;
  const facts = {
    WebSocket: one.webSocket,
    Since: one.since ? `${clock(one.since)}, for ${distance(Date.now() - one.since)}` : 'unknown',
    Address: one.address,
    Browser: one.userAgent ?? 'unknown',
    Received: `${plural(one.messagesReceived, 'message')}, ${size(one.bytesReceived)}`,
    Sent: `${plural(one.framesSent, 'frame')}, ${size(one.bytesSent)}`,
    'Last active': `${distance(Date.now() - one.lastActiveAt)} ago`,
  };
  detail.querySelector('#connection-facts')?.replaceChildren(
    ...Object.entries(facts).map(([name, value]) => h('div', h('dt', name), h('dd', { title: value }, value))));
}

const WHAT = { error: 'Error', ping: 'Ping', pong: 'Pong', close: 'Close' };

function drawState({ open, network: now, frames }) {
  const state = detail.querySelector('#connection-state');
  state.textContent = open ? 'open' : 'closed';
  state.dataset.tone = open ? 'good' : 'error';
  for (const button of detail.querySelectorAll('#connection-close, .send-to button')) button.disabled = !open;
  network.disabled = !open;
  if (open) {
    drawFacts();
    network.show(now);
  }
  detail.querySelector('#connection-frames').replaceChildren(...(frames.length ? [...frames].reverse().map(frame =>
    h('li', { data: { way: frame.way } }, h('time', clock(frame.at)),
      h('span.arrow', { title: frame.way === 'received' ? 'from the client' : 'to the client' }, frame.way === 'received' ? '↑' : '↓'),
      WHAT[frame.kind] && h('span.chip', frame.kind === 'error' ? { data: { tone: 'error' } } : {}, WHAT[frame.kind]),
      shownLine(frame.text))) : [h('li.note', 'None since this page is open. The last 10 are kept.')]));
}

function drawRows() {
  const place = detail.querySelector('#connection-rows');
  if (!place || !rowsOf) return;
  place.replaceChildren(...rowsOf.rows.map(each => h('div.found',
    h('a', { href: `#tables/${encodeURIComponent(each.table)}/${encodeURIComponent(JSON.stringify(each.key))}` }, each.table),
    shownBlock(each.row))));
  if (!rowsOf.rows.length) place.append(h('p.note', 'No row of any table has its id.'));
  if (!rowsOf.all) place.append(h('p.note', 'Shown are the first 20 rows of the first 100,000 in each table.'));
}

function show([id]) {
  if (id && id !== chosen?.id) {
    const known = all.connections.find(each => each.id === id);
    const unknown = { id, webSocket: page.api.webSockets[0]?.id, address: 'unknown', messagesReceived: 0, bytesReceived: 0,
      framesSent: 0, bytesSent: 0, since: 0, lastActiveAt: Date.now() };
    choose(known ?? unknown);
  } else {
    refresh();
  }
}

function hide() {
  clearTimeout(timer);
  asked++;
}

export const view = { mount, show, hide };
