// The view of tables: all rows in a grid, what handlers have just changed lit up, and editing.

import { DynamoError, call, line, typeOf } from './dynamo.js';
import { h, icon } from './dom.js';
import { look } from './feed.js';
import { rowEditor } from './roweditor.js';
import { RowFileError } from './rowfiles.js';
import { fileMenu } from './rowmenu.js';
import { MOST, RowSet } from './rowset.js';
import { VirtualRows } from './virtual.js';
import { distance, plural } from './words.js';

const HEIGHT = 34;
const LIT = 2500;
const MOST_COLUMNS = 40;
const MOST_KEYS = 500;
const FOLLOW_EVERY = 3000;

let page;
let root;
let parts;
let rows;
let model = null;
let set = null;
const sets = new Map();
let chosen = null;
const pending = new Map();
let busy = false;
let following;

function mount(section, context) {
  page = context;
  root = section;
  parts = {
    tables: h('div.switch', { role: 'group', 'aria-label': 'Tables' }),
    facts: h('p.table-facts'),
    find: h('input', { type: 'search', placeholder: 'Filter, or name = value', 'aria-label': 'Filter the rows',
      title: 'A text, or a condition on an attribute: = != < > <= >= and ~ for contains', oninput: filter }),
    count: h('span.count', { role: 'status' }),
    head: h('div.grid-head', { role: 'row' }),
    body: h('div.grid', { role: 'grid', tabindex: 0, 'aria-label': 'Rows', onkeydown: keys }),
    empty: h('p.empty'),
    side: h('aside.row-side.card', { hidden: true, 'aria-label': 'Row' }),
  };
  const file = h('button', { type: 'button', 'aria-haspopup': 'menu',
    onclick: () => fileMenu(file, { set, page, failed, read, close, count: parts.count }) }, 'File', icon('down'));
  const plus = h('button.strong', { type: 'button', onclick: add }, icon('plus'), 'Add row');
  parts.tools = [plus, file];
  usable(false);
  section.append(
    h('div.about', parts.tables, parts.facts),
    h('div.tools', plus,
      h('label.find', icon('search'), parts.find), file,
      h('button', { type: 'button', onclick: () => read() }, icon('again'), 'Reload'), parts.count),
    h('div.table-split', h('div.sheet.card', parts.body, parts.empty), parts.side));
  parts.body.append(parts.head);
  rows = new VirtualRows(parts.body, HEIGHT, row, version);
  page.on('events', noticed);
}

/** What acts on a table can be used once there is one. */
function usable(is) {
  for (const button of parts.tools) button.disabled = !is;
}

async function show([id, key]) {
  try {
    model = await look('model.json');
  } catch {
    page.answers();
    return;
  }
  const names = model.tables.map(each => each.id);
  parts.tables.hidden = names.length === 0;
  parts.tables.replaceChildren(...names.map(name => h('button', { type: 'button', data: { id: name },
    onclick: () => page.go(`tables/${encodeURIComponent(name)}`) }, name)));
  const table = model.tables.find(each => each.id === (id ?? set?.table.id)) ?? model.tables[0];
  if (!table) {
    rows.show(0);
    set = null;
    usable(false);
    close();
    for (const part of [parts.facts, parts.count, parts.head]) part.replaceChildren();
    delete parts.head.dataset.shown;
    parts.empty.textContent = 'This app has no tables.';
    parts.empty.hidden = false;
    return;
  }
  await choose(table);
  if (key) open(JSON.parse(key));
  follow();
}

function hide() {
  clearTimeout(following);
}

/** Other programs write by DynamoDB's protocol, and rows expire: a small table is looked at now and then. */
function follow() {
  clearTimeout(following);
  following = setTimeout(async () => {
    const mine = set;
    try {
      if (mine && !busy && !document.hidden && await mine.follow() && mine === set) redraw();
    } catch {
      page.answers();
    }
    if (page.shown() === 'tables') follow();
  }, FOLLOW_EVERY);
}

/** Shows the rows, of which some are lit for a while. */
function redraw() {
  draw();
  setTimeout(() => rows.refresh(), LIT + 100);
}

async function choose(table) {
  const isOther = set?.table.id !== table.id;
  for (const each of parts.tables.children) each.setAttribute('aria-pressed', String(each.dataset.id === table.id));
  if (!sets.has(table.id)) sets.set(table.id, new RowSet(table));
  set = sets.get(table.id);
  set.table = table;
  usable(true);
  parts.facts.replaceChildren(...facts(table));
  if (isOther) {
    parts.find.value = set.filter;
    parts.body.scrollTop = 0;
    close();
  }
  draw();
  await read();
}

