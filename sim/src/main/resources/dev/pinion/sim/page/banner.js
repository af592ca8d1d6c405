// What is to be said about the program: that it is gone, and that it is back.

import { plural } from './words.js';

let timer;

/** Says briefly what has happened; it goes by itself. */
export function say(text) {
  const toast = document.getElementById('toast');
  toast.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.textContent = ''; }, 5000);
}

/** Says why a changed program does not run; null once it is mended. */
export function broken(problem) {
  const banner = document.getElementById('broken');
  banner.hidden = problem === null;
  banner.querySelector('pre').textContent = problem ?? '';
}

/** Says briefly that another program runs. */
export function replaced({ changes }) {
  say(changes.length === 0 ? 'Reloaded.' : `Reloaded: ${changes[0]}${changes.length > 1 ? `, and ${changes.length - 1} more` : ''}.`);
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
