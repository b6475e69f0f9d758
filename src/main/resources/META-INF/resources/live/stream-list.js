import { element } from './dom.js';
import { dayAndClock, duration, shortClock } from './format.js';
import { streamAddress } from './session.js';
import { isOver, titleOf } from './streams.js';
import { STATE_WORDS } from './words.js';

/** The list of streams: links, so that they can be shared and opened elsewhere; the arrow keys go from one to the next. */
export class StreamList {
  #list;
  #items = new Map();
  #current = null;

  /**
   * @param {HTMLElement} list
   * @param {(streamId: string) => void} choose called when the reader picks a stream
   */
  constructor(list, choose) {
    this.#list = list;
    list.addEventListener('click', (event) => {
      const link = event.target.closest('a');
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        choose(link.dataset.streamId);
      }
    });
    list.addEventListener('keydown', (event) => this.#move(event));
  }

  /**
   * @param {object[]} streams in the order to show them
   * @param {string | null} current the one that is read
   */
  show(streams, current) {
    this.#current = current;
    const gone = new Set(this.#items.keys());
    streams.forEach((stream, index) => {
      gone.delete(stream.streamId);
      const item = this.#items.get(stream.streamId) ?? this.#make(stream);
      this.#fill(item, stream);
      // Moving an element takes the focus from it, so only those move that have to.
      if (this.#list.children[index] !== item.element) {
        this.#list.insertBefore(item.element, this.#list.children[index] ?? null);
      }
    });
    for (const streamId of gone) {
      this.#items.get(streamId).element.remove();
      this.#items.delete(streamId);
    }
    const stops = [...this.#list.querySelectorAll('a')];
    const stop = stops.find((link) => link.ariaCurrent) ?? stops[0];
    stops.forEach((link) => (link.tabIndex = link === stop ? 0 : -1));
  }

  #make(stream) {
    const link = element('a', '', element('span', 'title'), element('span', 'state'), element('span', 'when'));
    link.href = streamAddress(stream.streamId);
    link.dataset.streamId = stream.streamId;
    const item = { element: element('li', 'stream', link), link };
    this.#items.set(stream.streamId, item);
    return item;
  }

  #fill({ element: row, link }, stream) {
    const [title, state, when] = link.children;
    const over = isOver(stream);
    row.className = `stream ${stream.state}`;
    row.classList.toggle('over', over);
    title.textContent = titleOf(stream);
    state.textContent = STATE_WORDS[stream.state] ?? stream.state;
    when.textContent = over ? `at ${shortClock(stream.since)}` : `for ${duration(Date.now() - stream.since)}`;
    link.title = `${titleOf(stream)}, ${state.textContent} since ${dayAndClock(stream.since)}${stream.reason ? `: ${words(stream.reason)}` : ''}`;
    link.ariaCurrent = stream.streamId === this.#current ? 'true' : null;
  }

  #move(event) {
    const links = [...this.#list.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    const to = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: links.length - 1,
    }[event.key];
    if (at >= 0 && links[to]) {
      event.preventDefault();
      event.stopPropagation();
      links[to].focus();
    }
  }
}

const words = (reason) => reason.text ?? reason.name ?? String(reason);