function facts(table) {
  const key = each => `${each.name} (${each.type.toLowerCase()})`;
  const parts = [`Hash key ${key(table.hash)}`, table.range && `range key ${key(table.range)}`,
    ...table.indexes.map(each => `index ${each.name} on ${each.hash.name}${each.range ? ` and ${each.range.name}` : ''}`),
    table.timeToLive && `rows expire by ${table.timeToLive}`];
  return [h('span', parts.filter(Boolean).join(', ')), ' ', h('code', table.location)];
}

async function read() {
  const mine = set;
  if (!mine || mine.reading) return;
  try {
    await mine.read(() => mine === set && draw());
  } catch (error) {
    failed(error);
  }
  if (mine === set) draw();
}

function failed(error) {
  if (error instanceof DynamoError || error instanceof RowFileError) page.say(error.message);
  else page.answers();
}

function filter() {
  if (!set) return;
  set.filter = parts.find.value;
  parts.body.scrollTop = 0;
  draw();
}

/** Shows the rows as they are now. */
function draw() {
  set.arrange();
  head();
  rows.show(set.shown.length);
  const { length } = set.shown;
  const all = set.rows.length;
  const known = set.reading ? `${all.toLocaleString('en')} rows read …`
    : set.complete || all < MOST ? plural(all, 'row') : `the first ${all.toLocaleString('en')} rows, which is as many as the page keeps`;
  parts.count.textContent = set.filter.trim() ? `${length.toLocaleString('en')} of ${known}` : known;
  parts.empty.hidden = length > 0 || set.reading;
  parts.empty.textContent = all ? 'No row matches.' : 'This table is empty. Add a row, import a file, or let a handler write one.';
}

const columns = () => set.columns.slice(0, MOST_COLUMNS);

/** How wide columns are, by their names and the first rows. */
function widths() {
  return columns().map(name => {
    let most = name.length + 4;
    for (const { item } of set.shown.slice(0, 60)) if (item[name]) most = Math.max(most, Math.min(60, cellText(name, item[name]).length));
    return Math.round(Math.min(360, Math.max(96, most * 7.9 + 34)));
  });
}

