// What is to be said about the program: that it is gone, does not compile, or has been replaced.

import { h } from './dom.js';
import { plural } from './words.js';

const SHOWN_FOR = 8000;
let timer;

/** Says briefly what has happened; it goes by itself. */
export function say(text) {
  const toast = document.getElementById('toast');
  toast.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.textContent = ''; }, 5000);
}

/** The banner of the program's state: its compiler's message until it is mended, and what the last reload has changed. */
export class ProgramBanner {
  #element = document.getElementById('program');
  #generation = null;
  #timer;

  /** `program` is `{generation, error, changes}`. */
  show({ generation, error, changes = [] }) {
    const isNew = this.#generation !== null && generation > this.#generation;
    const wasFailed = this.#element.dataset.state === 'failed' && !this.#element.hidden;
    this.#generation = generation;
    if (error) this.#failed(error);
    else if (isNew) this.#changed(changes);
    else if (wasFailed) this.#changed([]);
  }

  #failed(error) {
    clearTimeout(this.#timer);
    this.#element.dataset.state = 'failed';
    this.#element.replaceChildren(h('div.what',
      h('h2', 'What was saved does not run. The program before it goes on.'), h('pre', error)));
    this.#element.hidden = false;
  }

  #changed(changes) {
    clearTimeout(this.#timer);
    this.#element.dataset.state = 'new';
    const title = changes.length ? `The new program runs: ${plural(changes.length, 'change')}` : 'The new program runs.';
    this.#element.replaceChildren(h('div.what', h('h2', title),
      changes.length ? h('ul', changes.map(each => h('li', each))) : null));
    this.#element.hidden = false;
    this.#timer = setTimeout(() => { this.#element.hidden = true; }, SHOWN_FOR);
  }
}

/** The bar of a program that is gone, and of one that is back. */
export class GoneBar {
  #bar = document.getElementById('bar');
  #button = document.getElementById('reconnect');

  get state() {
    return this.#bar.hidden ? 'hidden' : this.#bar.dataset.state;
  }

  gone() {
    this.#show('gone', `Nothing answers at ${location.host}. Start the program again in its terminal; this page is `
      + 'looking for it.');
    this.#button.hidden = true;
  }

  back(lost) {
    this.#show('back', `The program is back. ${plural(lost, 'client')} lost the connection.`);
    this.#button.hidden = false;
    this.#bar.hidden = lost === 0;
  }

  hide() {
    this.#bar.hidden = true;
  }

  #show(state, text) {
    this.#bar.dataset.state = state;
    this.#bar.querySelector('p').textContent = text;
    this.#bar.hidden = false;
  }
}
