// A message that is sent again and again.

/** After this many a turn, those that are late are left out: a page in the background is called once a second. */
const MOST_AT_ONCE = 1000;

/** The text with its placeholders filled in. */
export function filled(text, n) {
  return text.replace(/\{\{(n|now|uuid)\}\}/g, (_, name) => {
    if (name === 'n') return String(n);
    return name === 'now' ? String(Date.now()) : uuid();
  });
}

/** A random UUID, also where the page is not a secure context. */
function uuid() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((each, i) => {
    const byte = i === 6 ? (each & 15) | 64 : i === 8 ? (each & 63) | 128 : each;
    return byte.toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * Calls `send(text)` every so many milliseconds, a number of times or until stopped, and `done()` at the end. Ends when
 * `send` returns false.
 */
export class Repeat {
  sent = 0;
  #timer;

  constructor({ text, every, times }, send, changed) {
    this.every = every;
    const from = performance.now();
    let skipped = 0;
    const turn = () => {
      const due = Math.floor((performance.now() - from) / every) + 1 - skipped;
      skipped += Math.max(due - this.sent - MOST_AT_ONCE, 0);
      const until = Math.min(due, this.sent + MOST_AT_ONCE, times);
      while (this.running && this.sent < until) {
        if (!send(filled(text, this.sent + 1))) this.stop();
        else this.sent++;
      }
      if (this.sent >= times) this.stop();
      changed(this);
    };
    this.changed = changed;
    this.#timer = setInterval(turn, every);
    turn();
  }

  get running() {
    return this.#timer !== null;
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.changed(this);
  }
}
