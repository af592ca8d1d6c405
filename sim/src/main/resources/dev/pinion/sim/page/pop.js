// Popovers beside the button that opens them, menus, dialogs, and buttons that copy.

import { copyText, h, iconButton } from './dom.js';

const GAP = 6;
const EDGE = 12;

/** Lays an element with the `popover` attribute at the side of its button that has more room. */
function place(pop, button) {
  const box = button.getBoundingClientRect();
  const { innerWidth: width, innerHeight: height } = window;
  const above = box.top > height - box.bottom;
  const alignRight = box.left + box.right > width;
  const style = pop.style;
  style.top = above ? 'auto' : `${box.bottom + GAP}px`;
  style.bottom = above ? `${height - box.top + GAP}px` : 'auto';
  style.left = alignRight ? 'auto' : `${Math.max(EDGE, box.left)}px`;
  style.right = alignRight ? `${Math.max(EDGE, width - box.right)}px` : 'auto';
  style.maxHeight = `${(above ? box.top : height - box.bottom) - GAP - EDGE}px`;
}

/** Makes a button open and close a popover. */
export function attach(button, pop) {
  button.popoverTargetElement = pop;
  pop.addEventListener('beforetoggle', event => event.newState === 'open' && place(pop, button));
}

/**
 * Opens the shared menu at a button. `items` are `{label, text, note, choose, remove}`, where `remove` takes the item
 * out for good, or `{heading}`.
 */
export function openMenu(button, items) {
  const menu = document.getElementById('menu');
  menu.replaceChildren(...items.map(item => item.heading ? h('h3', { role: 'presentation' }, item.heading)
    : entry(menu, item)));
  place(menu, button);
  menu.showPopover();
  menu.querySelector('[role=menuitem]')?.focus();
}

function entry(menu, { label, text, note, choose, remove }) {
  const choice = h('button', { role: 'menuitem', onclick: () => {
    menu.hidePopover();
    choose();
  } }, label && h('b', label), note && h('small', note), text && h('code', text));
  if (!remove) return choice;
  const row = h('div.removable', choice, iconButton('cross', `Remove ${text}`, () => {
    remove();
    row.remove();
    menu.querySelector('[role=menuitem]')?.focus();
  }, { role: 'menuitem' }));
  return row;
}

/** Arrow keys, Home and End within a menu. */
export function menuKeys() {
  const menu = document.getElementById('menu');
  menu.addEventListener('keydown', event => {
    const all = [...menu.querySelectorAll('[role=menuitem]')];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length).focus();
  });
}

/** Makes every `data-copy` button copy the text of the element it names. */
export function copyButtons() {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', () => copyText(document.getElementById(button.dataset.copy).textContent, button));
  }
}

/**
 * Shows a dialog with a form and gives the form once it is sent by a button with a value, or null. While `refuse(form)`
 * returns a text, it is shown and the dialog stays open.
 */
export function ask(dialog, refuse = () => '') {
  const form = dialog.querySelector('form');
  const problem = form.querySelector('.problem');
  return new Promise(resolve => {
    const submit = event => {
      if (!event.submitter?.value) return;
      const why = refuse(form);
      if (problem) problem.textContent = why;
      if (why) event.preventDefault();
    };
    form.addEventListener('submit', submit);
    dialog.addEventListener('close', () => {
      form.removeEventListener('submit', submit);
      resolve(dialog.returnValue ? form : null);
    }, { once: true });
    dialog.returnValue = '';
    if (problem) problem.textContent = '';
    dialog.showModal();
  });
}
