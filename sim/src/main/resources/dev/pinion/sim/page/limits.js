// The limits of the gateway, as they are at this moment.

import { h } from './dom.js';
import { size, span } from './words.js';

const UNITS = {
  MILLISECONDS: { label: 's', scale: 1000, words: value => value < 60_000 ? span(value) : minutes(value) },
  BYTES: { label: 'bytes', scale: 1, words: size },
  PER_SECOND: { label: 'a second', scale: 1, words: value => `${value.toLocaleString('en')} a second` },
  COUNT: { label: '', scale: 1, words: value => value.toLocaleString('en') },
};

function minutes(millis) {
  const whole = Math.round(millis / 60_000);
  if (whole * 60_000 !== millis) return `${(millis / 60_000).toFixed(1)} min`;
  return whole % 60 ? `${whole} min` : `${whole / 60} h`;
}

/** Calls `change(id, value)` and `reset()`. */
export class LimitsForm {
  #rows = new Map();

  constructor(change, reset) {
    this.change = change;
    this.list = h('div.limit-list');
    this.resetAll = h('button', { type: 'button', onclick: reset }, 'As usual again');
    this.words = h('span.note', { role: 'status' });
    this.element = h('div', this.list, h('div.row-of', this.resetAll, this.words));
  }

  show(limits, changeable) {
    if (this.#rows.size !== limits.length) {
      this.#rows = new Map(limits.map(each => [each.id, this.#row(each)]));
      this.list.replaceChildren(...this.#rows.values());
    }
    for (const each of limits) this.#fill(each, changeable);
    const changed = limits.filter(each => each.value !== each.usual).length;
    this.resetAll.disabled = !changed;
    this.words.textContent = changed ? `${changed} of ${limits.length} changed` : 'All as usual';
  }

  #row({ id, text, meaning, unit, most }) {
    const { label, scale } = UNITS[unit];
    const input = h('input.rate', { type: 'number', min: 1 / scale, max: most / scale, step: 'any', 'aria-label': `${text}${label && `, ${label}`}`,
      onchange: () => input.value && this.change(id, Math.round(Number(input.value) * scale)) });
    const name = text.charAt(0).toUpperCase() + text.slice(1);
    return h('div.fault', { data: { limit: id } }, h('label', h('span', h('b', name), h('span.chip', { hidden: true }), h('span.dim', meaning))),
      h('span.amount', input, h('span.dim', label)));
  }

  #fill({ id, unit, value, usual }, changeable) {
    const row = this.#rows.get(id);
    const input = row.querySelector('input');
    input.disabled = !changeable;
    if (document.activeElement !== input) input.value = String(value / UNITS[unit].scale);
    const chip = row.querySelector('.chip');
    chip.hidden = value === usual;
    chip.textContent = `changed; usual is ${UNITS[unit].words(usual)}`;
  }
}
