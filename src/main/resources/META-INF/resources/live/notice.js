/** The bar above the transcript: one thing to know, and perhaps one to do about it. */
export class Notice {
  #bar;
  #text;
  #act;
  #action = null;

  /** @param {HTMLElement} bar with a span and the buttons `.act` and `.dismiss` */
  constructor(bar) {
    this.#bar = bar;
    this.#text = bar.querySelector('span');
    this.#act = bar.querySelector('.act');
    bar.querySelector('.dismiss').addEventListener('click', () => this.hide());
    this.#act.addEventListener('click', () => {
      const action = this.#action;
      this.hide();
      action?.();
    });
  }

  /**
   * @param {string} text
   * @param {{label: string, act: () => void}} [action]
   */
  show(text, action) {
    this.#bar.hidden = false;
    this.#text.textContent = text;
    this.#act.hidden = !action;
    this.#act.textContent = action?.label ?? '';
    this.#action = action?.act ?? null;
  }

  /** Takes the bar away. */
  hide() {
    this.#bar.hidden = true;
  }
}
