// The page: what the program is, its views, and what happens when it goes away.

import { GoneBar, broken, replaced, say } from './banner.js';
import { copyText } from './dom.js';
import { Feed } from './feed.js';
import { Frame } from './frame.js';
import { attach, copyButtons, menuKeys } from './pop.js';
import { Reloads, Watch, describe } from './server.js';

const $ = id => document.getElementById(id);
const listeners = { events: new Set(), back: new Set(), reconnect: new Set() };
const bar = new GoneBar();
let lost = 0;

/** What views are given. */
const page = {
  api: null,
  say,
  go: hash => frame.go(hash),
  shown: () => frame.shown,
  answers: () => watch.answers(),
  on: (name, listener) => listeners[name].add(listener),
  emit: (name, value) => listeners[name].forEach(listener => listener(value)),
  addressed,
  /** So many clients have lost their connection, and not by this page. */
  lostClients(count) {
    lost = count;
    if (!watch.gone && count === 0) bar.hide();
  },
};
page.feed = new Feed(page);

const frame = new Frame([
  { id: 'clients', title: 'Clients', load: () => import('./clients.js') },
  { id: 'connections', title: 'Connections', styles: 'views.css', load: () => import('./connections.js') },
  { id: 'requests', title: 'Requests', styles: 'views.css', load: () => import('./requests.js') },
  { id: 'tables', title: 'Tables', styles: 'tables.css', load: () => import('./tables.js') },
  { id: 'app', title: 'App', styles: 'picture.css', load: () => import('./picture.js') },
  { id: 'settings', title: 'Settings', styles: 'views.css', load: () => import('./settings.js') },
], page);

const watch = new Watch(() => bar.gone(), api => {
  model(api);
  bar.back(lost);
  page.emit('back');
});

/** Takes what `api.json` says. */
function model(api) {
  const first = page.api === null;
  page.api = api;
  $('name').textContent = api.app;
  if (!first) {
    frame.model(api);
    return;
  }
  address(api);
  frame.start();
  page.feed.start();
}

/** Until the view of clients has one in sight, the address is that of this port's WebSocket. */
function address(api) {
  const own = api.webSockets.find(each => each.here) ?? api.webSockets[0];
  if (own) addressed(own.url);
}

/** Shows how to connect to the WebSocket in sight. */
function addressed(url) {
  $('url').textContent = url;
  $('code-js').textContent = `const socket = new WebSocket("${url}");\n`
    + 'socket.onmessage = event => console.log(event.data);\nsocket.onopen = () => socket.send("hello");';
  $('code-sh').textContent = `pinion connect ${url}`;
}

function controls() {
  $('reconnect').addEventListener('click', () => {
    bar.hide();
    page.emit('reconnect');
  });
  $('auto').checked = localStorage.getItem('reconnect') === 'yes';
  $('auto').addEventListener('change', event => {
    localStorage.setItem('reconnect', event.target.checked ? 'yes' : 'no');
    if (event.target.checked && !watch.gone) page.emit('reconnect');
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
new Reloads({
  problem: broken,
  replaced(status) {
    replaced(status);
    describe().then(model, () => watch.answers());
  },
});
describe().then(model, () => watch.answers());
