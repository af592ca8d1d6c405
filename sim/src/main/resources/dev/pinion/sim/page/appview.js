import { h } from './dom.js';

export const view = {
  id: 'app',
  title: 'App',
  mount(root) {
    root.append(h('p.empty', 'Not here yet.'));
  },
  show() {},
};
