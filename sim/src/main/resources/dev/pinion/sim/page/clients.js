// The clients: cards, a group of them for each WebSocket. All of them stay connected while another one is in sight.

import { copyText, download, h, upload } from './dom.js';
import { Desk } from './desk.js';
import { openMenu } from './pop.js';
import { SessionError, exported, imported, keep, kept } from './session.js';
import { plural } from './words.js';

const $ = id => document.getElementById(id);
const desks = new Map();
let page;
let shown = null;
let restored = { shown: null, groups: [] };

const all = () => [...desks.values()].flatMap(desk => [...desk.cards]);
const isOpen = card => card.client.isOpen;
const isLost = card => card.client.lost && card.client.state === 'closed';

/** Shows what was kept of the last time; once. */
function mount(_, context) {
  page = context;
  restored = kept();
  controls();
  addEventListener('pagehide', store);
  document.addEventListener('visibilitychange', () => document.hidden && store());
  page.on('back', () => $('auto').checked && reconnect());
  page.on('reconnect', reconnect);
}

/** Takes what the program says about itself. */
function model(api) {
  for (const webSocket of api.webSockets) {
    const desk = desks.get(webSocket.id);
    if (desk) desk.webSocket = webSocket;
    else addDesk(webSocket);
  }
  for (const [id, desk] of desks) if (!api.webSockets.some(each => each.id === id)) removeDesk(id, desk);
  const wanted = [shown?.webSocket.id, restored.shown, api.webSockets.find(each => each.here)?.id];
  showDesk(wanted.map(id => desks.get(id)).find(Boolean) ?? desks.values().next().value);
  switches();
}

function addDesk(webSocket) {
  const desk = new Desk(webSocket, page, { changed, lost, opened });
  desks.set(webSocket.id, desk);
  $('cards').append(desk.element);
  const group = restored.groups.find(each => each.webSocket === webSocket.id);
  if (group) desk.restore(group, true);
}

function removeDesk(id, desk) {
  for (const card of [...desk.cards]) card.remove();
  desk.element.remove();
  desks.delete(id);
  if (shown === desk) shown = null;
}

function showDesk(desk) {
  if (!desk) return;
  if (shown !== desk) shown?.show(false);
  shown = desk;
  desk.show(true);
  if (desk.begin() && matchMedia('(pointer: fine)').matches) [...desk.cards][0].input.focus();
  $('routes').replaceChildren(...desk.webSocket.routes.map(routeChip), ...page.api.httpApis.map(httpChip));
  $('view-clients').classList.toggle('simple', desk.webSocket.routes.length < 2);
  for (const each of $('sockets').children) each.setAttribute('aria-pressed', String(each.dataset.id === desk.webSocket.id));
  page.addressed(desk.address());
  search();
  changed();
}

function switches() {
  $('sockets').hidden = desks.size < 2;
  $('sockets').replaceChildren(...[...desks.values()].map(desk => h('button', {
    type: 'button',
    'aria-pressed': String(desk === shown),
    data: { id: desk.webSocket.id },
    onclick: () => showDesk(desk),
  }, desk.webSocket.name ?? desk.webSocket.id)));
}

function routeChip(route) {
  const fields = Object.entries(route.body ?? {}).map(([name, type]) => `${name}: ${type}`);
  const facts = [fields.length && `takes ${fields.join(', ')}`, route.responds && 'answers its sender'];
  return h('li', { title: facts.filter(Boolean).join('; ') || undefined },
    h('code', route.key), h('span', route.location ?? ''));
}

/** HTTP APIs have no clients here, but whoever needs one, such as for a ticket, finds its address. */
function httpChip({ id, url }) {
  return h('li', { title: `The address of the HTTP API ${id}` }, h('code', id), h('span', h('a', { href: url, target: '_blank' }, url)));
}

