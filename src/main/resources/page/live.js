// The stream of events: kept open for ever, and honest about it when it is not.

/** The server beats every 15 seconds; a stream that is silent for longer is dead, whatever the browser thinks. */
const SILENCE = 40_000;
const PAUSES = [1000, 2000, 4000, 8000];

export class Live {
  #url;
  #on;
  #source;
  #last = '';
  #attempts = 0;
  #timer;
  #heard = 0;

  /** @param on called as on.picture(data), on.change(data), on.beat(data) and on.link(state) */
  constructor(url, on) {
    this.#url = url;
    this.#on = on;
    setInterval(() => this.#check(), 5000);
    addEventListener('online', () => this.#source || this.#retryNow());
    document.addEventListener('visibilitychange', () => document.hidden || this.#check());
    this.#open();
  }

  #open() {
    clearTimeout(this.#timer);
    const url = new URL(this.#url, location.href);
    if (this.#last) url.searchParams.set('lastEventId', this.#last);
    const source = new EventSource(url);
    this.#source = source;
    this.#heard = Date.now();
    source.onopen = () => { this.#heard = Date.now(); };
    for (const name of ['picture', 'change', 'beat']) {
      source.addEventListener(name, (event) => {
        if (source !== this.#source) return;
        this.#heard = Date.now();
        this.#attempts = 0;
        if (event.lastEventId) this.#last = event.lastEventId;
        this.#on[name](JSON.parse(event.data));
        this.#on.link('live');
      });
    }
    source.onerror = () => source === this.#source && this.#lost();
  }

  /** Our own attempts, because the browser gives up for good when a server that starts answers 503. */
  #lost() {
    this.#source?.close();
    this.#source = null;
    this.#on.link('lost');
    const pause = PAUSES[Math.min(this.#attempts++, PAUSES.length - 1)];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), pause * (0.75 + Math.random() / 2));
  }

  #retryNow() {
    this.#attempts = 0;
    this.#open();
  }

  #check() {
    if (this.#source && Date.now() - this.#heard > SILENCE) this.#lost();
  }
}
