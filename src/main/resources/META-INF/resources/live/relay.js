import { backoff } from './backoff.js';
import { closing } from './closing.js';

/** Pause before the next attempt when the server is full, at least this long. */
const FULL_PAUSE_MS = 10_000;
/** Until `hello` says how often the server makes itself heard. */
const DEFAULT_HEARTBEAT_MS = 15_000;
/** A connection that is silent for this many heartbeats, although it was pinged, is lost. */
const SILENT_HEARTBEATS = 2.5;
/** A connection that lasted this long was a good one, even if there was nothing to subscribe to. */
const STEADY_MS = 5_000;
/** How long a connection may take to answer when the network just came back or the page was just shown. */
const PROBE_MS = 3_000;

/**
 * The connection to the live relay: connects, subscribes, resumes. It knows no DOM.
 *
 * For each watched stream it remembers the number (`seq`) of the last entry it passed on and asks for what follows whenever it has
 * to connect again, so that every entry arrives once and none is missed. Events:
 *
 * - `message` (detail: the relay's message): all but `hello` and `pong`, entries of a stream each once and in order
 * - `restart` (detail: {streamId}): the stream's log began anew, what was passed on is void
 * - `unknown` (detail: {streamIds}): the server does not know these streams; they are no longer watched
 * - `state` (detail: {name, text, retryAt?}): `connecting`, `live`, `waiting` (until `retryAt`), `token` (waits for one)
 *   or `closed` (not opened yet)
 */
export class Relay extends EventTarget {
  #url;
  #token;
  #socket = null;
  #watched = new Map();
  #attempt = 0;
  #heartbeatMs = DEFAULT_HEARTBEAT_MS;
  #heardAt = 0;
  #pingedAt = 0;
  #retryTimer = 0;
  #watchTimer = 0;
  #retryAfterMs = 0;
  #liveSince = 0;
  #state = { name: 'closed', text: '' };
  #WebSocket;
  #random;

  /**
   * @param {string | URL} url of the relay, `ws:` or `wss:`
   * @param {{WebSocket?: typeof WebSocket, random?: () => number}} [environment] replaced in tests
   */
  constructor(url, { WebSocket = globalThis.WebSocket, random = Math.random } = {}) {
    super();
    this.#url = new URL(url);
    this.#WebSocket = WebSocket;
    this.#random = random;
  }

  /** The last `state` event's detail. */
  get state() {
    return this.#state;
  }

  /**
   * Connects, and stays connected.
   *
   * @param {string | null} token to be let in with
   */
  open(token) {
    this.#token = token;
    this.#attempt = 0;
    this.#connect();
  }

  /**
   * Lets go of the connection until there is a token.
   *
   * @param {string} why in words
   */
  refuse(why) {
    this.#drop();
    this.#become('token', why);
  }

  /**
   * Asks for a stream from now on, on every connection.
   *
   * @param {string} streamId or `*` for all
   * @param {{after?: number, tail?: number, kinds?: string[]}} from the last entry known, or how many of the newest to begin with
   */
  watch(streamId, { after, tail, kinds } = {}) {
    this.#watched.set(streamId, { lastSeq: after, tail, kinds });
    this.#subscribe(streamId);
  }

  /** No longer asks for a stream. */
  unwatch(streamId) {
    if (this.#watched.delete(streamId)) {
      this.#send({ type: 'unsubscribe', streamId });
    }
  }

  /** The number of the last entry passed on, or undefined. */
  lastSeq(streamId) {
    return this.#watched.get(streamId)?.lastSeq;
  }

