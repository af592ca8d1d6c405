// The view of settings: what can be changed while the app runs, and how this page looks.

import { h } from './dom.js';
import { act, look } from './feed.js';
import { LimitsForm } from './limits.js';
import { NetworkForm } from './network.js';
import { distance } from './words.js';

const EVERY = 1000;
const STEPS = [['1 minute', 60], ['10 minutes', 600], ['2 hours', 7200], ['1 day', 86_400]];
const FIRST_RATE = 0.1;

let page;
let parts;
let timer;
let asked = 0;

function mount(section, context) {
  page = context;
  parts = {
    faults: h('div.fault-list'),
    happened: h('p.note', { role: 'status' }),
    clock: h('p.clock', { role: 'status' }),
    fixed: h('p.note', { hidden: true }, 'This run was not started by pinion run, so nothing of it can be changed here.'),
    network: new NetworkForm('all clients', async (delayMillis, bytesPerSecond) => tell(await act('network', { delayMillis, bytesPerSecond }))),
    limits: new LimitsForm(async (kind, value) => tell(await act('limit', { kind, value })), async () => tell(await act('reset', {}))),
  };
  const network = panel('A slow network', 'Between the gateway and all clients, in each direction. Messages keep their order, and the '
    + 'gateway’s rules for slow clients hold. In Connections, one client gets a network of its own.', parts.network.element);
  const clock = panel('The clock', 'Limits of the gateway and expiring rows follow this clock. It only moves forward, until the run ends. '
    + 'What handlers read from Java’s own clock stays as it is.',
  parts.clock, h('div.row-of', STEPS.map(([label, seconds]) => h('button', { type: 'button', onclick: () => forward(seconds) }, label))));
  section.append(h('div.settings',
    h('div.column', parts.fixed,
      panel('Faults', 'What goes wrong on AWS now and then. A rate of 0.1 means one time in ten.', parts.faults, parts.happened),
      clock, panel('This page', null, h('div.row-of', theme()), keysSwitch())),
    h('div.column', network,
      panel('Limits', 'Those of API Gateway, for connections that are open too.', parts.limits.element))));
}

const panel = (title, words, ...content) => h('section.panel.card', h('h2', title), words && h('p.dim', words), ...content);

async function refresh() {
  clearTimeout(timer);
  const mine = ++asked;
  try {
    const settings = await look('settings.json');
    if (mine === asked) draw(settings);
  } catch {
    page.answers();
  }
  if (mine === asked && page.shown() === 'settings') timer = setTimeout(refresh, EVERY);
}

function draw({ changeable, faults, seed, happened, network, limits, aheadMillis, now }) {
  parts.fixed.hidden = changeable;
  parts.network.disabled = !changeable;
  parts.network.show(network);
  parts.limits.show(limits, changeable);
  for (const button of parts.clock.parentElement.querySelectorAll('button')) button.disabled = !changeable;
  if (parts.faults.childElementCount !== faults.length) parts.faults.replaceChildren(...faults.map(fault));
  for (const each of faults) mark(each);
  parts.happened.textContent = changeable ? `${happened.toLocaleString('en')} happened. Chance has the seed ${seed}.` : '';
  const time = new Date(now).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
  parts.clock.textContent = aheadMillis ? `${time}, ${distance(aheadMillis)} ahead` : `${time}, the real time`;
}

/** One switch with its rate. */
function fault({ kind, what }) {
  const on = h('input', { type: 'checkbox', data: { kind }, 'aria-label': `Fault ${kind}` });
  const rate = h('input.rate', { type: 'number', min: 0, max: 1, step: 0.01, value: String(FIRST_RATE), 'aria-label': `Rate of ${kind}` });
  const change = () => set(kind, on.checked ? Number(rate.value) || FIRST_RATE : 0);
  on.addEventListener('change', change);
  rate.addEventListener('change', () => on.checked && change());
  return h('div.fault', h('label', on, h('span', h('code', kind), h('span.dim', what))), rate);
}

function mark({ kind, rate }) {
  const on = parts.faults.querySelector(`[data-kind="${kind}"]`);
  const input = on.closest('.fault').querySelector('.rate');
  if (document.activeElement === input) return;
  on.checked = rate > 0;
  if (rate > 0) input.value = String(rate);
}

function tell({ message }) {
  page.say(message);
  refresh();
}

async function set(kind, rate) {
  tell(await act('fault', { kind, rate }));
}

async function forward(seconds) {
  const { done, message } = await act('clock', { seconds });
  page.say(done ? 'The clock is moved, and what is over has been closed or deleted.' : message);
  refresh();
}

function theme() {
  const current = localStorage.getItem('theme') ?? '';
  const group = h('div.switch', { role: 'group', 'aria-label': 'Colours' }, [['', 'As the system'], ['light', 'Light'], ['dark', 'Dark']]
    .map(([value, label]) => h('button', { type: 'button', 'aria-pressed': String(value === current), data: { value }, onclick: () => {
      if (value) localStorage.setItem('theme', value);
      else localStorage.removeItem('theme');
      if (value) document.documentElement.dataset.theme = value;
      else delete document.documentElement.dataset.theme;
      for (const each of group.children) each.setAttribute('aria-pressed', String(each.dataset.value === value));
    } }, label)));
  return group;
}

function keysSwitch() {
  const box = h('input', { type: 'checkbox', checked: localStorage.getItem('keys') !== 'off',
    onchange: event => localStorage.setItem('keys', event.target.checked ? 'on' : 'off') });
  return h('label.keys', box, 'The keys 1 to 6 show the views');
}

function hide() {
  clearTimeout(timer);
  asked++;
}

export const view = { mount, show: refresh, hide };