function changed() {
  if (!shown) return;
  const cards = [...shown.cards];
  const open = cards.filter(isOpen).length;
  const found = $('find').value && cards.reduce((sum, card) => sum + (card.found ?? 0), 0);
  $('tally').textContent = $('find').value ? `${plural(found, 'frame')} found`
    : cards.length ? `${open} of ${plural(cards.length, 'client')} open` : '';
  $('none').hidden = cards.length > 0;
  $('everyone').querySelector('button').disabled = open === 0;
  page.lostClients(all().filter(isLost).length);
}

/** The gateway knows which connection each is, and why it refused one. */
async function asked(card) {
  const { token } = card.client;
  try {
    const response = await fetch(`page/client.json?token=${token}`, { cache: 'no-store' });
    const answer = response.ok ? await response.json() : {};
    return card.client.token === token ? answer : {};
  } catch {
    return {};
  }
}

async function opened(card) {
  const { connectionId } = await asked(card);
  if (connectionId && card.client.isOpen) card.client.known(connectionId);
}

/**
 * A connection ended, or never began, and not by this page: either the program refused, or it is gone. If the client has
 * been connected again before that is known, nothing is said.
 */
async function lost(card, wasOpen) {
  const { token } = card.client;
  if (!await page.answers() || wasOpen || card.client.token !== token) return;
  const { status, why } = await asked(card);
  if (card.client.token !== token) return;
  card.client.note(status ? `The handshake was refused with ${status}: ${why}`
    : 'The program is there, so it refused this handshake. The terminal says why.', 'bad');
  if (card.client.protocols) card.client.note('A subprotocol was asked for: onConnect has to accept one.', 'bad');
}

function reconnect() {
  for (const card of all()) if (isLost(card)) card.open();
}

const data = () => [...desks.values()].filter(desk => desk.begun).map(desk => desk.data);

function store() {
  if (desks.size) keep(shown?.webSocket.id, data());
}

function search() {
  for (const card of shown?.cards ?? []) card.found = card.log.filter($('find').value);
  changed();
}

const fileName = () => `${page.api.app}-session-${new Date().toISOString().slice(0, 19).replace(/:/g, '')}.json`;

async function importSession() {
  const file = await upload('.json,application/json');
  if (!file) return;
  try {
    const groups = imported(file.text);
    const known = groups.filter(group => desks.has(group.webSocket));
    for (const group of known) desks.get(group.webSocket).restore(group, false);
    const clients = known.reduce((sum, group) => sum + group.clients.length, 0);
    const rest = groups.length - known.length;
    page.say(`Imported ${plural(clients, 'client')}${rest ? `, without ${plural(rest, 'WebSocket')} that this app does not have` : ''}.`);
    changed();
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    page.say(error.message);
  }
}

function sessionMenu() {
  const text = () => exported(page.api.app, data());
  openMenu($('session'), [
    { label: 'Copy', note: 'clients and their logs, as JSON', choose: async () =>
      page.say(await copyText(text()) ? 'The session is copied.' : 'The browser does not let the page copy.') },
    { label: 'Export…', note: 'to a file', choose: () => download(fileName(), text()) },
    { label: 'Import…', note: 'adds its clients, closed', choose: importSession },
    { label: 'Clear all logs', choose: () => { for (const card of all()) card.log.clear(); } },
  ]);
}

function controls() {
  $('add').addEventListener('click', () => {
    const card = shown.add();
    card.element.scrollIntoView({ block: 'nearest' });
    card.input.focus({ preventScroll: true });
  });
  $('everyone').addEventListener('submit', event => {
    event.preventDefault();
    const input = event.target.elements.text;
    if (!input.value) return;
    for (const card of shown.cards) if (isOpen(card)) card.send(input.value);
    input.value = '';
  });
  $('find').addEventListener('input', search);
  $('session').addEventListener('click', sessionMenu);
}

/** The view in sight shows its logs as they are now. */
function show() {
  shown?.show(true);
}

function hide() {
  shown?.show(false);
}

export const view = { mount, model, show, hide };
