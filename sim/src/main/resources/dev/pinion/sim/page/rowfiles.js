// Rows as files: JSON as DynamoDB has it, and CSV.

import { isTyped, line, typed, typeOf } from './dynamo.js';

export class RowFileError extends Error {}

/** Rows as JSON with the types of DynamoDB's protocol, so that nothing is lost. */
export function toJson(items) {
  return `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]\n`;
}

/** The type of a column if all its values have one that a cell can hold, or nothing. */
function columnType(items, name) {
  const types = new Set(items.filter(item => item[name]).map(item => typeOf(item[name])));
  const [type] = types;
  return types.size === 1 && ['S', 'N', 'BOOL', 'B'].includes(type) ? type : '';
}

const quoted = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Rows as CSV (RFC 4180): `name:N` heads a column of numbers; without a type, a cell is JSON of the protocol. */
export function toCsv(items, columns) {
  const types = columns.map(name => columnType(items, name));
  const head = columns.map((name, i) => quoted(types[i] ? `${name}:${types[i]}` : name));
  const cell = (value, type) => value === undefined ? '' : type === 'B' ? value.B : type ? line(value) : JSON.stringify(value);
  const rows = items.map(item => columns.map((name, i) => quoted(cell(item[name], types[i]))).join(','));
  return `${[head.join(','), ...rows].join('\r\n')}\r\n`;
}

/** The rows of a file, by its name and text. */
export function fromFile({ name, text }, table) {
  const items = /\.csv$/i.test(name) ? fromCsv(text, table) : fromJson(text);
  const keys = [table.hash, table.range].filter(Boolean);
  items.forEach((item, i) => {
    for (const key of keys) {
      if (item[key.name] === undefined) throw new RowFileError(`Row ${i + 1} has no '${key.name}', which is part of the key.`);
    }
  });
  return items;
}

function fromJson(text) {
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new RowFileError(`Not JSON: ${error.message}`);
  }
  const rows = Array.isArray(parsed) ? parsed : parsed?.Items ?? [parsed];
  return rows.map((row, i) => {
    if (row === null || typeof row !== 'object' || Array.isArray(row)) throw new RowFileError(`Row ${i + 1} is not an object.`);
    const values = Object.values(row);
    const isProtocol = values.length > 0 && values.every(isTyped);
    return isProtocol ? row : Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typed(value)]));
  });
}

function fromCsv(text, table) {
  const [head, ...rows] = cells(text);
  if (!head) throw new RowFileError('The file is empty.');
  const keyTypes = { [table.hash.name]: table.hash.type, [table.range?.name]: table.range?.type };
  const columns = head.map(each => {
    const [, name, type] = /^(.*?)(?::(S|N|BOOL|B))?$/.exec(each);
    return { name, type: type ?? { STRING: 'S', NUMBER: 'N', BINARY: 'B' }[keyTypes[name]] };
  });
  return rows.map((row, i) => Object.fromEntries(columns.flatMap(({ name, type }, j) => {
    const cell = row[j] ?? '';
    if (cell === '' && type !== 'S') return [];
    return [[name, value(cell, type, i)]];
  })));
}

function value(cell, type, row) {
  if (type === 'BOOL') return { BOOL: cell === 'true' };
  if (type) return { [type]: cell };
  try {
    const parsed = JSON.parse(cell);
    return isTyped(parsed) ? parsed : typed(parsed);
  } catch {
    if (/^[[{]/.test(cell)) throw new RowFileError(`Row ${row + 1} has a cell that is not JSON: ${cell.slice(0, 60)}`);
    return { S: cell };
  }
}

/** The cells of a CSV text. */
function cells(text) {
  const rows = [];
  let row = [];
  let cell = '';
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inside) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[++i];
      else inside = false;
    } else if (char === '"') {
      inside = true;
    } else if (char === ',' || char === '\n') {
      row.push(cell.replace(/\r$/, ''));
      cell = '';
      if (char === '\n') {
        rows.push(row);
        row = [];
      }
    } else {
      cell += char;
    }
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows.filter(each => each.length > 1 || each[0] !== '');
}

