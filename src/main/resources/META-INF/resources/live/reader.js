import { isOver } from './streams.js';

/** How much of a transcript is loaded to begin with; the rest on request. */
const TAIL = 5_000;

/**
 * Decides which stream is read: the one the reader chose, else the newest that runs; and goes on to the next when a stream that was
 * followed is over, unless the reader is busy reading. Events:
 *
 * - `read` (detail: {streamId, from?}): this stream is read from now on; `from` is the stream that it follows
 * - `idle`: there is nothing to read
 * - `offer` (detail: {streamId}): another stream runs, and the reader may want to go there
 * - `missing`: the chosen stream is not there
 */
export class Reader extends EventTarget {
  #relay;
  #streams;
  #atEnd;
  #current = null;
  #chosen = false;
  #ranWhileRead = false;
  #order = 0;
  #newestAtEnd = null;
  #offered = null;
  #idle = false;
  #unreadable = new Set();

  /**
   * @param {import('./relay.js').Relay} relay
   * @param {import('./streams.js').Streams} streams
   * @param {() => boolean} atEnd whether the reader follows the newest line
   */
  constructor(relay, streams, atEnd) {
    super();
    this.#relay = relay;
    this.#streams = streams;
    this.#atEnd = atEnd;
  }

  /** The stream that is read, or null. */
  get current() {
    return this.#current;
  }

  /**
   * Reads a stream from now on.
   *
   * @param {string} streamId
   * @param {{chosen?: boolean, whole?: boolean, from?: string}} [how] whether the reader asked for it; whether all of it is loaded
   */
  read(streamId, { chosen = false, whole = false, from } = {}) {
    this.#relay.unwatch(this.#current ?? '*');
    const stream = this.#streams.get(streamId);
    this.#current = streamId;
    this.#chosen = chosen;
    this.#ranWhileRead = stream !== undefined && !isOver(stream);
    this.#order = stream?.order ?? 0;
    this.#newestAtEnd = null;
    this.#offered = null;
    this.#idle = false;
    this.#emit('read', { streamId, from });
    this.#relay.watch(streamId, whole ? { after: 0 } : { tail: TAIL });
  }

  /** The relay does not know the stream that is read, though it may be listed: it has no transcript, not yet or no longer. */
  lost() {
    this.#unreadable.add(this.#current);
    this.#current = null;
    this.#chosen = false;
    this.#emit('missing');
    this.decide(null);
  }

  /** The relay knows this stream. */
  readable(streamId) {
    if (this.#unreadable.delete(streamId)) {
      this.decide(null);
    }
  }

  /**
   * Looks at the streams again.
   *
   * @param {string | null} wanted the stream that the address names
   */
  decide(wanted) {
    if (!this.#streams.loaded) {
      return;
    }
    if (this.#current === null) {
      this.#begin(wanted);
      return;
    }
    const stream = this.#streams.get(this.#current);
    if (stream && !isOver(stream)) {
      this.#ranWhileRead = true;
      this.#newestAtEnd = null;
      return;
    }
    this.#goOn();
  }

  #begin(wanted) {
    const chosen = wanted !== null && this.#streams.get(wanted);
    if (wanted !== null && !chosen) {
      this.#emit('missing');
    }
    const stream = chosen || this.#streams.all.find(({ streamId }) => !this.#unreadable.has(streamId));
    if (stream) {
      this.read(stream.streamId, { chosen: Boolean(chosen) });
    } else if (!this.#idle) {
      this.#idle = true;
      // The service wants every connection to subscribe to something, and this one hears of new streams at once.
      this.#relay.watch('*', { tail: 0, kinds: ['status'] });
      this.#emit('idle');
    }
  }

  #goOn() {
    const next = this.#streams.newest;
    this.#newestAtEnd ??= this.#streams.all.reduce((most, stream) => Math.max(most, stream.order), 0);
    if (!next || this.#unreadable.has(next.streamId)) {
      return;
    }
    // Somebody who picked one of several meetings is taken only to one that began after it, not to any that runs beside it.
    const follows = this.#chosen ? this.#ranWhileRead && next.order > this.#newestAtEnd : next.order > this.#order;
    if (follows && this.#atEnd()) {
      this.read(next.streamId, { from: this.#current });
    } else if (this.#offered !== next.streamId) {
      this.#offered = next.streamId;
      this.#emit('offer', { streamId: next.streamId });
    }
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
