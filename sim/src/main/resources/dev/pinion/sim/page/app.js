// The page: what the program is, its views, and what happens when it goes away.

import { GoneBar, ProgramBanner, say } from './banner.js';
import { reconnect, view as clients } from './clients.js';
import { copyText } from './dom.js';
import { Frame } from './frame.js';
import { attach, copyButtons, menuKeys } from './pop.js';
import { Watch, describe } from './server.js';

const $ = id => document.getElementById(id);
const listeners = { model: new Set(), gone: new Set(), back: new Set() };
const emit = (name, value) => listeners[name].forEach(listener => listener(value));
const bar = new GoneBar();
const program = new ProgramBanner();
let lost = 0;

/** What views are given. */
const page = {
  api: null,
  go: hash => frame.go(hash),
  on(name, listener) {
    listeners[name].add(listener);
    return () => listeners[name].delete(listener);
  },
  say,
  answers: () => watch.answers(),
  addressed,
  /** So many clients have lost their connection, and not by this page. */
  lostClients(count) {
    lost = count;
    if (!watch.gone && count === 0) bar.hide();
  },
};

const frame = new Frame([clients], page);

const watch = new Watch(() => {
  bar.gone();
  emit('gone');
}, api => {
  const first = page.api === null;
  model(api);
  if (first) frame.start();
  bar.back(lost);
  emit('back', api);
});

/** Takes what `api.json` says. */
function model(api) {
  page.api = api;
  $('name').textContent = api.app;
  if (api.program) program.show(api.program);
  frame.model(api);
  emit('model', api);
}

/** Shows how to connect to the WebSocket in sight. */
function addressed(address) {
  $('url').textContent = address;
  $('code-js').textContent = `const socket = new WebSocket("${address}");\n`
    + 'socket.onmessage = event => console.log(event.data);\nsocket.onopen = () => socket.send("hello");';
  $('code-sh').textContent = `npx wscat -c ${address}`;
}

function controls() {
  $('reconnect').addEventListener('click', () => {
    bar.hide();
    reconnect();
  });
  $('auto').checked = localStorage.getItem('reconnect') === 'yes';
  $('auto').addEventListener('change', event => {
    localStorage.setItem('reconnect', event.target.checked ? 'yes' : 'no');
    if (event.target.checked && !watch.gone) reconnect();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !watch.gone && page.api) describe().then(model, () => watch.answers());
  });
  $('copy-url').addEventListener('click', event => copyText($('url').textContent, event.currentTarget));
  attach($('code-button'), $('code'));
  menuKeys();
  copyButtons();
}

controls();
describe().then(api => {
  model(api);
  frame.start();
}, () => watch.answers());
