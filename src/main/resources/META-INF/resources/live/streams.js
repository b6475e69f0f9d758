/** How often the list is read; new streams appear this soon. */
const POLL_MS = 3_000;

const PRODUCTS = {
  meeting: 'Meeting',
  webinar: 'Webinar',
  session: 'Video session',
  video_sdk: 'Video session',
  contact_center: 'Contact center call',
  phone: 'Phone call',
};

/**
 * The streams that the service knows, kept up to date from its REST interface. It knows no DOM. Events:
 *
 * - `change`: {@link all} has changed
 * - `denied`: the service wants a (different) token; reading stops until {@link start}
 */
export class Streams extends EventTarget {
  #address;
  #token = null;
  #streams = new Map();
  #timer = 0;
  #loaded = false;
  #reading = 0;

  /** @param {string | URL} address of the list */
  constructor(address) {
    super();
    this.#address = address;
  }

  /** @param {string | null} token to read with */
  start(token) {
    this.#token = token;
    this.refresh();
  }

  /** Whether the list was read at least once. */
  get loaded() {
    return this.#loaded;
  }

  /** Streams that run, newest first, then those that are over. */
  get all() {
    return [...this.#streams.values()].sort((a, b) => isOver(a) - isOver(b) || b.order - a.order);
  }

  /** The stream with this id, or undefined. */
  get(streamId) {
    return this.#streams.get(streamId);
  }

  /** The newest stream that runs, or undefined. */
  get newest() {
    return this.all.find((stream) => !isOver(stream));
  }

  /** Takes over what a `status` message says, before the list is read again. */
  learn({ streamId, state, reason, ts }) {
    const stream = this.#streams.get(streamId);
    if (!stream) {
      this.refresh();
    } else if (stream.state !== state) {
      this.#streams.set(streamId, { ...stream, state, reason, since: ts ?? stream.since });
      this.#changed();
    }
  }

  /** Reads the list now, and again after a while. */
  async refresh() {
    clearTimeout(this.#timer);
    const reading = ++this.#reading;
    try {
      const headers = this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
      const response = await fetch(this.#address, { headers, cache: 'no-store' });
      if (reading !== this.#reading) {
        return;
      }
      if (response.status === 401 || response.status === 403) {
        this.dispatchEvent(new CustomEvent('denied', { detail: { status: response.status } }));
        return;
      }
      if (response.ok) {
        this.#replace(await response.json());
      }
    } catch {
      // The service is away; the relay's connection state tells the reader so.
    }
    if (reading === this.#reading) {
      this.#timer = setTimeout(() => this.refresh(), POLL_MS);
    }
  }

  #replace(list) {
    const before = JSON.stringify([...this.#streams.values()]);
    const next = new Map();
    for (const stream of [...list].sort((a, b) => a.since - b.since)) {
      // `since` moves with each state; the order in which streams came to be known does not.
      const order = this.#streams.get(stream.streamId)?.order ?? this.#nextOrder();
      next.set(stream.streamId, { ...stream, order });
    }
    this.#streams = next;
    if (!this.#loaded || JSON.stringify([...next.values()]) !== before) {
      this.#loaded = true;
      this.#changed();
    }
  }

  #order = 0;
  #nextOrder() {
    return ++this.#order;
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('change'));
  }
}

/** Whether nothing will follow in this stream. */
export function isOver(stream) {
  return stream.state === 'ended' || stream.state === 'failed';
}

/** What a reader calls this stream. */
export function titleOf(stream) {
  return stream.title || stream.topic || `${PRODUCTS[stream.product?.toLowerCase()] ?? 'Stream'} ${shortId(stream.id || stream.streamId)}`;
}

function shortId(id) {
  return id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}
