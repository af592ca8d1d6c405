// Whether the program is there, and what it says about itself.

const EVERY = 1000;
const PATIENCE = 3000;
const AGAIN = [0, 300, 900];

const wait = millis => new Promise(done => setTimeout(done, millis));

/** The program's own description: app, WebSockets, routes. */
export async function describe() {
  const response = await fetch('page/api.json', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`api.json: ${response.status}`);
  return response.json();
}

/** Which program runs, and what keeps a later one from replacing it. */
async function status() {
  const response = await fetch('page/status.json', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`status.json: ${response.status}`);
  return response.json();
}

/** Looks once a second, while the page is seen, whether the program was replaced, or could not be. */
export class Reloads {
  #program = null;
  #problem = null;
  #timer;

  /** `on` is told `replaced(status)`, and `problem(text)`: null once it is mended. */
  constructor(on) {
    this.on = on;
    document.addEventListener('visibilitychange', () => this.#look());
    this.#look();
  }

  async #look() {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    try {
      this.#take(await status());
    } catch {
      // Whether the program is gone is what Watch finds out.
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), EVERY);
  }

  #take(now) {
    const problem = now.problem ?? null;
    if (problem !== this.#problem) this.on.problem(problem);
    if (this.#program !== null && now.program !== this.#program) this.on.replaced(now);
    this.#problem = problem;
    this.#program = now.program;
  }
}

/** Looks whether the program is there once something gives reason to doubt it, and until it is back. */
export class Watch {
  gone = false;
  #asking = null;

  constructor(onGone, onBack) {
    this.onGone = onGone;
    this.onBack = onBack;
  }

  /** Whether the program answers; asked a few times, for one that is stopping closes its sockets first. */
  answers() {
    this.#asking ??= this.#ask().finally(() => { this.#asking = null; });
    return this.#asking;
  }

  async #ask() {
    if (this.gone) return false;
    for (const pause of AGAIN) {
      await wait(pause);
      try {
        await describe();
      } catch {
        this.gone = true;
        this.onGone();
        this.#untilBack();
        return false;
      }
    }
    return true;
  }

  async #untilBack() {
    for (;;) {
      await wait(EVERY);
      try {
        const api = await describe();
        this.gone = false;
        this.onBack(api);
        return;
      } catch {
        // Still gone: that is what is being watched.
      }
    }
  }
}
