// A client as a card: its state, its log, a place to write.

import { Client } from './client.js';
import { copyText } from './dom.js';
import { Log, asText } from './log.js';
import { ask, attach, openMenu } from './pop.js';
import { Repeat } from './repeat.js';
import { firstBlank, templates } from './samples.js';
import { ScriptError, parseScript, runScript } from './script.js';
import { bytes, plural, size } from './words.js';

const FRAME_LIMIT = 32 * 1024;
const PLACEHOLDERS = { open: 'Write a message, press Enter', connecting: 'Connecting…' };
const WARN_FROM = FRAME_LIMIT - 2048;
const MOST_HISTORY = 50;

/**
 * `desk` gives `address()`, `webSocket()`, `saved()`, `client(number)` and the `desk` with its `script`, and is told `changed()`,
 * `opened(card)`, `lost(card, opened)` and `removed(card)`.
 */
export class Card {
  #desk;
  #find;
  #history = [];
  #at = 0;
  #draft = '';
  #listeners = new Set();
  #stop = null;

  constructor(name, desk) {
    this.#desk = desk;
    this.name = name;
    this.element = document.getElementById('card').content.cloneNode(true).firstElementChild;
    this.#find = selector => this.element.querySelector(selector);
    this.#find('h2').textContent = name;
    this.element.setAttribute('aria-label', name);
    this.#find('.log').setAttribute('aria-label', `Frames of ${name}`);
    this.input = this.#find('textarea');
    this.input.setAttribute('aria-label', `Message as ${name}`);
    for (const [each, does] of [['.more', 'Options of'], ['.remove', 'Remove'], ['.templates', 'Messages for'],
      ['.identity button', 'Copy the connection id of']]) {
      this.#find(each).setAttribute('aria-label', `${does} ${name}`);
    }
    this.log = new Log(this.#find('.log'), this.#find('.newer'), () => this.#counts());
    this.client = new Client(name, {
      entry: entry => this.#enter(entry),
      state: () => this.#show(),
      opened: () => desk.opened(this),
      lost: (client, opened) => desk.lost(this, opened),
    });
    this.#buttons();
    this.#composer();
    this.#panel();
  }

  open() {
    this.client.open(this.#desk.address());
  }

  send(text, remember = true) {
    if (!this.client.send(text)) return false;
    if (remember && this.#history.at(-1) !== text) this.#history = [...this.#history, text].slice(-MOST_HISTORY);
    this.#at = this.#history.length;
    this.#draft = '';
    return true;
  }

  remove() {
    this.#stop?.();
    this.client.dispose();
    this.element.remove();
    this.#desk.removed(this);
  }

  /** What a session keeps of it. */
  get data() {
    const { query, protocols, sent, received, state } = this.client;
    return { name: this.name, query, protocols, open: state === 'open' || state === 'connecting', sent, received,
      dropped: this.log.dropped, entries: this.log.entries, history: this.#history };
  }

  /** Takes what a session has kept; the connection is another one. */
  restore(data) {
    this.options = data;
    this.#history = data.history;
    this.#at = data.history.length;
    this.log.restore(data.entries, data.dropped);
    this.client.restore(data);
  }

  #enter(entry) {
    this.log.add(entry);
    if (entry.kind === 'received') for (const listener of this.#listeners) listener(entry.text);
  }

  #buttons() {
    this.#find('.remove').addEventListener('click', () => this.remove());
    this.#find('.toggle').addEventListener('click', () => {
      if (this.client.isOpen || this.client.state === 'connecting') this.client.close(1000);
      else this.open();
    });
    this.#find('.templates').addEventListener('click', event => this.#offer(event.currentTarget));
    const copy = this.#find('.identity button');
    copy.addEventListener('click', () => copyText(this.client.id, copy));
    this.#find('.running button').addEventListener('click', () => this.#stop?.());
  }

  /** The menu of messages: samples of the routes, what was saved, and what sends more than one. */
  #offer(button) {
    const text = this.input.value;
    const saved = this.#desk.saved();
    const samples = templates(this.#desk.webSocket()).map(each => ({
      label: each.key,
      text: each.text,
      note: each.route.location ?? '',
      choose: () => this.#fill(each.text, ...firstBlank(each.text)),
    }));
    const mine = saved.all.map(each => ({ text: each, choose: () => this.#fill(each), remove: () => saved.remove(each) }));
    openMenu(button, [
      samples.length && { heading: 'A message for each route' }, ...samples,
      mine.length && { heading: 'Saved' }, ...mine,
      { heading: text ? 'This message' : 'More' },
      text && { label: 'Save it', choose: () => { saved.add(text); this.input.focus(); } },
      { label: 'Send on a timer…', choose: () => this.#askRepeat() },
      { label: 'Run a script…', choose: () => this.#askScript() },
    ].filter(Boolean));
  }

  async #askRepeat() {
    const dialog = document.getElementById('repeat');
    dialog.querySelector('textarea').value = this.input.value || this.#history.at(-1) || '';
    const form = await ask(dialog);
    if (!form) return;
    const { text, every, times } = form.elements;
    this.#stop?.();
    const repeat = new Repeat({ text: text.value, every: Number(every.value), times: Number(times.value) || Infinity },
      each => this.send(each, false), ({ sent, running }) => {
        this.#running(running ? `Every ${every.value} ms · ${sent.toLocaleString('en')} sent` : '');
      });
    this.#stop = () => repeat.stop();
  }

  async #askScript() {
    const dialog = document.getElementById('script-dialog');
    const field = dialog.querySelector('textarea');
    field.value = this.#desk.desk.script;
    const form = await ask(dialog, () => {
      try {
        parseScript(field.value);
        return '';
      } catch (error) {
        if (error instanceof ScriptError) return error.message;
        throw error;
      }
    });
    if (!form) return;
    this.#desk.desk.script = field.value;
    await this.#run(parseScript(field.value));
  }

  async #run(steps) {
    this.#stop?.();
    const stopped = new AbortController();
    this.#stop = () => stopped.abort(new ScriptError('Stopped.'));
    this.#running('Script runs');
    try {
      const sent = await runScript(steps, {
        send: (number, text) => {
          const card = number ? this.#desk.client(number) : this;
          if (!card) throw new ScriptError(`There is no Client ${number}.`);
          if (!card.send(text, false)) throw new ScriptError(`${card.name} is not open.`);
        },
        sent: count => this.#running(`Script runs · ${count.toLocaleString('en')} sent`),
        received: listener => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
      }, stopped.signal);
      this.client.note(`The script has run: ${plural(sent, 'message')} sent.`, 'good');
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      this.client.note(`The script has ended. ${error.message}`, 'bad');
    } finally {
      this.#running('');
    }
  }

  #running(words) {
    this.#find('.running').hidden = !words;
    this.#find('.running span').textContent = words;
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
    const copy = this.#find('.copy-log');
    copy.addEventListener('click', async () => {
      const copied = await copyText(asText(this.log.entries));
      copy.textContent = copied ? 'Copied' : 'The browser does not let it copy';
      setTimeout(() => { copy.textContent = 'Copy the log'; }, 1200);
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
    const { state, failed, ended, query, id } = this.client;
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
    this.#find('.identity').hidden = !id || state !== 'open';
    this.#find('.identity .id').textContent = id;
    this.#desk.changed();
  }

  #counts() {
    const { sent, received } = this.client;
    this.#find('.counts').textContent = sent + received ? ` · ${sent} ↑ ${received} ↓` : '';
    this.#find('.counts').title = `${sent} sent, ${received} received`;
  }
}
