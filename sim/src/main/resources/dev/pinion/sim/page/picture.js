// The view of the app: its WebSockets, routes, handlers and resources, what each handler may do, and what may be wrong.

import { h, s } from './dom.js';
import { look } from './feed.js';
import { shownBlock, shownLine } from './shown.js';

const ROW = 34;
const HEAD = 46;
const GAP = 18;
const BOX = 52;
const TOP = 8;
const AGAIN = 1000;
const SENDS = new Set(['connections', 'queue', 'task']);
const WRITES = /Put|Update|Delete|BatchWrite|^POST$|^DELETE$/;

let page;
let root;
let canvas;
let side;
let findings;
let model = null;
let chosen = null;
let timer;
let width = 0;

function mount(section, context) {
  page = context;
  root = section;
  canvas = h('div.canvas.card');
  side = h('div.about-one', { 'aria-live': 'polite' });
  findings = h('div.findings');
  section.append(h('div.picture-split', h('div.main', canvas, findings), side));
  new ResizeObserver(() => {
    if (model && canvas.clientWidth && Math.abs(canvas.clientWidth - width) > 4) draw();
  }).observe(canvas);
}

async function show(path) {
  clearTimeout(timer);
  chosen = path.length ? path.join('/') : chosen;
  try {
    model = await look('model.json');
  } catch {
    page.answers();
    return;
  }
  draw();
  drawFindings();
  drawSide();
  if (path.length) sideInSight();
  if (!model.inspected && page.shown() === 'app') timer = setTimeout(() => show([]), AGAIN);
}

function hide() {
  clearTimeout(timer);
}

/** Whether a handler needs a permission itself, and does not only share a function with one that does. */
const isOwn = permission => permission.others.length === 0;

/** What a handler needs, by the resource: `{resource, kind, writes, permissions}`. */
const uses = route => byResource(route.role.filter(isOwn));

function byResource(role) {
  const all = new Map();
  for (const each of role) {
    const id = `${each.kind}:${each.resource}`;
    const use = all.get(id) ?? { id, resource: each.resource, kind: each.kind, writes: false, permissions: [] };
    use.writes ||= WRITES.test(each.action.replace('dynamodb:', ''));
    use.permissions.push(each);
    all.set(id, use);
  }
  return [...all.values()];
}

/** The resources on the right, in the order of declaration; of connections, queues and tasks only those that a handler uses. */
function resources() {
  const used = new Set(routes().flatMap(route => route.role).filter(isOwn).map(each => `${each.kind}:${each.resource}`));
  return [
    ...model.webSockets.map(each => ({ id: `connections:${each.id}`, name: each.id, what: 'connections', location: each.location }))
      .filter(each => used.has(each.id)),
    ...model.triggers.map(each => ({ id: `${each.kind}:${each.id}`, name: each.id, what: each.kind, location: each.location }))
      .filter(each => used.has(each.id)),
    ...model.tables.map(each => ({ id: `rows:${each.id}`, name: each.id,
      what: `table, ${[each.hash.name, each.range?.name].filter(Boolean).join(' + ')}`, location: each.location })),
    ...model.values.map(each => ({ id: `value:${each.id}`, name: each.id, what: each.kind, location: each.location })),
  ];
}

/** What calls handlers: `{id, words, routes}`, in the order of the picture. */
const callers = () => [
  ...model.webSockets.map(each => ({ id: each.id, words: `WebSocket${each.ordered ? ', ordered' : ''}`, routes: each.routes })),
  ...model.triggers.map(each => ({ id: each.id, words: `${each.kind}, ${urlOf(each) ?? each.what}`, trigger: each, routes: each.handlers })),
];

/** Where clients call an HTTP API; undefined for anything else. */
const urlOf = ({ id, kind }) => kind === 'HTTP API' ? page.api.httpApis.find(each => each.id === id)?.url : undefined;

