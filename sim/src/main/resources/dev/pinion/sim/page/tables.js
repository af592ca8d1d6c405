import { h } from './dom.js';

export const view = {
  id: 'tables',
  title: 'Tables',
  mount(root) {
    root.append(h('p.empty', 'Not here yet.'));
  },
  show() {},
};
