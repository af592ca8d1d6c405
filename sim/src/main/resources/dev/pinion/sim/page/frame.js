// The page's frame: its views, one in sight at a time, named by the address's hash, such as #tables/members.

const TYPING = 'input, textarea, select, [contenteditable], dialog[open] *, [popover]:popover-open *';

const section = id => document.getElementById(`view-${id}`);

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Loads a style sheet once and waits for it, so that nothing is drawn without it. */
function styled(name) {
  const href = `page/${name}`;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise(done => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', href, onload: done, onerror: done });
    document.head.append(link);
  });
}

/**
 * Shows views. Each is `{id, title, styles?, load()}`; `load` gives a module whose `view` is `{mount(root, page),
 * show(path), hide?(), model?(api)}`. A view is loaded and mounted when it is first shown, and keeps what it shows.
 */
export class Frame {
  #views;
  #loaded = new Map();
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
    return this.#follow();
  }

  go(hash) {
    if (location.hash === `#${hash}`) this.#follow();
    else location.hash = hash;
  }

  /** The id of the view in sight. */
  get shown() {
    return this.#shown?.id;
  }

  /** Gives the views that have been shown the program's new description. */
  model(api) {
    for (const view of this.#loaded.values()) view.model?.(api);
    this.#title();
  }

  async #follow() {
    const [id, ...path] = location.hash.slice(1).split('/').map(decoded);
    const view = this.#views.get(id) ?? this.#views.values().next().value;
    if (this.#shown !== view) {
      this.#loaded.get(this.#shown?.id)?.hide?.();
      this.#shown = view;
      for (const each of this.#views.keys()) section(each).hidden = each !== view.id;
      for (const link of document.querySelectorAll('#views a')) {
        if (link.hash === `#${view.id}`) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    }
    this.#title();
    const loaded = this.#loaded.get(view.id) ?? await this.#load(view);
    if (this.#shown === view) loaded?.show?.(path);
  }

  async #load(view) {
    let module;
    try {
      [module] = await Promise.all([view.load(), view.styles && styled(view.styles)]);
    } catch {
      this.#page.answers();
      return null;
    }
    const known = this.#loaded.get(view.id);
    if (known) return known;
    this.#loaded.set(view.id, module.view);
    module.view.mount(section(view.id), this.#page);
    if (this.#page.api) module.view.model?.(this.#page.api);
    return module.view;
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
    document.querySelector(`#views a[href="#${id}"]`).focus();
  }
}
