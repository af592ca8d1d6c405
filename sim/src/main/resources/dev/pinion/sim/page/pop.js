// Popovers beside the button that opens them, and the clipboard.

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

/** Opens the shared menu at a button: `items` are `{label, text, note, choose}`. */
export function openMenu(menu, button, items) {
  menu.replaceChildren(...items.map(item => {
    const choice = document.createElement('button');
    choice.setAttribute('role', 'menuitem');
    for (const [tag, text] of [['b', item.label], ['code', item.text], ['small', item.note]]) {
      const part = document.createElement(tag);
      part.textContent = text;
      choice.append(part);
    }
    choice.addEventListener('click', () => {
      menu.hidePopover();
      item.choose();
    });
    return choice;
  }));
  place(menu, button);
  menu.showPopover();
  menu.firstElementChild.focus();
}

/** Arrow keys, Home and End within a menu. */
export function menuKeys(menu) {
  menu.addEventListener('keydown', event => {
    const all = [...menu.children];
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
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy);
      const use = button.querySelector('use');
      if (!await copy(source)) return;
      use.setAttribute('href', '#tick');
      setTimeout(() => use.setAttribute('href', '#copy'), 1200);
    });
  }
}

/** Copies; where the clipboard is closed to pages (plain http from another machine) the text is selected instead. */
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(source);
    return false;
  }
}
