// A form that makes the network to one client or to all of them slow.

import { h } from './dom.js';

const KIB = 1024;
const PRESETS = [['As it is', 0, 0], ['Mobile', 100, 200 * KIB], ['Slow', 400, 40 * KIB], ['Satellite', 600, 1024 * KIB]];

const field = (label, attributes) => h('label.field', h('span', label), h('input', { type: 'number', min: 0, ...attributes }));

/** Calls `change(delayMillis, bytesPerSecond)`. */
export class NetworkForm {
  constructor(whose, change) {
    this.whose = whose;
    this.change = change;
    this.delay = field('Delay each way, ms', { max: 60_000, step: 10, 'aria-label': `Delay of ${whose} in milliseconds` });
    this.speed = field('KiB a second, 0 for any', { step: 1, 'aria-label': `Bandwidth of ${whose} in KiB a second` });
    this.presets = h('div.switch', { role: 'group', 'aria-label': `Network of ${whose}` }, PRESETS.map(([label, delay, speed]) =>
      h('button', { type: 'button', data: { delay, speed }, onclick: () => this.#set(delay, speed) }, label)));
    const [delay, speed] = [this.delay, this.speed].map(each => each.querySelector('input'));
    const typed = () => this.#set(Math.max(0, Math.round(Number(delay.value))), Math.max(0, Math.round(Number(speed.value) * KIB)));
    delay.addEventListener('change', typed);
    speed.addEventListener('change', typed);
    this.element = h('div.network', this.presets, h('div.row-of', this.delay, this.speed));
  }

  #set(delay, speed) {
    this.show({ delayMillis: delay, bytesPerSecond: speed }, true);
    this.change(delay, speed);
  }

  /** Shows what is so now; a field that somebody types in stays. */
  show({ delayMillis, bytesPerSecond }, always = false) {
    const set = (label, value) => {
      const input = label.querySelector('input');
      if (always || document.activeElement !== input) input.value = String(value);
    };
    set(this.delay, delayMillis);
    set(this.speed, Math.round(bytesPerSecond / KIB * 10) / 10);
    for (const button of this.presets.children) {
      const is = Number(button.dataset.delay) === delayMillis && Number(button.dataset.speed) === bytesPerSecond;
      button.setAttribute('aria-pressed', String(is));
    }
  }

  set disabled(value) {
    for (const each of this.element.querySelectorAll('button, input')) each.disabled = value;
  }
}
