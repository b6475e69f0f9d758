import { element } from './dom.js';
import { initials } from './speakers.js';
import { peopleOf } from './words.js';

/** Who is in the meeting, and who speaks now. */
export class People {
  #list;
  #counter;
  #speaking;
  #present = new Map();
  #speaker = null;
  #shown = '';

  /** @param {{list: HTMLElement, counter: HTMLElement, speaking: HTMLElement}} places to show it in */
  constructor({ list, counter, speaking }) {
    this.#list = list;
    this.#counter = counter;
    this.#speaking = speaking;
  }

  /** Forgets everybody. */
  reset() {
    this.#present.clear();
    this.#shown = '';
    this.#speaker = null;
  }

  /** Learns from any message. */
  learn(message) {
    if (message.type === 'participant') {
      const { people, left } = peopleOf(message);
      for (const person of people) {
        if (left) {
          this.#present.delete(person.id);
          this.#speaker = this.#speaker?.id === person.id ? null : this.#speaker;
        } else {
          this.#meet(person);
        }
      }
    } else if (message.type === 'speaker') {
      const speaker = message.speaker ?? message.participant;
      this.#speaker = speaker?.name ? speaker : null;
      this.#meet(speaker);
    } else if (message.type === 'transcript') {
      this.#meet(message.speaker);
    } else if (message.type === 'status' && message.state !== 'live' && message.state !== 'resumed') {
      this.#speaker = null;
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
    const now = JSON.stringify([[...this.#present], this.#speaker]);
    if (now === this.#shown) {
      return;
    }
    this.#shown = now;
    const people = [...this.#present.values()].sort((a, b) => a.name.localeCompare(b.name));
    this.#counter.textContent = people.length.toLocaleString();
    this.#list.replaceChildren(
      ...people.map((person) => {
        const avatar = element('span', 'avatar', initials(person.name));
        avatar.ariaHidden = 'true';
        const item = element('li', `person ${colours.classOf(person.name)}`, avatar, element('span', 'name', person.name));
        if (person.id === this.#speaker?.id) {
          item.classList.add('speaks');
          item.append(element('span', 'speaks-now', 'speaks'));
        }
        return item;
      }),
    );
    const name = this.#speaker?.name ?? '';
    this.#speaking.hidden = !name;
    this.#speaking.className = `speaking ${name && colours.classOf(name)}`;
    this.#speaking.lastElementChild.textContent = name;
  }
}
