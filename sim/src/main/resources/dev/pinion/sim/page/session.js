// What the clients have done, as data: kept over a reload of the page, copied, exported and imported.

import { KEPT } from './log.js';

const FORMAT = 'pinion-session';
/** Browsers keep some 5 million characters for a page; the newest entries have room first. */
const BUDGET = 3_500_000;
const KINDS = ['sent', 'received', 'event'];

/** A file that is not a session; the message says why. */
export class SessionError extends Error {}

/** The session as text. `groups` are `{webSocket, clients}`, each client as `Card.data` gives it. */
export function exported(app, groups) {
  return JSON.stringify({ [FORMAT]: 1, app, exportedAt: new Date().toISOString(), webSockets: groups }, null, 1);
}

/** The groups of an exported session. */
export function imported(text) {
  let session;
  try {
    session = JSON.parse(text);
  } catch (error) {
    throw new SessionError(`The file is not JSON: ${error.message}`);
  }
  if (session?.[FORMAT] !== 1 || !Array.isArray(session.webSockets)) {
    throw new SessionError('The file is not a session that this page has exported.');
  }
  return session.webSockets.map(group => ({
    webSocket: String(group.webSocket),
    script: String(group.script ?? ''),
    clients: (group.clients ?? []).slice(0, 100).map(client),
  }));
}

function client(each) {
  const entries = (each.entries ?? []).filter(entry => KINDS.includes(entry.kind) && typeof entry.text === 'string'
    && Number.isFinite(entry.at));
  return {
    name: String(each.name ?? ''),
    query: String(each.query ?? ''),
    protocols: String(each.protocols ?? ''),
    open: each.open === true,
    sent: Number(each.sent) || 0,
    received: Number(each.received) || 0,
    dropped: (Number(each.dropped) || 0) + Math.max(entries.length - KEPT, 0),
    entries: entries.slice(-KEPT).map(({ kind, at, text, bytes, tone, problem }) =>
      ({ kind, at, text, bytes: Number(bytes) || 0, tone, problem })),
    history: (each.history ?? []).filter(one => typeof one === 'string').slice(-50),
  };
}

/** Keeps a session for this tab's next page, without the oldest entries if it is too large. */
export function keep(shown, groups) {
  const clients = groups.flatMap(group => group.clients);
  const room = BUDGET / Math.max(clients.length, 1);
  for (const each of clients) {
    let chars = 0;
    let from = each.entries.length;
    while (from > 0 && (chars += each.entries[from - 1].text.length + 90) < room) from--;
    each.dropped += from;
    each.entries = each.entries.slice(from);
  }
  try {
    sessionStorage.setItem('session', JSON.stringify({ shown, groups }));
  } catch {
    for (const each of clients) each.entries = [];
    sessionStorage.setItem('session', JSON.stringify({ shown, groups }));
  }
}

/** What this tab's last page has kept, once: `{shown, groups}`. */
export function kept() {
  const text = sessionStorage.getItem('session');
  if (!text) return { shown: null, groups: [] };
  try {
    const { shown, groups } = JSON.parse(text);
    return { shown, groups: groups.map(group => ({ ...group, clients: group.clients.map(client) })) };
  } catch {
    return { shown: null, groups: [] };
  }
}

/** Messages that are saved for a WebSocket of an app, in this browser. */
export class Saved {
  #key;

  constructor(app, webSocket) {
    this.#key = `saved ${app} ${webSocket}`;
  }

  get all() {
    return JSON.parse(localStorage.getItem(this.#key) ?? '[]');
  }

  add(text) {
    this.#write([text, ...this.all.filter(each => each !== text)].slice(0, 50));
  }

  remove(text) {
    this.#write(this.all.filter(each => each !== text));
  }

  #write(all) {
    localStorage.setItem(this.#key, JSON.stringify(all));
  }
}
