// The rows of one table as far as the page has them: up to 100,000, with a filter and an order.

import { call, compare, line, typeOf } from './dynamo.js';

export const MOST = 100_000;
const CONDITION = /^([^\s=!<>~]+)\s*(!=|<=|>=|=|<|>|~)\s*(.*)$/;
const BATCH_GET = 100;
/** Tables with more rows are not read again and again. */
const FOLLOWED = 1000;

/** All rows of a table, read page by page. */
export class RowSet {
  rows = [];
  shown = [];
  columns = [];
  reading = false;
  complete = false;
  filter = '';
  sort = null;
  descending = false;
  /** How often all rows were read. */
  reads = 0;
  #byKey = new Map();
  #seen = new Set();

  /** `table` is as `model.json` has it. */
  constructor(table) {
    this.table = table;
    this.keys = [table.hash.name, table.range?.name].filter(Boolean);
    this.#column(...this.keys);
  }

  #column(...names) {
    for (const name of names) {
      if (this.#seen.has(name)) continue;
      this.#seen.add(name);
      this.columns.push(name);
    }
  }

  key(item) {
    return Object.fromEntries(this.keys.map(name => [name, item[name]]));
  }

  /** A text that names a row among all of its table. */
  id(item) {
    return JSON.stringify(this.keys.map(name => item[name]));
  }

  find(id) {
    return this.#byKey.get(id);
  }

  /** Reads all rows anew; `progress` is called after each page. */
  async read(progress) {
    this.reading = true;
    this.complete = false;
    this.reads++;
    const rows = [];
    const byKey = new Map();
    let start;
    try {
      do {
        const page = await call('Scan', { TableName: this.table.id, ExclusiveStartKey: start });
        for (const item of page.Items) {
          if (rows.length === MOST) break;
          const row = { item, id: this.id(item), lit: 0 };
          rows.push(row);
          byKey.set(row.id, row);
          this.#column(...Object.keys(item));
        }
        start = page.LastEvaluatedKey;
        if (this.rows.length <= rows.length) {
          this.rows = rows;
          this.#byKey = byKey;
          progress();
        }
      } while (start && rows.length < MOST);
      this.rows = rows;
      this.#byKey = byKey;
      this.complete = !start;
    } finally {
      this.reading = false;
    }
  }

  /** Reads some rows again, by their keys, and marks those that have changed. Gives how many have. */
  async again(keys) {
    let changed = 0;
    for (let i = 0; i < keys.length; i += BATCH_GET) {
      const part = keys.slice(i, i + BATCH_GET);
      const answer = await call('BatchGetItem', { RequestItems: { [this.table.id]: { Keys: part, ConsistentRead: true } } });
      const found = new Map((answer.Responses[this.table.id] ?? []).map(item => [this.id(item), item]));
      for (const key of part) changed += this.#put(this.id(key), found.get(this.id(key)));
    }
    return changed;
  }

  /** Reads a small table again, for what no handler has written: gives how many rows have changed. */
  async follow() {
    if (this.reading || this.rows.length > FOLLOWED) return 0;
    const { rows } = this;
    const { Items, LastEvaluatedKey } = await call('Scan', { TableName: this.table.id, ConsistentRead: true });
    if (LastEvaluatedKey || this.reading || this.rows !== rows) return 0;
    const left = new Set(rows.map(row => row.id));
    let changed = 0;
    for (const item of Items) {
      const id = this.id(item);
      left.delete(id);
      changed += this.#put(id, item);
    }
    for (const id of left) changed += this.#put(id, undefined);
    return changed;
  }

  #put(id, item) {
    const known = this.#byKey.get(id);
    if (!item) {
      if (!known) return 0;
      this.#byKey.delete(id);
      this.rows = this.rows.filter(row => row !== known);
      return 1;
    }
    if (known && JSON.stringify(known.item) === JSON.stringify(item)) return 0;
    this.#column(...Object.keys(item));
    const lit = Date.now();
    if (known) {
      known.changed = this.columns.filter(name => JSON.stringify(known.item[name]) !== JSON.stringify(item[name]));
      Object.assign(known, { item, lit, searched: undefined });
    } else if (this.rows.length < MOST) {
      const row = { item, id, lit, changed: this.columns };
      this.rows = [...this.rows, row];
      this.#byKey.set(id, row);
    }
    return 1;
  }

  /** Takes what was written by this page. */
  written(item) {
    this.#put(this.id(item), item);
  }

  removed(id) {
    this.#put(id, undefined);
  }

  /** Applies the filter and the order. */
  arrange() {
    const passes = condition(this.filter, this.columns);
    const found = passes ? this.rows.filter(passes) : this.rows;
    if (this.sort === null) {
      this.shown = found;
      return;
    }
    const { sort } = this;
    const sign = this.descending ? -1 : 1;
    this.shown = [...found].sort((a, b) => sign * compare(a.item[sort], b.item[sort]));
  }
}

/** What a filter lets pass: `name = value`, with one of = != < > <= >= ~ (contains), or a text that any value has. */
function condition(text, columns) {
  const wanted = text.trim();
  if (!wanted) return null;
  const [, name, operator, right] = CONDITION.exec(wanted) ?? [];
  if (name && columns.includes(name)) return compared(name, operator, right.trim().replace(/^"(.*)"$/, '$1'));
  const low = wanted.toLowerCase();
  return row => (row.searched ??= Object.values(row.item).map(line).join('\n').toLowerCase()).includes(low);
}

function compared(name, operator, right) {
  const number = Number(right);
  return ({ item }) => {
    const value = item[name];
    if (value === undefined) return operator === '!=';
    const left = line(value);
    if (operator === '~') return left.toLowerCase().includes(right.toLowerCase());
    const numeric = typeOf(value) === 'N' && right !== '' && !Number.isNaN(number);
    const order = numeric ? Number(left) - number : left < right ? -1 : Number(left > right);
    switch (operator) {
      case '=': return order === 0;
      case '!=': return order !== 0;
      case '<': return order < 0;
      case '>': return order > 0;
      case '<=': return order <= 0;
      default: return order >= 0;
    }
  };
}
