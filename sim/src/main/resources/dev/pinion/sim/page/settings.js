import { h } from './dom.js';

export const view = {
  id: 'settings',
  title: 'Settings',
  mount(root) {
    root.append(h('p.empty', 'Not here yet.'));
  },
  show() {},
};
