// A list of any length: the document has only the rows in sight.

const MARGIN = 12;

/** Rows of one height in a scroller. `render(index)` gives the element of a row. */
export class VirtualRows {
  #scroller;
  #height;
  #render;
  #space = document.createElement('div');
  #count = 0;
  #first = -1;
  #last = -1;
  #due = false;

  constructor(scroller, height, render) {
    this.#scroller = scroller;
    this.#height = height;
    this.#render = render;
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
    const focused = this.#space.contains(document.activeElement) && document.activeElement.dataset.index;
    const rows = [];
    for (let i = first; i < last; i++) {
      const row = this.#render(i);
      row.dataset.index = i;
      row.style.top = `${i * this.#height}px`;
      rows.push(row);
    }
    this.#space.replaceChildren(...rows);
    if (focused) this.#space.querySelector(`[data-index="${focused}"]`)?.focus({ preventScroll: true });
  }
}
