// A client as a card: its state, its log, a place to write.

import { Client } from './client.js';
import { firstBlank, templates } from './json.js';
import { Log } from './log.js';
import { attach, openMenu } from './pop.js';
import { bytes, size } from './words.js';

const FRAME_LIMIT = 32 * 1024;
const PLACEHOLDERS = { open: 'Write a message, press Enter', connecting: 'Connecting…' };
const WARN_FROM = FRAME_LIMIT - 2048;

/** `page` gives `address()` and `webSocket()`, and is told `changed()`, `lost(card, opened)` and `removed(card)`. */
export class Card {
  #page;
  #find;
  #history = [];
  #at = 0;
  #draft = '';

  constructor(name, page) {
    this.#page = page;
    this.element = document.getElementById('card').content.cloneNode(true).firstElementChild;
    this.#find = selector => this.element.querySelector(selector);
    this.#find('h2').textContent = name;
    this.element.setAttribute('aria-label', name);
    this.#find('.log').setAttribute('aria-label', `Frames of ${name}`);
    this.input = this.#find('textarea');
    this.input.setAttribute('aria-label', `Message as ${name}`);
    for (const [each, does] of [['.more', 'Options of'], ['.remove', 'Remove']]) {
      this.#find(each).setAttribute('aria-label', `${does} ${name}`);
    }
    this.log = new Log(this.#find('.log'), this.#find('.newer'), () => this.#counts());
    this.client = new Client(name, {
      entry: entry => this.log.add(entry),
      state: () => this.#show(),
      lost: (client, opened) => page.lost(this, opened),
    });
    this.#buttons();
    this.#composer();
    this.#panel();
  }

  open() {
    this.client.open(this.#page.address());
  }

  send(text) {
    if (!this.client.send(text)) return false;
    if (this.#history.at(-1) !== text) this.#history.push(text);
    this.#at = this.#history.length;
    this.#draft = '';
    return true;
  }

  remove() {
    this.client.dispose();
    this.element.remove();
    this.#page.removed(this);
  }

  /** Offers the routes' messages only where there are some. */
  routesChanged() {
    this.#find('.templates').hidden = templates(this.#page.webSocket()).length === 0;
  }

  #buttons() {
    this.#find('.remove').addEventListener('click', () => this.remove());
    this.#find('.toggle').addEventListener('click', () => {
      if (this.client.isOpen || this.client.state === 'connecting') this.client.close(1000);
      else this.open();
    });
    this.#find('.templates').addEventListener('click', event => this.#offer(event.currentTarget));
    this.routesChanged();
  }

  #offer(button) {
    openMenu(document.getElementById('menu'), button, templates(this.#page.webSocket()).map(each => ({
      label: each.key,
      text: each.text,
      note: each.route.location ?? '',
      choose: () => this.#fill(each.text, ...firstBlank(each.text)),
    })));
  }

  #composer() {
    const form = this.#find('.compose');
    form.addEventListener('submit', event => {
      event.preventDefault();
      if (this.input.value && this.send(this.input.value)) this.#fill('');
      this.log.follow();
    });
    this.input.addEventListener('input', () => this.#grow());
    this.input.addEventListener('keydown', event => {
      if (event.isComposing) return;
      if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit();
      } else if (event.key === 'ArrowUp' && !this.#before().includes('\n')) {
        this.#recall(-1, event);
      } else if (event.key === 'ArrowDown' && !this.input.value.slice(this.input.selectionEnd).includes('\n')) {
        this.#recall(1, event);
      }
    });
  }

  #before() {
    return this.input.value.slice(0, this.input.selectionStart);
  }

  #recall(step, event) {
    const to = this.#at + step;
    if (to < 0 || to > this.#history.length) return;
    event.preventDefault();
    if (this.#at === this.#history.length) this.#draft = this.input.value;
    this.#at = to;
    this.#fill(to === this.#history.length ? this.#draft : this.#history[to]);
  }

  #fill(text, start = text.length, end = start) {
    this.input.value = text;
    this.#grow();
    this.input.focus();
    this.input.setSelectionRange(start, end);
  }

  #grow() {
    const text = this.input.value;
    this.input.rows = Math.min(8, text.split('\n').length);
    const large = text.length > WARN_FROM / 4 ? bytes(text) : 0;
    const hint = this.#find('.hint');
    hint.hidden = large < WARN_FROM;
    hint.textContent = `${size(large)} in one frame, as browsers send it. Past 32 KiB, API Gateway closes with 1009.`;
    this.log.follow();
  }

  #panel() {
    const panel = this.#find('.panel');
    attach(this.#find('.more'), panel);
    const connect = this.#find('form.connect');
    connect.addEventListener('submit', event => {
      event.preventDefault();
      this.client.query = connect.elements.query.value.trim().replace(/^\?/, '');
      this.client.protocols = connect.elements.protocols.value.trim();
      panel.hidePopover();
      this.open();
      this.input.focus();
    });
    const close = this.#find('form.close');
    close.addEventListener('submit', event => {
      event.preventDefault();
      panel.hidePopover();
      this.client.close(Number(close.elements.code.value) || undefined, close.elements.reason.value);
    });
    this.#find('.clear').addEventListener('click', () => {
      panel.hidePopover();
      this.log.clear();
    });
  }

  /** Sets what the next connection is opened with. */
  set options({ query, protocols }) {
    Object.assign(this.client, { query, protocols });
    Object.assign(this.#find('[name=query]'), { value: query });
    Object.assign(this.#find('[name=protocols]'), { value: protocols });
  }

  #show() {
    const { state, failed, ended, query } = this.client;
    const running = state === 'open' || state === 'connecting';
    this.element.dataset.state = state === 'closed' && failed ? 'failed' : state;
    const words = [state === 'closed' ? ended : state, query && `?${query}`].filter(Boolean).join(' · ');
    this.#find('.words').textContent = words;
    this.#find('.words').title = words;
    this.#find('.toggle').textContent = running ? 'Close' : state === 'closing' ? 'Closing' : 'Reopen';
    this.#find('.toggle').disabled = state === 'closing';
    this.#find('.send').disabled = state !== 'open';
    this.input.placeholder = PLACEHOLDERS[state] ?? 'Closed: reopen to send';
    this.#find('.close button').disabled = !running;
    this.#find('.connect button').textContent = running ? 'Connect again' : 'Connect';
    this.#page.changed();
  }

  #counts() {
    const { sent, received } = this.client;
    this.#find('.counts').textContent = sent + received ? ` · ${sent} ↑ ${received} ↓` : '';
    this.#find('.counts').title = `${sent} sent, ${received} received`;
  }
}
