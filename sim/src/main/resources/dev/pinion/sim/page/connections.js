import { h } from './dom.js';

export const view = {
  id: 'connections',
  title: 'Connections',
  mount(root) {
    root.append(h('p.empty', 'Not here yet.'));
  },
  show() {},
};
