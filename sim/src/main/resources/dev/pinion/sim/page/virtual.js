// A list of any length: the document has only the rows in sight.

import { arrange } from './dom.js';

const MARGIN = 12;

/**
 * Rows of one height in a scroller. `render(index)` gives the element of a row, `key(index)` a text that changes with what
 * it shows: as long as it stays the same, so does the element.
 */
export class VirtualRows {
  #scroller;
  #height;
  #render;
  #key;
  #drawn = new Map();
  #space = document.createElement('div');
  #count = 0;
  #first = -1;
  #last = -1;
  #due = false;

  constructor(scroller, height, render, key) {
    this.#scroller = scroller;
    this.#height = height;
    this.#render = render;
    this.#key = key;
    this.#space.className = 'space';
    scroller.append(this.#space);
    scroller.addEventListener('scroll', () => this.#later(), { passive: true });
    new ResizeObserver(() => this.#later()).observe(scroller);
  }

  /** Shows a number of rows anew; `added` of them came in at the top, above what is in sight. */
  show(count, added = 0) {
    this.#count = count;
    this.#space.style.height = `${count * this.#height}px`;
    if (added && this.#scroller.scrollTop > 0) this.#scroller.scrollTop += added * this.#height;
    this.#first = -1;
    this.#later();
  }

  /** Draws the rows in sight anew. */
  refresh() {
    this.#first = -1;
    this.#later();
  }

  /** Scrolls until a row is in sight. */
  reveal(index) {
    const top = index * this.#height;
    const { scrollTop, clientHeight } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + this.#height > scrollTop + clientHeight) this.#scroller.scrollTop = top + this.#height - clientHeight;
  }

  #later() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#draw();
    });
  }

  #draw() {
    const { scrollTop, clientHeight } = this.#scroller;
    if (clientHeight === 0) return;
    const offset = Math.max(0, scrollTop - this.#space.offsetTop);
    const first = Math.max(0, Math.floor(offset / this.#height) - MARGIN);
    const last = Math.min(this.#count, Math.ceil((offset + clientHeight) / this.#height) + MARGIN);
    if (first === this.#first && last === this.#last) return;
    this.#first = first;
    this.#last = last;
    const drawn = new Map();
    for (let index = first; index < last; index++) {
      const key = this.#key(index);
      const row = this.#drawn.get(key) ?? this.#render(index);
      row.dataset.index = index;
      row.style.top = `${index * this.#height}px`;
      drawn.set(key, row);
    }
    this.#drawn = drawn;
    arrange(this.#space, [...drawn.values()]);
  }
}
