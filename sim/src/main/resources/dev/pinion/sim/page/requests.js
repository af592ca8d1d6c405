import { h } from './dom.js';

export const view = {
  id: 'requests',
  title: 'Requests',
  mount(root) {
    root.append(h('p.empty', 'Not here yet.'));
  },
  show() {},
};
