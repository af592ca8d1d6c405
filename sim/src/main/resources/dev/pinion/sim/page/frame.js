// The page's frame: its views, one in sight at a time, named by the address's hash: #tables/members.

const TYPING = 'input, textarea, select, [contenteditable], dialog[open] *, [popover]:popover-open *';

/** Shows views; each is `{id, title, mount(root, page), show(path), hide?(), model?(api)}`, mounted when first shown. */
export class Frame {
  #views;
  #mounted = new Set();
  #shown = null;
  #page;

  constructor(views, page) {
    this.#views = new Map(views.map(view => [view.id, view]));
    this.#page = page;
    addEventListener('hashchange', () => this.#follow());
    document.addEventListener('keydown', event => this.#key(event));
    document.getElementById('skip').addEventListener('click', () => section(this.#shown.id).focus());
  }

  /** Shows the view that the address names. */
  start() {
    this.#follow();
  }

  go(hash) {
    if (location.hash === `#${hash}`) this.#follow();
    else location.hash = hash;
  }

  /** Gives the views that have been shown the program's new description. */
  model(api) {
    for (const id of this.#mounted) this.#views.get(id).model?.(api);
    this.#title();
  }

  #follow() {
    const [id, ...path] = location.hash.slice(1).split('/').map(decoded);
    const view = this.#views.get(id) ?? this.#views.values().next().value;
    if (this.#shown !== view) {
      this.#shown?.hide?.();
      this.#shown = view;
      for (const each of this.#views.keys()) section(each).hidden = each !== view.id;
      for (const link of document.querySelectorAll('#views a')) {
        if (link.hash === `#${view.id}`) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    }
    if (!this.#mounted.has(view.id)) {
      this.#mounted.add(view.id);
      view.mount(section(view.id), this.#page);
      if (this.#page.api) view.model?.(this.#page.api);
    }
    this.#title();
    view.show(path);
  }

  #title() {
    const app = this.#page.api?.app;
    const parts = [this.#shown?.id === 'clients' ? '' : this.#shown?.title, app, 'Pinion'];
    document.title = parts.filter(Boolean).join(' · ');
  }

  /** 1 to 6 show a view, outside of fields. */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.target.closest?.(TYPING) || localStorage.getItem('keys') === 'off') return;
    const id = [...this.#views.keys()][Number(event.key) - 1];
    if (!id) return;
    event.preventDefault();
    this.go(id);
    document.querySelector(`#views a[href="#${id}"]`)?.focus();
  }
}

const section = id => document.getElementById(`view-${id}`);

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
