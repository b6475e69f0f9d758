import { element, icon } from './dom.js';

const BUBBLE = 'M2.5 3.5h11v7.5h-6L4.5 13.5V11h-2z';
/** A web address; marks that end the sentence around it do not belong to it. */
const ADDRESS = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}]/gu;

/** A message of the chat, between the turns of those who speak: a block of the transcript with one line. */
export class ChatBlock {
  chat = true;
  #reactions = new Map();
  #words = element('p', 'message');
  #edited = element('span', 'aside', 'edited');
  #files = element('p', 'files');
  #chips = element('p', 'reactions');

  /**
   * @param {object} message a `chat` message
   * @param {{colour: string, time: HTMLElement, answers?: ChatBlock}} how the sender's colour, the time, and the message that this one answers
   */
  constructor(message, { colour, time, answers }) {
    this.name = message.sender?.name || 'Somebody';
    this.at = message.ts;
    this.lines = [{ element: this.#words, text: '' }];
    const sign = element('span', 'sign', icon(BUBBLE));
    const heading = element('div', 'heading', element('span', 'name', this.name), element('span', 'aside', `in the chat${audience(message)}`), time);
    heading.append(this.#edited);
    this.element = element('div', `chat ${colour}`, sign, heading);
    if (answers) {
      this.element.append(element('p', 'answers', `${answers.name}: ${answers.lines[0].text}`));
    }
    this.element.append(this.#words, this.#files, this.#chips);
    this.#edited.hidden = message.action !== 'update';
    this.#chips.hidden = true;
    this.#fill(message);
  }

  /** Takes over what the sender changed. */
  edit(message) {
    this.#fill(message);
    this.#edited.hidden = false;
  }

  /** Counts a reaction, or takes one back. */
  react({ action, text }) {
    const count = (this.#reactions.get(text) ?? 0) + (action === 'addReaction' ? 1 : -1);
    if (count > 0) {
      this.#reactions.set(text, count);
    } else {
      this.#reactions.delete(text);
    }
    this.#chips.replaceChildren(...[...this.#reactions].map(([emoji, times]) => element('span', 'reaction', times > 1 ? `${emoji} ${times}` : emoji)));
    this.#chips.hidden = this.#reactions.size === 0;
  }

  #fill({ text, files = [] }) {
    this.lines[0].text = text;
    this.#words.replaceChildren(...linked(text));
    this.#words.dir = 'auto';
    this.#words.hidden = text === '';
    this.#files.textContent = files.map((file) => file.name).join(', ');
    this.#files.hidden = files.length === 0;
  }
}

/** Who else reads it, where that is not everybody. */
function audience({ to, receivers = [] }) {
  const names = receivers.map((person) => person.name || 'somebody').join(', ') || 'somebody';
  switch (to) {
    case 'individual':
      return `, to ${names} only`;
    case 'group':
      return ', to a group';
    case 'hostsAndPanelists':
      return ', to hosts and panelists';
    case 'individualAndHosts':
      return `, to ${names} and the hosts`;
    default:
      return '';
  }
}

/** The text with its web addresses as links; everything else stays text. */
function linked(text) {
  const parts = [];
  let end = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const link = element('a', '', address);
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
    parts.push(text.slice(end, index), link);
    end = index + address.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== '');
}
