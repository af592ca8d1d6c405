import { connect } from './connect.js';

/** Joins a room, again after each reconnection, and hands on what is said there. */
export function lounge(endpoint, room, name, onSaid) {
  const connection = connect(async () => `${endpoint}?ticket=${await ticket()}`, {
    onOpen: () => connection.send({ action: 'join', room, name }),
    onMessage: onSaid,
  });
  return { say: text => connection.send({ action: 'say', room, text }), leave: () => connection.close() };
}

/** A ticket for one connection, from the site's own server, which knows who is logged in. */
async function ticket() {
  const response = await fetch('/ticket', { method: 'POST' });
  if (!response.ok) throw new Error(`no ticket: ${response.status}`);
  return encodeURIComponent(await response.text());
}