const routes = () => callers().flatMap(each => each.routes);
const cutTo = (text, room) => text.length * 7.6 > room ? `${text.slice(0, Math.max(3, Math.floor(room / 7.6) - 1))}…` : text;

function draw() {
  width = Math.max(300, canvas.clientWidth - 2);
  const pad = width < 480 ? 10 : 24;
  const left = Math.round(Math.min(340, width * 0.42));
  const right = Math.round(Math.min(260, width * 0.36));
  const places = new Map();
  const boxes = [];
  let y = TOP + pad;
  for (const caller of callers()) {
    const height = HEAD + caller.routes.length * ROW + 8;
    boxes.push(callerBox(caller, pad, y, left, height));
    caller.routes.forEach((route, i) => {
      const at = y + HEAD + i * ROW;
      places.set(route.path, { x: pad + left, y: at + ROW / 2 });
      boxes.push(routeRow(route, pad, at, left));
    });
    y += height + GAP;
  }
  const bottomLeft = y;
  const all = resources();
  const total = all.length * (BOX + GAP) - GAP;
  let at = TOP + pad + Math.max(0, (bottomLeft - GAP - TOP - pad - total) / 2);
  const x = width - pad - right;
  for (const resource of all) {
    places.set(resource.id, { x, y: at + BOX / 2 });
    boxes.push(resourceBox(resource, x, at, right));
    at += BOX + GAP;
  }
  const lines = routes().flatMap(route => uses(route).flatMap(use => edge(route, use, places)));
  const height = Math.max(bottomLeft, at) - GAP + pad + TOP;
  const focused = canvas.contains(document.activeElement) && document.activeElement.dataset.id;
  canvas.replaceChildren(s('svg.picture', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'The app' },
    s('g.edges', {}, lines), ...boxes));
  light();
  if (focused) canvas.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  if (!model.inspected) canvas.append(h('p.note.inspecting', 'The inspection is still running: roles come in a moment.'));
}

function node(name, id, label, parts) {
  const choose = () => select(id);
  return s(`g.${name}`, { tabindex: 0, role: 'button', 'aria-label': label, data: { id }, onclick: choose,
    onkeydown: event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose();
    },
    onpointerenter: () => light(id), onpointerleave: () => light(), onfocus: () => light(id) }, parts);
}

const text = (name, x, y, content, anchor = 'start') => s(`text.${name}`, { x, y, 'text-anchor': anchor }, content);

const isRoute = handler => model.webSockets.some(each => each.routes.includes(handler));

function callerBox(caller, x, y, wide, height) {
  return s('g.socket', {}, s('rect', { x, y, width: wide, height, rx: 10 }),
    text('name', x + 16, y + 22, cutTo(caller.id, wide - 30)),
    text('sub', x + 16, y + 38, cutTo(caller.words, wide - 30)));
}

function routeRow(route, x, y, wide) {
  const room = wide - 32;
  const doubtful = route.doubts.length > 0;
  const hasRoom = wide > 230;
  return node('route', route.path, `${isRoute(route) ? 'Route' : 'Handler of'} ${isRoute(route) ? route.key : route.path}`, [
    s('rect', { x: x + 6, y: y + 1, width: wide - 12, height: ROW - 2, rx: 7 }),
    text('key', x + 16, y + 22, cutTo(route.key, hasRoom ? room - 110 : room - 14)),
    hasRoom ? text('sub', x + wide - (doubtful ? 34 : 16), y + 22, cutTo(route.location, 130), 'end') : null,
    doubtful ? s('circle.doubt', { cx: x + wide - 20, cy: y + ROW / 2, r: 4 }) : null,
  ]);
}

function resourceBox(resource, x, y, wide) {
  return node(`resource.${resource.id.split(':')[0]}`, resource.id, `${resource.what} ${resource.name}`, [
    s('rect', { x, y, width: wide, height: BOX, rx: 10 }),
    text('name', x + 16, y + 22, cutTo(resource.name, wide - 30)),
    text('sub', x + 16, y + 39, cutTo(resource.what, wide - 26)),
  ]);
}

