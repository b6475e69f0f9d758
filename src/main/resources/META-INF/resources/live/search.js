const NAME = 'found';
const PAUSE_MS = 120;
/** More marks than anybody looks at would only cost time. */
const MOST_MARKS = 2_000;

/** The search box: shows the lines that match, counts them, marks the words where the browser can. */
export class Search {
  #input;
  #counter;
  #view;
  #timer = 0;

  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} counter
   * @param {import('./transcript-view.js').TranscriptView} view
   */
  constructor(input, counter, view) {
    this.#input = input;
    this.#counter = counter;
    this.#view = view;
    input.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.update(), PAUSE_MS);
    });
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && input.value) {
        event.stopPropagation();
        this.clear();
      }
    });
  }

  /** Whether only some lines are shown. */
  get active() {
    return this.#input.value.trim() !== '';
  }

  /** Shows all lines. */
  clear() {
    this.#input.value = '';
    this.update();
  }

  /** Searches again, after the box or the transcript has changed. */
  update() {
    const query = this.#input.value.trim();
    const lines = this.#view.filter(query);
    this.#counter.textContent = query ? (lines === 1 ? '1 line' : `${lines.toLocaleString()} lines`) : '';
    if ('highlights' in CSS) {
      CSS.highlights.set(NAME, new Highlight(...this.#marks(query.toLowerCase())));
    }
  }

  #marks(query) {
    const marks = [];
    if (!query) {
      return marks;
    }
    for (const node of this.#view.shownTexts()) {
      const text = node.data.toLowerCase();
      // A few letters change their length with their case; then the places would be wrong.
      if (text.length !== node.data.length) {
        continue;
      }
      for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
        marks.push(new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: at + query.length }));
        if (marks.length === MOST_MARKS) {
          return marks;
        }
      }
    }
    return marks;
  }
}
