/** The connection in words, colour and icon, with the seconds until the next attempt. */
export class ConnectionView {
  #place;
  #words;
  #seconds;
  #retry;
  #timer = 0;

  /** @param {HTMLElement} place with `.words`, `.seconds` and a button `.retry` */
  constructor(place, retry) {
    this.#place = place;
    this.#words = place.querySelector('.words');
    this.#seconds = place.querySelector('.seconds');
    this.#retry = place.querySelector('.retry');
    this.#retry.addEventListener('click', retry);
  }

  /** @param {{name: string, text: string, retryAt?: number}} state of the relay */
  show({ name, text, retryAt }) {
    clearInterval(this.#timer);
    const offline = name === 'waiting' && !navigator.onLine;
    this.#place.dataset.state = offline ? 'offline' : name;
    const words = {
      connecting: `${text}…`,
      live: 'Connected',
      waiting: 'Reconnecting',
      token: 'Token needed',
      closed: 'Not connected',
    }[name];
    this.#words.textContent = offline ? 'Offline' : words;
    this.#place.title = text;
    this.#retry.hidden = name !== 'waiting';
    this.#seconds.textContent = '';
    if (name === 'waiting') {
      // Beside the words, not among them: a screen reader need not count down aloud.
      const tick = () => {
        const left = Math.ceil((retryAt - Date.now()) / 1000);
        this.#seconds.textContent = left > 0 ? ` in ${left} s` : '';
      };
      tick();
      this.#timer = setInterval(tick, 500);
    }
  }
}