function edge(route, use, places) {
  const from = places.get(route.path);
  const to = places.get(use.id);
  if (!from || !to) return [];
  const middle = (from.x + to.x) / 2;
  const kind = SENDS.has(use.kind) ? 'send' : use.writes ? 'write' : 'read';
  return [s(`path.edge.${kind}`, { d: `M${from.x - 6} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`,
    data: { from: route.path, to: use.id } })];
}

/** Shows what belongs to a route or resource, or to the chosen one. */
function light(id = chosen) {
  const svg = canvas.querySelector('svg');
  svg.classList.toggle('lit', Boolean(id) && Boolean(svg.querySelector(`[data-id="${CSS.escape(id)}"]`)));
  const near = new Set([id]);
  for (const line of svg.querySelectorAll('.edge')) {
    const own = line.dataset.from === id || line.dataset.to === id;
    line.classList.toggle('on', own);
    if (own) near.add(line.dataset.from).add(line.dataset.to);
  }
  for (const each of svg.querySelectorAll('[data-id]')) {
    each.classList.toggle('on', near.has(each.dataset.id));
    each.classList.toggle('chosen', each.dataset.id === chosen);
  }
}

function select(id) {
  chosen = chosen === id ? null : id;
  history.replaceState(null, '', chosen ? `#app/${id.split('/').map(encodeURIComponent).join('/')}` : '#app');
  light();
  drawSide();
  sideInSight();
}

