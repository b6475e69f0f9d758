import { element, icon } from './dom.js';
import { initials } from './speakers.js';

const CAMERA = 'M1.5 4.5h8.5v7h-8.5zM10 7.2l4.5-2.4v6.4L10 8.8';
const SCREEN = 'M1.5 3h13v8.5h-13zM5.5 14h5';

/** Who is in the meeting, who speaks and who shares a screen now. */
export class People {
  #list;
  #counter;
  #speaking;
  #sharing;
  #present = new Map();
  #seen = new Set();
  #speaker = null;
  #sharer = null;
  #shown = '';

  /** @param {{list: HTMLElement, counter: HTMLElement, speaking: HTMLElement, sharing: HTMLElement}} places to show it in */
  constructor({ list, counter, speaking, sharing }) {
    this.#list = list;
    this.#counter = counter;
    this.#speaking = speaking;
    this.#sharing = sharing;
  }

  /** Forgets everybody. */
  reset() {
    this.#present.clear();
    this.#seen.clear();
    this.#shown = '';
    this.#speaker = null;
    this.#sharer = null;
  }

  /** Learns from any message. */
  learn(message) {
    switch (message.type) {
      case 'participant':
        message.participants.forEach((person) => this.#learnOf(person, message.action));
        break;
      case 'speaker':
        this.#speaker = message.speaker?.name ? message.speaker : null;
        this.#meet(message.speaker);
        break;
      case 'transcript':
        this.#meet(message.speaker);
        break;
      case 'sharing':
        this.#sharer = message.action === 'started' ? message.participant : null;
        this.#meet(message.participant);
        break;
      case 'status':
        if (message.state !== 'live' && message.state !== 'resumed') {
          this.#speaker = null;
        }
        if (message.state === 'ended' || message.state === 'failed') {
          this.#sharer = null;
        }
        break;
      default:
    }
  }

  #learnOf(person, action) {
    switch (action) {
      case 'joined':
        this.#meet(person);
        break;
      case 'left':
        this.#present.delete(person.id);
        this.#seen.delete(person.id);
        this.#speaker = this.#speaker?.id === person.id ? null : this.#speaker;
        this.#sharer = this.#sharer?.id === person.id ? null : this.#sharer;
        break;
      case 'videoOn':
        this.#seen.add(person.id);
        break;
      case 'videoOff':
        this.#seen.delete(person.id);
        break;
      default:
    }
  }

  /** Somebody who speaks is there, even if the news of the arrival lies before what was loaded. */
  #meet(person) {
    if (person?.name && person.id !== '0' && !this.#present.has(person.id)) {
      this.#present.set(person.id, person);
    }
  }

  /**
   * Shows what was learned.
   *
   * @param {import('./speakers.js').SpeakerColours} colours
   */
  show(colours) {
    const now = JSON.stringify([[...this.#present], [...this.#seen], this.#speaker, this.#sharer]);
    if (now === this.#shown) {
      return;
    }
    this.#shown = now;
    const people = [...this.#present.values()].sort((a, b) => a.name.localeCompare(b.name));
    this.#counter.textContent = people.length.toLocaleString();
    this.#list.replaceChildren(...people.map((person) => this.#item(person, colours)));
    const name = this.#speaker?.name ?? '';
    this.#speaking.hidden = !name;
    this.#speaking.className = `speaking ${name && colours.classOf(name)}`;
    this.#speaking.lastElementChild.textContent = name;
    this.#showSharing(colours);
  }

  #item(person, colours) {
    const avatar = element('span', 'avatar', initials(person.name));
    avatar.ariaHidden = 'true';
    const item = element('li', `person ${colours.classOf(person.name)}`, avatar, element('span', 'name', person.name));
    if (person.id === this.#sharer?.id) {
      item.append(sign(SCREEN, 'shares the screen'));
    }
    if (this.#seen.has(person.id)) {
      item.append(sign(CAMERA, 'camera is on'));
    }
    if (person.id === this.#speaker?.id) {
      item.classList.add('speaks');
      item.append(element('span', 'speaks-now', 'speaks'));
    }
    return item;
  }

  #showSharing(colours) {
    const name = this.#sharer && (this.#sharer.name || 'Somebody');
    this.#sharing.hidden = !name;
    this.#sharing.className = `sharing ${name ? colours.classOf(name) : ''}`;
    this.#sharing.querySelector('b').textContent = name ?? '';
  }
}

function sign(path, words) {
  const made = element('span', 'sign', icon(path), element('span', 'hidden-words', words));
  made.title = words;
  return made;
}
