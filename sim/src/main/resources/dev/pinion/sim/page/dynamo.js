// The app's tables by DynamoDB's own protocol, which this server answers on the page's port; and its values.

export class DynamoError extends Error {}

/** Calls an operation, such as `Scan`. */
export async function call(operation, body) {
  const response = await fetch('/', {
    method: 'POST',
    cache: 'no-store',
    headers: { 'X-Amz-Target': `DynamoDB_20120810.${operation}`, 'Content-Type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new DynamoError(answer.message ?? answer.Message ?? answer.__type ?? `${response.status}`);
  return answer;
}

export const TYPES = ['S', 'N', 'BOOL', 'NULL', 'B', 'L', 'M', 'SS', 'NS', 'BS'];
export const NAMES = { S: 'string', N: 'number', BOOL: 'boolean', NULL: 'null', B: 'binary', L: 'list', M: 'map',
  SS: 'string set', NS: 'number set', BS: 'binary set' };

export const typeOf = value => Object.keys(value)[0];

/** A value without its types, for people and for sorting; numbers stay texts, as they may be longer than a double. */
export function plain(value) {
  const type = typeOf(value);
  const content = value[type];
  if (type === 'NULL') return null;
  if (type === 'L') return content.map(plain);
  if (type === 'M') return Object.fromEntries(Object.entries(content).map(([name, each]) => [name, plain(each)]));
  return content;
}

/** A value on one line. */
export function line(value) {
  const type = typeOf(value);
  const content = value[type];
  switch (type) {
    case 'S': return content;
    case 'N': return content;
    case 'BOOL': return String(content);
    case 'NULL': return 'null';
    case 'B': return `${Math.floor(content.replace(/=+$/, '').length * 3 / 4)} bytes`;
    case 'BS': return `${content.length} binaries`;
    case 'SS': return `{${content.join(', ')}}`;
    case 'NS': return `{${content.join(', ')}}`;
    default: return json(value);
  }
}

/** JSON of a value, with numbers as they are stored. */
export function json(value) {
  const type = typeOf(value);
  const content = value[type];
  if (type === 'N') return content;
  if (type === 'L') return `[${content.map(json).join(', ')}]`;
  if (type === 'M') return `{${Object.entries(content).map(([name, each]) => `${JSON.stringify(name)}: ${json(each)}`).join(', ')}}`;
  if (type === 'NS') return `[${content.join(', ')}]`;
  return JSON.stringify(plain(value));
}

/** The value of anything that JSON can say. */
export function typed(any) {
  if (any === null) return { NULL: true };
  if (typeof any === 'string') return { S: any };
  if (typeof any === 'number') return { N: String(any) };
  if (typeof any === 'boolean') return { BOOL: any };
  if (Array.isArray(any)) return { L: any.map(typed) };
  return { M: Object.fromEntries(Object.entries(any).map(([name, each]) => [name, typed(each)])) };
}

/** Whether something is a value of DynamoDB's already. */
export function isTyped(any) {
  if (any === null || typeof any !== 'object' || Array.isArray(any)) return false;
  const names = Object.keys(any);
  return names.length === 1 && TYPES.includes(names[0]);
}

/** The order of two values: numbers by size, texts by text, missing ones last. */
export function compare(a, b) {
  if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
  const [one, other] = [typeOf(a), typeOf(b)];
  if (one !== other) return one < other ? -1 : 1;
  if (one === 'N') return Number(a.N) - Number(b.N);
  const [left, right] = [line(a), line(b)];
  return left < right ? -1 : Number(left > right);
}