/** Below the picture, where there is no room beside it, what is said of the chosen one is brought into sight. */
function sideInSight() {
  if (chosen && matchMedia('(max-width: 900px)').matches) side.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

function drawSide() {
  const route = routes().find(each => each.path === chosen);
  const resource = resources().find(each => each.id === chosen);
  side.replaceChildren(...(route ? aboutRoute(route) : resource ? aboutResource(resource) : legend()));
}

function legend() {
  const entry = (name, words) => h('li', s('svg', { viewBox: '0 0 34 10', width: 34, height: 10, 'aria-hidden': 'true' },
    s(`path.edge.${name}`, { d: 'M1 5H33' })), words);
  return [h('h2', 'What each handler may do'),
    h('p.dim', 'Roles are derived from the code. Choose a route to see the lines that need its permissions, or a resource to see who uses it.'),
    h('ul.legend', entry('write', 'writes rows'), entry('read', 'reads rows or a value'), entry('send', 'sends to connections or a queue, starts a task'))];
}

function aboutRoute(route) {
  const used = byResource(route.role);
  const { trigger } = callers().find(each => each.routes.includes(route));
  return [
    h('h2', trigger ? trigger.id : route.key),
    trigger && h('p.dim', `${trigger.kind.charAt(0).toUpperCase()}${trigger.kind.slice(1)}, ${urlOf(trigger) ?? trigger.what}`,
      trigger.next ? `, next at ${new Date(trigger.next).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })}` : ''),
    h('p.dim', h('code', route.location), `, ${route.memory} MiB, up to ${route.timeoutMillis / 1000} s`,
      route.responds ? ', answers its sender' : '', ['', 'String', 'CharSequence', 'Void'].includes(route.body) ? '' : `, takes ${route.body}`),
    h('h3', model.inspected ? used.length ? 'Its role allows' : 'Its role allows nothing: it uses no resource.' : 'Its role is not known yet.'),
    route.function && h('p.dim', 'It is that of the function ', h('code', route.function), ', with what the other handlers of the function need.'),
    h('ul.role', used.map(use => h('li', h('b', resourceLink(use)), permissions(use)))),
    route.doubts.length > 0 && h('h3', 'Doubts'),
    h('ul.doubts', route.doubts.map(each => h('li', h('p', each.reason.charAt(0).toUpperCase() + each.reason.slice(1)), lines(each.lines),
      each.granted.length > 0 && h('p.dim', `Because of this it may do: ${each.granted.join(', ')}`)))),
    h('p', h('a', { href: `#requests/of/${encodeURIComponent(route.path)}` }, 'Its requests')),
    trigger && ['task', 'queue', 'table'].includes(trigger.kind) && deadLetters(trigger.id),
  ].filter(Boolean);
}

/** What could not be handled, once it is known. */
function deadLetters(id) {
  const box = h('div.dead');
  look(`dead.json?id=${encodeURIComponent(id)}`).then(({ count, letters }) => {
    if (count === 0) return;
    box.append(h('h3', `${count} dead letter${count === 1 ? '' : 's'}`), ...letters.map(each => h('details',
      h('summary', shownLine(each.error, 80)), h('p.dim', `${new Date(each.at).toLocaleString('en-GB')}, ${each.attempts} attempts`),
      shownBlock(each.body))));
  }, () => {});
  return box;
}

function resourceLink({ resource, kind }) {
  return kind === 'rows' ? h('a', { href: `#tables/${encodeURIComponent(resource)}` }, resource)
    : kind === 'connections' ? h('a', { href: '#connections' }, `${resource}, connections`)
      : kind === 'queue' || kind === 'task' ? h('a', { href: `#app/${kind}:${encodeURIComponent(resource)}` }, `${resource}, ${kind}`) : resource;
}

/** The actions on one resource: those that lines need, and in one entry those that are only assumed. */
function permissions(use) {
  const isAssumed = each => isOwn(each) && !each.granted && each.lines.length === 0;
  const assumed = use.permissions.filter(isAssumed);
  return h('ul', use.permissions.filter(each => !isAssumed(each)).map(permission),
    assumed.length > 0 && h('li', h('span.dim', 'assumed, because of a doubt: '), assumed.map((each, i) => [i ? ', ' : '',
      h('code', each.action.replace('dynamodb:', '') + (each.index ? ` on ${each.index}` : ''))])));
}

function permission(each) {
  return h('li', h('code', each.action.replace('dynamodb:', '')), each.index ? ` on index ${each.index}` : '',
    !isOwn(each) ? h('span.dim', ' for ', each.others.map((other, i) => [i ? ', ' : '', h('code', other)]))
      : each.granted ? h('span.dim', ' by allow') : lines(each.lines));
}

const lines = all => h('span.lines', all.map((each, i) => [i ? ' → ' : ' ', h('code', each)]));

function aboutResource(resource) {
  const users = routes().map(route => ({ route, use: uses(route).find(each => each.id === resource.id) })).filter(each => each.use);
  return [
    h('h2', resource.name), h('p.dim', resource.what, ', ', h('code', resource.location)),
    h('h3', users.length ? 'Used by' : model.inspected ? 'No handler uses it.' : 'Not known yet who uses it.'),
    h('ul.role', users.map(({ route, use }) => h('li', h('button.link', { type: 'button', onclick: () => select(route.path) }, isRoute(route) ? route.key : route.path),
      permissions(use)))),
    resource.id.startsWith('rows:') && h('p', h('a', { href: `#tables/${encodeURIComponent(resource.name)}` }, 'Its rows')),
  ].filter(Boolean);
}

function drawFindings() {
  findings.replaceChildren(h('h2', model.findings.length ? 'What may be wrong' : 'Nothing seems wrong'),
    model.findings.length ? h('ul', model.findings.map(each => h('li', { data: { tone: each.error ? 'error' : 'warning' } },
      h('span.dot'), h('div', h('code', each.location), h('p', each.message)))))
      : h('p.dim', model.inspected ? 'The inspection of the code has no warnings and no doubts.' : 'The inspection is still running.'));
}

export const view = { mount, show, hide, model: () => page.shown() === 'app' && show([]) };
