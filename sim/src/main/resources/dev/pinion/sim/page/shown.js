// Texts that the program has made fit to be shown: what was cut says so, JSON has its colours, secrets are marked.

import { h } from './dom.js';
import { isJson, jsonInline, jsonTree } from './tree.js';
import { size } from './words.js';

const SECRET = /(‹secret [^›]+›)/;

/** A text's parts, with the names of secrets marked. */
function marked(text) {
  return text.split(SECRET).map((part, i) => i % 2 ? h('mark.secret', { title: 'The value of a secret is not shown.' }, part) : part);
}

/** `{text, of}` as a block: JSON as a tree, anything else as it is. */
export function shownBlock({ text, of }) {
  const block = isJson(text) ? jsonTree(text) : h('pre.plain', marked(text));
  return h('div.block', block, cut(of, text));
}

/** `{text, of}` on one line. */
export function shownLine({ text, of }, most = 300) {
  const short = text.length > most ? text.slice(0, most) : text;
  return h('span.line', isJson(text) && text.length <= most ? jsonInline(short) : marked(short),
    of || text.length > most ? '…' : null);
}

/** That a text was cut, and of how much; nothing if it was not. */
export function cut(of, text) {
  return of ? h('p.note', `The first ${size(text.length)} of ${size(of)}: longer texts are cut.`) : null;
}
