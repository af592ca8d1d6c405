// What the program does, as it happens: its requests and the lines of its log. The program records it while this asks.

const KEPT = 2000;
const PAUSE = 120;
const HIDDEN_PAUSE = 4000;

/** Keeps the last 2,000 events, the oldest first, and says of how many more it knows. */
export class Feed {
  events = [];
  /** How many events this page has not kept: of the program's record they were gone, or they were the oldest here. */
  dropped = 0;
  #after = 0;
  #run = null;
  #wake = () => {};
  #page;

  constructor(page) {
    this.#page = page;
    document.addEventListener('visibilitychange', () => this.#wake());
  }

  /** Asks from now on, for as long as the page is open. A hidden tab asks now and then, without holding a connection. */
  async start() {
    for (;;) {
      const { hidden } = document;
      let more = false;
      try {
        more = await this.#ask(hidden);
      } catch {
        await this.#page.answers();
        await this.#pause(1000);
      }
      if (!more) await this.#pause(document.hidden ? HIDDEN_PAUSE : PAUSE);
    }
  }

  #pause(millis) {
    return new Promise(done => {
      const timer = setTimeout(done, millis);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  async #ask(hidden) {
    const wait = hidden || this.#run === null ? '' : '&wait=yes';
    const response = await fetch(`page/events.json?after=${this.#after}${wait}`, { cache: 'no-store' });
    if (!response.ok) throw new Error(`events.json: ${response.status}`);
    const { run, next, dropped, more, events } = await response.json();
    if (run !== this.#run) {
      const first = this.#run === null;
      this.#run = run;
      if (!first) {
        this.#after = 0;
        this.clear();
        return true;
      }
    } else {
      this.dropped += dropped;
    }
    this.#after = next - 1;
    if (events.length || dropped) this.#take(events);
    return more;
  }

  #take(events) {
    this.events.push(...events);
    const over = this.events.length - KEPT;
    if (over > 0) {
      this.events.splice(0, over);
      this.dropped += over;
    }
    this.#page.emit('events', events);
  }

  /** Forgets what happened until now. */
  clear() {
    this.events = [];
    this.dropped = 0;
    this.#page.emit('events', []);
  }
}

/** Does something to the program: what it answers, `{done, message}`. */
export async function act(action, body) {
  try {
    const response = await fetch(`page/${action}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = await response.json();
    return { done: Boolean(answer.done), message: answer.message ?? `The program answered ${response.status}.` };
  } catch {
    return { done: false, message: 'The program did not answer.' };
  }
}

/** What one of the program's views says. */
export async function look(name, signal = AbortSignal.timeout(10_000)) {
  const response = await fetch(`page/${name}`, { cache: 'no-store', signal });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}
