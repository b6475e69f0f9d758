/** Nearer to the end than this counts as being there, in CSS pixels. */
const NEAR = 60;

/**
 * Keeps a scrolling element at its end while the reader is there, and leaves it alone once the reader has scrolled up. Events:
 *
 * - `change`: {@link following} or {@link unread} has changed
 */
export class Follow extends EventTarget {
  #scroller;
  #following = true;
  #unread = 0;
  #lastTop = 0;

  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} content whose growth is followed
   */
  constructor(scroller, content) {
    super();
    this.#scroller = scroller;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    const sizes = new ResizeObserver(() => this.#following && this.#toEnd());
    sizes.observe(content);
    sizes.observe(scroller);
  }

  /** Whether the reader is at the end. */
  get following() {
    return this.#following;
  }

  /** Lines that came while the reader was elsewhere. */
  get unread() {
    return this.#unread;
  }

  /** @param {number} lines that were written */
  grew(lines) {
    // At the end the size observer does the rest, after the frame's own layout: asking for sizes here would cost a second one.
    if (!this.#following && lines > 0) {
      this.#set(false, this.#unread + lines);
    }
  }

  /** Goes to the end and stays there. */
  jump() {
    this.#set(true, 0);
    this.#toEnd();
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    // Content that grows below moves the end away without the reader having moved: only going up is leaving.
    const up = scrollTop < this.#lastTop - 1;
    this.#lastTop = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < NEAR) {
      this.#set(true, 0);
    } else if (up) {
      this.#set(false, this.#unread);
    }
  }

  #set(following, unread) {
    if (following !== this.#following || unread !== this.#unread) {
      this.#following = following;
      this.#unread = unread;
      this.dispatchEvent(new CustomEvent('change'));
    }
  }
}
