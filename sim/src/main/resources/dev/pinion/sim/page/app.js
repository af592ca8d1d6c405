// The page: what the program is, its clients, and what happens when it goes away.

import { GoneBar, broken, replaced, say } from './banner.js';
import * as clients from './clients.js';
import { copyText } from './dom.js';
import { attach, copyButtons, menuKeys } from './pop.js';
import { Reloads, Watch, describe } from './server.js';

const $ = id => document.getElementById(id);
const bar = new GoneBar();
let lost = 0;

/** What the clients are given. */
const page = {
  api: null,
  say,
  answers: () => watch.answers(),
  addressed,
  /** So many clients have lost their connection, and not by this page. */
  lostClients(count) {
    lost = count;
    if (!watch.gone && count === 0) bar.hide();
  },
};

const watch = new Watch(() => bar.gone(), api => {
  model(api);
  bar.back(lost);
  clients.back();
});

/** Takes what `api.json` says. */
function model(api) {
  if (page.api === null) {
    clients.begin(page);
    $('view-clients').hidden = false;
  }
  page.api = api;
  $('name').textContent = api.app;
  document.title = `${api.app} · Pinion`;
  clients.model(api);
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
    clients.reconnect();
  });
  $('auto').checked = localStorage.getItem('reconnect') === 'yes';
  $('auto').addEventListener('change', event => {
    localStorage.setItem('reconnect', event.target.checked ? 'yes' : 'no');
    if (event.target.checked && !watch.gone) clients.reconnect();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !watch.gone && page.api) describe().then(model, () => watch.answers());
  });
  $('skip').addEventListener('click', () => $('view-clients').focus());
  $('copy-url').addEventListener('click', event => copyText($('url').textContent, event.currentTarget));
  attach($('code-button'), $('code'));
  menuKeys();
  copyButtons();
}

controls();
new Reloads({
  problem: broken,
  replaced(status) {
    replaced(status);
    describe().then(model, () => watch.answers());
  },
});
describe().then(model, () => watch.answers());
