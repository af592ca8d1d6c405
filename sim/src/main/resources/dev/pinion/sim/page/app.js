// The page: what the program is, its clients, and what happens when it goes away.

import { Card } from './card.js';
import { attach, copyButtons, menuKeys } from './pop.js';
import { Watch, describe } from './server.js';
import { plural } from './words.js';

const $ = id => document.getElementById(id);
const cards = new Set();
let webSocket = { routes: [] };
let count = 0;

const page = {
  /** The host is the one the browser used: 127.0.0.1, a tunnel and a phone in the same network work, too. */
  address() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    return `${scheme}://${location.host}${new URL(webSocket.url).pathname}`;
  },
  webSocket: () => webSocket,
  changed,
  lost,
  removed(card) {
    cards.delete(card);
    changed();
  },
};

const watch = new Watch(showGone, showBack);

function addCard(options) {
  const card = new Card(`Client ${++count}`, page);
  if (options) card.options = options;
  cards.add(card);
  $('cards').append(card.element);
  card.open();
  return card;
}

const isOpen = card => card.client.isOpen;
const isLost = card => card.client.lost && card.client.state === 'closed';

function changed() {
  const open = [...cards].filter(isOpen).length;
  $('tally').textContent = cards.size ? `${open} of ${plural(cards.size, 'client')} open` : '';
  $('none').hidden = cards.size > 0;
  $('everyone').querySelector('button').disabled = open === 0;
  if (!watch.gone && ![...cards].some(isLost)) $('bar').hidden = true;
  const setup = [...cards].map(({ client: { query, protocols } }) => ({ query, protocols }));
  sessionStorage.setItem('clients', JSON.stringify(setup));
}

/** A connection ended, or never began, and not by this page: either the program refused, or it is gone. */
async function lost(card, opened) {
  if (!await watch.answers() || opened) return;
  card.client.note('The program is there, so it refused this handshake. A browser does not show the status '
    + '(such as 401); the terminal does.', 'bad');
  if (card.client.protocols) card.client.note('A subprotocol was asked for: onConnect has to accept one.', 'bad');
}

function showGone() {
  $('bar').dataset.state = 'gone';
  $('bar').querySelector('p').textContent =
    `Nothing answers at ${location.host}. Start the program again in its terminal; this page is looking for it.`;
  $('reconnect').hidden = true;
  $('bar').hidden = false;
}

function showBack(api) {
  show(api);
  if (cards.size === 0 && count === 0) return begin();
  if ($('auto').checked) return reconnect();
  const closed = [...cards].filter(isLost).length;
  $('bar').dataset.state = 'back';
  $('bar').querySelector('p').textContent = `The program is back. ${plural(closed, 'client')} lost the connection.`;
  $('reconnect').hidden = false;
  $('bar').hidden = closed === 0;
}

function reconnect() {
  $('bar').hidden = true;
  for (const card of cards) if (isLost(card)) card.open();
}

/** Shows what `api.json` says. */
function show(api) {
  webSocket = api.webSockets.find(each => each.here) ?? api.webSockets[0];
  document.title = `${api.app} · Pinion`;
  $('app').textContent = api.app;
  $('sockets').replaceChildren(...api.webSockets.map(each => {
    const link = document.createElement('a');
    link.textContent = each.name ?? each.id;
    const target = new URL(each.page);
    target.hostname = location.hostname;
    if (each === webSocket) link.setAttribute('aria-current', 'page');
    else link.href = target.href;
    return link;
  }));
  const address = page.address();
  $('url').textContent = address;
  $('code-js').textContent = `const socket = new WebSocket("${address}");\n`
    + 'socket.onmessage = event => console.log(event.data);\nsocket.onopen = () => socket.send("hello");';
  $('code-sh').textContent = `npx wscat -c ${address}`;
  $('routes').replaceChildren(...webSocket.routes.map(routeChip));
  for (const card of cards) card.routesChanged();
}

function routeChip(route) {
  const chip = document.createElement('li');
  const key = document.createElement('code');
  key.textContent = route.key;
  const place = document.createElement('span');
  place.textContent = route.location ?? '';
  chip.append(key, place);
  const fields = Object.entries(route.body ?? {}).map(([name, type]) => `${name}: ${type}`);
  const facts = [fields.length && `takes ${fields.join(', ')}`, route.responds && 'answers its sender'];
  chip.title = facts.filter(Boolean).join('; ');
  return chip;
}

function begin() {
  let setup = JSON.parse(sessionStorage.getItem('clients') ?? '[]');
  if (setup.length === 0) setup = [undefined, undefined];
  const [first] = setup.map(addCard);
  if (matchMedia('(pointer: fine)').matches) first.input.focus();
}

function controls() {
  $('add').addEventListener('click', () => {
    const last = [...cards].at(-1)?.client;
    const card = addCard(last && { query: last.query, protocols: last.protocols });
    card.element.scrollIntoView({ block: 'nearest' });
    card.input.focus({ preventScroll: true });
  });
  $('everyone').addEventListener('submit', event => {
    event.preventDefault();
    const input = event.target.elements.text;
    if (!input.value) return;
    for (const card of cards) if (isOpen(card)) card.send(input.value);
    input.value = '';
  });
  $('reconnect').addEventListener('click', reconnect);
  $('auto').checked = localStorage.getItem('reconnect') === 'yes';
  $('auto').addEventListener('change', event => {
    localStorage.setItem('reconnect', event.target.checked ? 'yes' : 'no');
    if (event.target.checked && !watch.gone) reconnect();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !watch.gone) describe().then(show, () => watch.answers());
  });
  attach($('code-button'), $('code'));
  menuKeys($('menu'));
  copyButtons();
}

controls();
describe().then(api => { show(api); begin(); }, () => watch.answers());
