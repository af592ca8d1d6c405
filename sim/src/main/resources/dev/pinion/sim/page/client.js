// One connection to the program.

import { bytes, closeWords, span } from './words.js';
import { problem } from './samples.js';

const TOKEN = 'pinion-client';

function token() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map(each => each.toString(16).padStart(2, '0')).join('');
}

/**
 * A client: its socket, and what it did. No DOM.
 *
 *     new → connecting → open → closing → closed → connecting …
 *
 * `on.entry` is given every frame and event, `on.state` is called after every change of state, `on.opened` when a
 * connection is open, and `on.lost` when one ended that this page did not close. A connection that is left is forgotten: nothing of it arrives late.
 */
export class Client {
  state = 'new';
  ended = '';
  failed = false;
  lost = false;
  sent = 0;
  received = 0;
  query = '';
  protocols = '';
  /** The id that the gateway has given the connection, once it is known. */
  id = '';
  /** Names this attempt to connect to the gateway, which takes it out of the query before the app sees it. */
  token = '';
  #socket = null;

  constructor(name, on) {
    this.name = name;
    this.on = on;
  }

  get isOpen() {
    return this.state === 'open';
  }

  /** Opens the connection; one that is open or opening is left first. */
  open(address) {
    this.#leave();
    const url = new URL(address);
    url.search = this.query.trim();
    const shown = `${url.pathname}${url.search}`;
    this.id = '';
    this.token = token();
    url.search = [this.query.trim(), `${TOKEN}=${this.token}`].filter(Boolean).join('&');
    const from = performance.now();
    let socket;
    try {
      socket = new WebSocket(url.href, this.protocols.split(/[\s,]+/).filter(Boolean));
    } catch (error) {
      this.#end('not opened', true, `Not opened: ${error.message}`);
      return;
    }
    this.#socket = socket;
    this.lost = false;
    this.#become('connecting');
    this.#event(`Connecting to ${shown}${this.protocols ? ` as ${this.protocols}` : ''}`);
    let opened = false;
    const mine = handle => event => this.#socket === socket && handle(event);
    socket.binaryType = 'arraybuffer';
    socket.onopen = mine(() => {
      opened = true;
      const agreed = socket.protocol && `, ${socket.protocol}`;
      this.#event(`Opened after ${span(performance.now() - from)}${agreed}`, 'good');
      this.#become('open');
      this.on.opened(this);
    });
    socket.onmessage = mine(({ data }) => this.#receive(data));
    socket.onclose = mine(event => this.#closed(event, opened, span(performance.now() - from)));
  }

  send(text) {
    if (!this.isOpen) {
      this.#event(`Not sent: this client is ${this.state === 'new' ? 'closed' : this.state}.`, 'bad');
      return false;
    }
    this.#socket.send(text);
    this.sent++;
    this.#entry({ kind: 'sent', text, bytes: bytes(text) });
    return true;
  }

  /** Sends a close frame, with a code and a reason or with neither. */
  close(code, reason) {
    if (this.state !== 'open' && this.state !== 'connecting') return;
    try {
      if (code) this.#socket.close(code, reason);
      else this.#socket.close();
    } catch (error) {
      this.#event(`Not closed: ${error.message}`, 'bad');
      return;
    }
    this.#event(code ? `Closing with ${closeWords(code, reason)}` : 'Closing without a code');
    this.#become('closing');
  }

  /** Takes the counts of another page's client, which has ended. */
  restore({ sent, received }) {
    Object.assign(this, { sent, received, state: 'closed', ended: 'closed' });
    this.on.state(this);
  }

  /** Sets the connection's id, once it is known. */
  known(id) {
    this.id = id;
    this.on.state(this);
  }

  /** Puts a note into the log. */
  note(text, tone) {
    this.#event(text, tone);
  }

  /** Ends whatever runs; nothing is reported any more. */
  dispose() {
    this.#leave();
    this.on = { entry() {}, state() {}, opened() {}, lost() {} };
  }

  #leave() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket && socket.readyState <= WebSocket.OPEN) socket.close(1000);
  }

  #receive(data) {
    this.received++;
    if (typeof data === 'string') {
      this.#entry({ kind: 'received', text: data, bytes: bytes(data), problem: problem(data) });
      return;
    }
    const { byteLength } = data;
    const start = [...new Uint8Array(data, 0, Math.min(64, byteLength))];
    const hex = start.map(each => each.toString(16).padStart(2, '0')).join(' ');
    this.#entry({ kind: 'received', text: `binary: ${hex}${byteLength > 64 ? ' …' : ''}`, bytes: byteLength });
  }

  #closed({ code, reason }, opened, after) {
    const asked = this.state === 'closing';
    if (opened) {
      const words = closeWords(code, reason);
      this.#end(`closed ${words}`, code > 1001 && code < 4000 && code !== 1005, `Closed ${words}`);
    } else {
      this.#end('not opened', !asked, `Not opened${asked ? ': given up' : ''} after ${after}`);
    }
    this.lost = !asked;
    if (!asked) this.on.lost(this, opened);
  }

  #end(words, failed, text) {
    this.#socket = null;
    this.ended = words;
    this.failed = failed;
    this.#event(text, failed ? 'bad' : undefined);
    this.#become('closed');
  }

  #become(state) {
    this.state = state;
    this.on.state(this);
  }

  #event(text, tone) {
    this.#entry({ kind: 'event', text, tone });
  }

  #entry(entry) {
    this.on.entry({ at: Date.now(), ...entry });
  }
}
