// Elements without markup: the page's policy forbids HTML from strings.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name in element && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(each => each !== null && each !== undefined && each !== false));
  return element;
}

function tagged(selector) {
  const [, tag, rest] = /^(\w*)(.*)$/.exec(selector);
  return [tag || 'div', rest.slice(1).split('.').filter(Boolean)];
}

/** An element: `h('button.strong', { title: 'Send', onclick }, 'Send')`. A first argument that is no object is a child. */
export function h(selector, attributes, ...children) {
  const [tag, classes] = tagged(selector);
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(' ');
  const plain = attributes?.constructor === Object;
  return fill(element, plain ? attributes : {}, plain ? children : [attributes, ...children]);
}

/** The same for SVG. */
export function s(selector, attributes = {}, ...children) {
  const [tag, classes] = tagged(selector);
  const element = document.createElementNS(SVG, tag);
  if (classes.length) element.setAttribute('class', classes.join(' '));
  const { onclick, onfocus, onkeydown, onpointerenter, onpointerleave, data, ...rest } = attributes;
  const listeners = { click: onclick, focus: onfocus, keydown: onkeydown, pointerenter: onpointerenter,
    pointerleave: onpointerleave };
  for (const [name, listener] of Object.entries(listeners)) if (listener) element.addEventListener(name, listener);
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) element.setAttribute(name, value);
  if (data) Object.assign(element.dataset, data);
  element.append(...children.flat(Infinity).filter(each => each !== null && each !== undefined));
  return element;
}

/** Makes elements the children of another one, and leaves those in place that are there already: a click on them lasts. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const child of children) {
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
}

/** One of the sprite's icons. */
export function icon(name) {
  return s('svg', { 'aria-hidden': 'true' }, s('use', { href: `#${name}` }));
}

/** A button that is an icon, with a name for screen readers. */
export function iconButton(name, label, onclick, more = {}) {
  return h('button.icon', { type: 'button', title: label, 'aria-label': label, onclick, ...more }, icon(name));
}

/** Copies a text and shows a tick in the button; says whether the clipboard took it. */
export async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return copySelected(text, button);
  }
  tick(button);
  return true;
}

/** The way without permission, and for plain http from another machine. */
function copySelected(text, button) {
  const area = h('textarea.offscreen', { 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  button?.focus();
  if (copied) tick(button);
  return copied;
}

function tick(button) {
  const use = button?.querySelector('use');
  if (!use) return;
  const before = use.dataset.before ??= use.getAttribute('href');
  use.setAttribute('href', '#tick');
  setTimeout(() => use.setAttribute('href', before), 1200);
}

/** Offers a text as a file. */
export function download(name, text, type = 'application/json') {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Asks for a file and gives its text and name; nothing if none is chosen. */
export function upload(accept) {
  return new Promise(resolve => {
    const input = h('input', { type: 'file', accept });
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', async () => {
      const [file] = input.files;
      resolve(file ? { name: file.name, text: await file.text() } : null);
    });
    input.click();
  });
}
