// JSON for people to read: coloured on a line, or as a tree. It works on the text itself: numbers, escapes and repeated
// keys are shown as they were sent.

import { h, icon } from './dom.js';

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const INLINE_TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],:\s]+|[^\s{}[\],:"]+/g;
/** Nodes of a tree that are open at first, and members that are shown before "more". */
const OPEN_AT_FIRST = 60;
const SHOWN = 200;
/** Longer texts are not coloured, and not offered as a tree. */
const LONGEST = 1_000_000;
const INLINE = 600;

const kindOf = raw => raw[0] === '"' ? 'string' : /^[-\d]/.test(raw) ? 'number' : 'word';

/** Whether a text is a JSON object or array. */
export function isJson(text) {
  if (text.length > LONGEST || !/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text's beginning as coloured nodes; the rest of a long one is left plain. */
export function jsonInline(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.slice(0, INLINE).matchAll(INLINE_TOKEN)) {
    const [token, colon] = match;
    if (match.index > at) nodes.push(text.slice(at, match.index));
    at = match.index + token.length;
    if (colon) {
      nodes.push(h('span.json-key', token.slice(0, -colon.length)), colon);
    } else if (/^[{}[\],:\s]/.test(token)) {
      nodes.push(token);
    } else {
      nodes.push(h(`span.json-${kindOf(token)}`, token));
    }
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

/** What the text says, as nested nodes: `{open, close, members: [{key, node}]}`, or `{raw}`. */
function parse(text) {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  const value = () => {
    const token = tokens[at++];
    if (token !== '{' && token !== '[') return { raw: token };
    const close = token === '{' ? '}' : ']';
    const members = [];
    while (tokens[at] !== close) {
      if (tokens[at] === ',') at++;
      const key = token === '{' ? tokens[at++] : null;
      if (key !== null) at++;
      members.push({ key, node: value() });
    }
    at++;
    return { open: token, close, members };
  };
  return value();
}

/** A text that is JSON, as a tree whose branches fold; its text content is JSON again. */
export function jsonTree(text) {
  const root = parse(text);
  const open = new Set();
  const queue = [root];
  for (let count = 0; queue.length && count < OPEN_AT_FIRST;) {
    const node = queue.shift();
    if (!node.members?.length) continue;
    if (count && count + node.members.length > OPEN_AT_FIRST) continue;
    open.add(node);
    count += node.members.length;
    queue.push(...node.members.slice(0, SHOWN).map(each => each.node));
  }
  return h('div.json-tree', member(null, root, '', open));
}

function member(key, node, comma, open) {
  const line = h('div');
  if (key !== null) line.append(h('span.json-key', key), ': ');
  if (node.raw !== undefined) line.append(h(`span.json-${kindOf(node.raw)}`, node.raw), comma);
  else branch(line, node, comma, open);
  return line;
}

function branch(line, node, comma, open) {
  if (node.members.length === 0) {
    line.append(node.open + node.close + comma);
    return;
  }
  const inside = h('div.inside');
  const dots = h('span.dim', ` … ${node.members.length.toLocaleString('en')} `);
  const toggle = h('button.fold', { type: 'button', 'aria-label': 'Members' }, icon('right'));
  const show = expanded => {
    toggle.setAttribute('aria-expanded', String(expanded));
    if (expanded && !inside.hasChildNodes()) grow(inside, node.members, 0, open);
    inside.hidden = !expanded;
    dots.hidden = expanded;
  };
  toggle.addEventListener('click', () => show(inside.hidden));
  line.prepend(toggle);
  line.append(node.open, dots, inside, node.close + comma);
  show(open.has(node));
}

function grow(inside, members, from, open) {
  const to = Math.min(from + SHOWN, members.length);
  for (let i = from; i < to; i++) {
    inside.append(member(members[i].key, members[i].node, i < members.length - 1 ? ',' : '', open));
  }
  if (to === members.length) return;
  const more = h('button.quiet', { type: 'button', onclick: () => {
    more.remove();
    grow(inside, members, to, open);
  } }, `${(members.length - to).toLocaleString('en')} more`);
  inside.append(more);
}
