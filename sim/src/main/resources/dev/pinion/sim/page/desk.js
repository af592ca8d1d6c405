// The clients of one WebSocket.

import { Card } from './card.js';
import { h } from './dom.js';
import { Saved } from './session.js';

export class Desk {
  cards = new Set();
  element = h('div.cards', { hidden: true });
  script = '';
  begun = false;
  #count = 0;
  #page;
  #on;
  #visible = false;

  /** `on` is told `changed()`, `opened(card)` and `lost(card, opened)`. */
  constructor(webSocket, page, on) {
    this.webSocket = webSocket;
    this.#page = page;
    this.#on = on;
  }

  /** The host is the one the browser used: 127.0.0.1, a tunnel and a phone in the same network work, too. */
  address() {
    const url = new URL(this.webSocket.url);
    const here = this.webSocket.here ? location.host : `${location.hostname}:${url.port}`;
    return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${here}${url.pathname}`;
  }

  show(visible) {
    this.#visible = visible;
    this.element.hidden = !visible;
    for (const card of this.cards) card.log.show(visible);
  }

  /** Opens two clients when the WebSocket is shown for the first time; says whether it did. */
  begin() {
    if (this.begun) return false;
    this.begun = true;
    this.add();
    this.add();
    return true;
  }

  /** Adds a client that connects as the last one does. */
  add() {
    const last = [...this.cards].at(-1)?.client;
    const card = this.#create(`Client ${this.#count + 1}`);
    if (last) card.options = { query: last.query, protocols: last.protocols };
    card.open();
    return card;
  }

  #create(name) {
    const number = Number(/^Client (\d+)$/.exec(name)?.[1]);
    const taken = [...this.cards].some(card => card.name === name);
    const card = new Card(!number || taken ? `Client ${this.#count + 1}` : name, {
      address: () => this.address(),
      webSocket: () => this.webSocket,
      saved: () => new Saved(this.#page.api.app, this.webSocket.id),
      client: wanted => [...this.cards].find(each => each.name === `Client ${wanted}`),
      changed: () => this.#on.changed(),
      opened: each => this.#on.opened(each),
      lost: (each, opened) => this.#on.lost(each, opened),
      removed: each => {
        this.cards.delete(each);
        this.#on.changed();
      },
      desk: this,
    });
    this.#count = Math.max(this.#count, Number(card.name.slice('Client '.length)));
    card.log.show(this.#visible);
    this.cards.add(card);
    this.element.append(card.element);
    return card;
  }

  get data() {
    return { webSocket: this.webSocket.id, script: this.script, clients: [...this.cards].map(card => card.data) };
  }

  /** Adds the clients of a session; those that were open are opened again if wanted. */
  restore({ script, clients }, reopen) {
    this.begun = true;
    this.script ||= String(script ?? '');
    for (const data of clients) {
      const card = this.#create(data.name);
      card.restore(data);
      if (reopen && data.open) {
        card.client.note('The page was loaded again.');
        card.open();
      }
    }
  }
}