  /**
   * The network may have come back, or the page is looked at again: connects at once instead of waiting, and asks a connection that
   * seems to be there whether it is.
   */
  wake() {
    if (this.#state.name === 'waiting') {
      this.#connect();
    } else if (this.#state.name === 'live') {
      this.#ping();
      clearTimeout(this.#watchTimer);
      this.#watchTimer = setTimeout(() => this.#watchHeartbeat(PROBE_MS), PROBE_MS);
    }
  }

  #connect() {
    this.#drop();
    const url = new URL(this.#url);
    if (this.#token) {
      url.searchParams.set('token', this.#token);
    }
    this.#become('connecting', this.#attempt === 0 ? 'Connecting' : 'Reconnecting');
    const socket = new this.#WebSocket(url);
    this.#socket = socket;
    this.#heardNow();
    this.#watchAgain();
    // A socket that was given up may still speak: only the current one is listened to.
    const current = (listener) => (event) => socket === this.#socket && listener(event);
    socket.addEventListener('open', current(() => [...this.#watched.keys()].forEach((id) => this.#subscribe(id))));
    socket.addEventListener('message', current((event) => this.#receive(event.data)));
    socket.addEventListener('close', current((event) => this.#lost(event.code)));
  }

  #drop() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#watchTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #lost(code) {
    const { next, text } = closing(code);
    const opened = this.#state.name === 'live';
    if (opened && performance.now() - this.#liveSince > STEADY_MS) {
      this.#attempt = 0;
    }
    this.#drop();
    if (next === 'token') {
      this.refuse(text);
      return;
    }
    if (next === 'unknown') {
      this.#forgetStreams();
    }
    let pause = backoff(this.#attempt, { random: this.#random });
    if (next === 'later') {
      pause += FULL_PAUSE_MS;
    }
    pause = Math.max(pause, this.#retryAfterMs);
    this.#retryAfterMs = 0;
    this.#attempt++;
    const words = opened || code !== 1006 ? text : 'The service cannot be reached.';
    this.#become('waiting', words, Date.now() + pause);
    this.#retryTimer = setTimeout(() => this.#connect(), pause);
  }

  #forgetStreams() {
    const streamIds = [...this.#watched.keys()].filter((id) => id !== '*');
    streamIds.forEach((id) => this.#watched.delete(id));
    this.#emit('unknown', { streamIds });
  }

  #subscribe(streamId) {
    const watch = this.#watched.get(streamId);
    const { lastSeq, tail, kinds } = watch;
    watch.subscribed = false;
    const from = lastSeq === undefined ? { tail } : { after: lastSeq };
    this.#send({ type: 'subscribe', streamId, ...from, kinds });
  }

  #send(message) {
    if (this.#socket?.readyState === 1) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #receive(data) {
    this.#heardNow();
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      console.warn('The relay sent something that is not JSON.');
      return;
    }
    switch (message.type) {
      case 'hello':
        this.#heartbeatMs = message.heartbeatMs || DEFAULT_HEARTBEAT_MS;
        this.#liveSince = performance.now();
        this.#watchAgain();
        this.#become('live', 'Connected');
        break;
      case 'pong':
        break;
      case 'error':
        this.#retryAfterMs = message.retryAfterMs ?? 0;
        this.#emit('message', message);
        break;
      case 'subscribed':
        this.#subscribed(message);
        break;
      default:
        this.#entry(message);
    }
  }

  #subscribed(message) {
    // Only now the server has shown that it wants us; a server that accepts and throws out must not be stormed.
    this.#attempt = 0;
    const watch = this.#watched.get(message.streamId);
    if (!watch) {
      return;
    }
    if (watch.lastSeq > message.lastSeq) {
      watch.lastSeq = 0;
      this.#emit('restart', { streamId: message.streamId });
      this.#subscribe(message.streamId);
      return;
    }
    watch.lastSeq ??= message.after;
    watch.subscribed = true;
    this.#emit('message', message);
  }

  #entry(message) {
    const watch = this.#watched.get(message.streamId);
    if (!watch) {
      // Known through "*" alone: news about a stream that nobody reads here.
      this.#emit('message', message);
      return;
    }
    if (!watch.subscribed) {
      // Still on its way for "*": taken as ours it would make us believe that we have all before it.
      return;
    }
    const seq = message.type === 'gap' ? message.toSeq : message.seq;
    if (message.type !== 'caughtUp' && typeof seq === 'number') {
      if (seq <= (watch.lastSeq ?? 0)) {
        return;
      }
      watch.lastSeq = seq;
    }
    this.#emit('message', message);
  }

  #heardNow() {
    this.#heardAt = performance.now();
    this.#pingedAt = 0;
  }

  #ping() {
    this.#pingedAt ||= performance.now();
    this.#send({ type: 'ping' });
  }

  /**
   * A hidden page's timers are slowed down to one a minute, so silence alone proves nothing: only silence after a ping does.
   */
  #watchHeartbeat(patience = SILENT_HEARTBEATS * this.#heartbeatMs) {
    const silence = performance.now() - this.#heardAt;
    if (this.#pingedAt && silence >= patience - 50) {
      this.#lost(1006);
      return;
    }
    if (!this.#pingedAt && silence >= this.#heartbeatMs) {
      this.#ping();
    }
    if (this.#state.name === 'connecting' && silence >= SILENT_HEARTBEATS * this.#heartbeatMs) {
      this.#lost(1006);
      return;
    }
    this.#watchAgain();
  }

  #watchAgain() {
    clearTimeout(this.#watchTimer);
    this.#watchTimer = setTimeout(() => this.#watchHeartbeat(), this.#heartbeatMs / 2);
  }

  #become(name, text, retryAt) {
    this.#state = { name, text, retryAt };
    this.#emit('state', this.#state);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