function head() {
  const wide = widths();
  root.style.setProperty('--columns', `${wide.map(each => `${each}px`).join(' ')} 1fr`);
  root.style.setProperty('--wide', `${wide.reduce((a, b) => a + b, 0)}px`);
  const now = JSON.stringify([columns(), set.sort, set.descending]);
  if (parts.head.dataset.shown === now) return;
  parts.head.dataset.shown = now;
  const focused = document.activeElement?.dataset?.column;
  parts.head.replaceChildren(...columns().map(name => {
    const sorted = set.sort === name;
    return h('button', { type: 'button', role: 'columnheader', data: { column: name },
      'aria-sort': sorted ? (set.descending ? 'descending' : 'ascending') : 'none', onclick: () => sortBy(name) },
    h('span', name), set.keys.includes(name) && h('span.key-mark', 'key'), sorted && icon(set.descending ? 'down' : 'up'));
  }));
  if (focused) parts.head.querySelector(`[data-column="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function sortBy(name) {
  if (set.sort !== name) Object.assign(set, { sort: name, descending: false });
  else if (!set.descending) set.descending = true;
  else set.sort = null;
  draw();
}

function cellText(name, value) {
  if (name === set.table.timeToLive && typeOf(value) === 'N') {
    const left = Number(value.N) * 1000 - Date.now();
    return `${value.N} (${left > 0 ? `in ${distance(left)}` : `expired ${distance(left)} ago`})`;
  }
  const text = line(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

const isLit = one => one.lit > Date.now() - LIT;

/** A text that changes with what a row of the grid shows. */
function version(index) {
  const one = set.shown[index];
  return `${set.table.id} ${one.id} ${one.lit} ${isLit(one)} ${one.id === chosen} ${columns().length} ${set.reads}`;
}

function row(index) {
  const one = set.shown[index];
  const lit = isLit(one);
  return h('div.grid-row', { role: 'row', 'aria-selected': String(one.id === chosen), onclick: () => edit(one) },
    columns().map(name => {
      const value = one.item[name];
      if (value === undefined) return h('span.cell', { role: 'gridcell' });
      const type = typeOf(value);
      const cell = h('span.cell', { role: 'gridcell', data: { type } }, cellText(name, value));
      if (lit && one.changed?.includes(name)) {
        cell.dataset.lit = 'yes';
        cell.style.animationDelay = `${one.lit - Date.now()}ms`;
      }
      return cell;
    }));
}

function keys(event) {
  if (event.target !== parts.body) return;
  const at = set?.shown.findIndex(each => each.id === chosen) ?? -1;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: set?.shown.length - 1, PageDown: at + 15, PageUp: at - 15 }[event.key];
  if (to === undefined || !set?.shown.length) return;
  event.preventDefault();
  const index = Math.max(0, Math.min(set.shown.length - 1, to));
  edit(set.shown[index], true);
  rows.reveal(index);
}

/** Opens the row with a key, once it is there. */
function open(key) {
  const one = set.find(set.id(key));
  if (!one) {
    page.say('The row is no longer there.');
    return;
  }
  rows.reveal(set.shown.indexOf(one));
  edit(one);
}

function edit(one, quietly = false) {
  chosen = one.id;
  rows.refresh();
  side(rowEditor(one.item, keyColumns(), false, {
    save: async item => write(item),
    remove: () => remove(one),
    close,
  }), quietly);
}

const keyColumns = () => [set.table.hash, set.table.range].filter(Boolean);

function add() {
  if (!set) return;
  chosen = null;
  rows.refresh();
  const start = { STRING: { S: '' }, NUMBER: { N: '0' }, BINARY: { B: '' } };
  const item = Object.fromEntries(keyColumns().map(each => [each.name, start[each.type]]));
  side(rowEditor(item, keyColumns(), true, { save: async fresh => write(fresh, true), remove() {}, close }));
}

function side(form, quietly = false) {
  parts.side.replaceChildren(form);
  parts.side.hidden = false;
  root.classList.add('in-row');
  if (!quietly) (form.querySelector('textarea:not([readonly])') ?? form.querySelector('input:not([readonly])'))?.focus();
}

function close() {
  chosen = null;
  parts.side.hidden = true;
  parts.side.replaceChildren();
  root.classList.remove('in-row');
  rows?.refresh();
}

/** Writes a row; gives what is wrong. */
async function write(item, isNew = false) {
  const expression = isNew ? { ConditionExpression: 'attribute_not_exists(#k)', ExpressionAttributeNames: { '#k': set.keys[0] } } : {};
  try {
    await call('PutItem', { TableName: set.table.id, Item: item, ...expression });
  } catch (error) {
    if (!(error instanceof DynamoError)) throw error;
    return error.message === 'The conditional request failed' ? 'There is a row with this key already.' : error.message;
  }
  set.written(item);
  draw();
  page.say(isNew ? 'The row is added.' : 'The row is saved.');
  if (isNew) close();
  return null;
}

async function remove(one) {
  try {
    await call('DeleteItem', { TableName: set.table.id, Key: set.key(one.item) });
    set.removed(one.id);
    close();
    draw();
    page.say('The row is deleted.');
  } catch (error) {
    failed(error);
  }
}

/** Handlers have written: the rows are read again, a few at a time. */
function noticed(events) {
  for (const event of events) {
    for (const step of event.steps ?? []) {
      for (const each of step.keys) {
        const table = each.table ?? step.resource;
        if (!sets.has(table)) continue;
        const keys = pending.get(table) ?? pending.set(table, new Map()).get(table);
        const key = each.table ? each.key : each;
        if (keys.size <= MOST_KEYS) keys.set(JSON.stringify(key), key);
      }
    }
  }
  if (page.shown() === 'tables') reread();
}

async function reread() {
  if (busy || !set || set.reading) return;
  const keys = pending.get(set.table.id);
  if (!keys?.size) return;
  pending.delete(set.table.id);
  busy = true;
  const mine = set;
  try {
    if (keys.size > MOST_KEYS) await mine.read(() => {});
    else await mine.again([...keys.values()]);
    if (mine === set) redraw();
  } catch (error) {
    failed(error);
  }
  busy = false;
  if (pending.get(set.table.id)?.size) setTimeout(reread, 200);
}

/** Another program may have other tables. */
function declared() {
  if (model && page.shown() === 'tables') show([]);
}

export const view = { mount, show, hide, model: declared };
