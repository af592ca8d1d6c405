// One row of a table, attribute by attribute.

import { NAMES, TYPES, typeOf } from './dynamo.js';
import { h, icon, iconButton } from './dom.js';

const STARTS = { S: '', N: '0', BOOL: 'true', NULL: 'null', B: '', L: '[]', M: '{}', SS: '[""]', NS: '["0"]', BS: '[]' };

function textOf(value) {
  const type = typeOf(value);
  if (type === 'S' || type === 'N' || type === 'B') return value[type];
  if (type === 'BOOL') return String(value.BOOL);
  return type === 'NULL' ? 'null' : JSON.stringify(value[type], null, 2);
}

function valueOf(type, text) {
  if (type === 'S' || type === 'B') return { [type]: text };
  if (type === 'N') return { N: text.trim() };
  if (type === 'NULL') return { NULL: true };
  if (type === 'BOOL') return { BOOL: text === 'true' };
  return { [type]: JSON.parse(text) };
}

/**
 * The form of a row. `keys` are `{name, type}`; of a row that exists they cannot be changed. `on` is given
 * `save(item)`, which returns what is wrong, or nothing, `remove()` and `close()`.
 */
export function rowEditor(item, keys, isNew, on) {
  const attributes = h('div.attributes');
  const problem = h('p.problem', { role: 'alert' });
  const isKey = name => keys.some(key => key.name === name);
  for (const [name, value] of Object.entries(item)) attributes.append(attribute(name, value, isKey(name), !isNew && isKey(name)));

  const save = async event => {
    event.preventDefault();
    problem.textContent = '';
    try {
      problem.textContent = await on.save(read(attributes)) ?? '';
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const add = h('button', { type: 'button', onclick: () => {
    const fresh = attribute('', { S: '' }, false, false);
    attributes.append(fresh);
    fresh.querySelector('input').focus();
  } }, icon('plus'), 'Add attribute');
  return h('form.row-editor', { onsubmit: save, autocomplete: 'off', onkeydown: event => event.key === 'Escape' && on.close() },
    h('header', h('h2', isNew ? 'New row' : 'Row'), iconButton('cross', 'Close the row', on.close)),
    attributes, h('div.row-of', add), problem,
    h('div.ends', isNew ? null : h('button.danger', { type: 'button', onclick: on.remove }, icon('bin'), 'Delete row'),
      h('button.strong', isNew ? 'Add row' : 'Save row')));
}

function attribute(name, value, isKey, fixed) {
  const type = typeOf(value);
  const label = h('input.name', { value: name, 'aria-label': 'Name of the attribute', readOnly: isKey, placeholder: 'name', spellcheck: 'false' });
  label.value = name;
  const select = h('select', { 'aria-label': `Type of ${name || 'the attribute'}`, disabled: isKey },
    TYPES.map(each => h('option', { value: each }, NAMES[each])));
  select.value = type;
  const text = h('textarea', { rows: 1, 'aria-label': `Value of ${name || 'the attribute'}`, spellcheck: 'false', readOnly: fixed });
  text.value = textOf(value);
  const grown = () => { text.rows = Math.min(12, Math.max(1, text.value.split('\n').length)); };
  grown();
  text.addEventListener('input', grown);
  select.addEventListener('change', () => {
    if (select.value !== 'S') text.value = STARTS[select.value];
    grown();
  });
  const remove = isKey ? h('span.key-mark', { title: 'part of the key' }, 'key')
    : iconButton('cross', `Remove ${name || 'the attribute'}`, () => element.remove());
  const element = h('div.attribute', h('div.head', label, select, remove), text);
  return element;
}

function read(attributes) {
  const item = {};
  for (const each of attributes.children) {
    const name = each.querySelector('.name').value;
    const type = each.querySelector('select').value;
    if (!name) throw new Error('An attribute has no name.');
    if (item[name]) throw new Error(`There are two attributes '${name}'.`);
    try {
      item[name] = valueOf(type, each.querySelector('textarea').value);
    } catch (error) {
      throw new Error(`The value of '${name}' is not the JSON of a ${NAMES[type]}: ${error.message}`, { cause: error });
    }
  }
  return item;
}
