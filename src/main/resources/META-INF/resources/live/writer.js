/** So many messages are written in one frame, at most: the page stays responsive while a long history comes in. */
const BATCH = 1_500;
/** A hidden page paints no frames; it goes on writing at this pace. */
const HIDDEN_MS = 300;

/** Collects messages and hands them over in batches, one for each frame that the browser paints. */
export class Writer {
  #write;
  #pending = [];
  #scheduled = false;

  /** @param {(messages: object[]) => void} write takes a batch */
  constructor(write) {
    this.#write = write;
  }

  /** @param {object} message to be written with the next frame */
  add(message) {
    this.#pending.push(message);
    this.#schedule();
  }

  /** Forgets what is not written yet. */
  reset() {
    this.#pending = [];
  }

  #schedule() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      if (document.hidden) {
        setTimeout(() => this.#flush(), HIDDEN_MS);
      } else {
        requestAnimationFrame(() => this.#flush());
      }
    }
  }

  #flush() {
    this.#scheduled = false;
    const batch = this.#pending.splice(0, BATCH);
    if (batch.length > 0) {
      this.#write(batch);
    }
    if (this.#pending.length > 0) {
      this.#schedule();
    }
  }
}
