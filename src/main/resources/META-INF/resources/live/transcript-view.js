import { ChatBlock } from './chat.js';
import { element } from './dom.js';
import { clock, count, dayAndClock, elapsed, languageName } from './format.js';
import { initials, SpeakerColours } from './speakers.js';
import { gapLine, participantLine, sharingLine, statusLine } from './words.js';

/** Zoom's default; other languages are named. */
const DEFAULT_LANGUAGE = /^(en|und)\b/;
/** A pause this long, or a turn this long, gets a new heading, so that times come up regularly. */
const TURN_PAUSE_MS = 90_000;
const TURN_LINES = 12;
/** Blocks on one leaf; the browser lays out only leaves that are near the window. */
const LEAF_BLOCKS = 30;

/**
 * The lines of one stream, grouped by speaker turns, in the order of their numbers.
 *
 * A block is what stands between two headings: a speaker's turn with its lines, a message of the chat, or a single note (somebody joined, a
 * gap, ...).
 */
export class TranscriptView {
  #root;
  #colours;
  #blocks;
  #segments;
  #messages;
  #leaf;
  #start;
  #lineCount;
  #query = '';
  #announceFresh = false;

  /** @param {HTMLElement} root to write into */
  constructor(root) {
    this.#root = root;
    this.reset();
  }

  /** Forgets everything. */
  reset(colours = new SpeakerColours()) {
    this.#root.replaceChildren();
    this.#colours = colours;
    this.#blocks = [];
    this.#segments = new Map();
    this.#messages = new Map();
    this.#leaf = null;
    this.#start = undefined;
    this.#lineCount = 0;
  }

  /** How many lines there are. */
  get lineCount() {
    return this.#lineCount;
  }

  /** The colours in use, for others who show the same people. */
  get colours() {
    return this.#colours;
  }

  /** What comes from now on is news: it may fade in. */
  set fresh(value) {
    this.#announceFresh = value;
  }

  /**
   * Writes a batch.
   *
   * @param {object[]} messages of one stream
   * @returns {number} how many lines and messages of the chat are new
   */
  write(messages) {
    const before = this.#lineCount;
    let chats = 0;
    for (const message of messages) {
      this.#start ??= message.startMs || message.ts;
      switch (message.type) {
        case 'transcript':
          this.#transcript(message);
          break;
        case 'participant':
          if (participantLine(message)) {
            this.#note('person', participantLine(message), message.ts);
          }
          break;
        case 'status':
          this.#note(`status ${message.state}`, statusLine(message), message.ts);
          break;
        case 'sharing':
          this.#note('sharing', sharingLine(message), message.ts);
          break;
        case 'chat':
          chats += this.#chat(message);
          break;
        case 'gap':
          this.#note('gap', gapLine(message), message.ts);
          break;
        default:
      }
    }
    return Math.max(0, this.#lineCount - before) + chats;
  }

  #transcript(message) {
    const known = this.#segments.get(message.segmentId);
    const deleted = message.deleted || /delete/i.test(message.attribute ?? '') || !message.text;
    if (known) {
      if (deleted) {
        this.#remove(message.segmentId, known);
      } else {
        this.#replace(known, message);
      }
    } else if (!deleted) {
      this.#append(message);
    }
  }

  #append(message) {
    const at = message.startMs || message.ts;
    const turn = this.#turnFor(message, at);
    const paragraph = element('p', this.#announceFresh ? 'line fresh' : 'line');
    const line = { element: paragraph, turn, text: '', at };
    this.#fill(line, message);
    paragraph.title = clock(at);
    turn.lines.push(line);
    turn.body.append(paragraph);
    turn.lastAt = Math.max(turn.lastAt, message.endMs || at);
    this.#segments.set(message.segmentId, line);
    this.#lineCount++;
    this.#show(turn);
  }

  #replace(line, message) {
    const corrected = line.final && line.text !== message.text;
    this.#fill(line, message);
    line.element.classList.toggle('corrected', corrected || line.element.classList.contains('corrected'));
    this.#show(line.turn);
  }

  #fill(line, { text, language, final }) {
    line.text = text;
    line.final = final !== false;
    line.element.textContent = text;
    line.element.classList.toggle('interim', !line.final);
    line.element.dir = 'auto';
    if (language && language !== 'und') {
      line.element.lang = language;
    }
  }

  #remove(segmentId, line) {
    const { turn } = line;
    this.#segments.delete(segmentId);
    line.element.remove();
    turn.lines.splice(turn.lines.indexOf(line), 1);
    this.#lineCount--;
    if (turn.lines.length === 0) {
      this.#drop(turn);
    }
  }

  #turnFor({ speaker, language }, at) {
    const name = speaker?.name || 'Unknown speaker';
    const key = `${speaker?.id ?? ''} ${name} ${language ?? ''}`;
    const last = this.#blocks.at(-1);
    if (last?.key === key && last.lines.length < TURN_LINES && at - last.lastAt < TURN_PAUSE_MS) {
      return last;
    }
    const turn = { key, name, at, lastAt: at, lines: [], body: element('div', 'lines') };
    const avatar = element('span', 'avatar', initials(name));
    avatar.ariaHidden = 'true';
    const heading = element('div', 'heading', element('span', 'name', name), this.#time(at));
    if (language && !DEFAULT_LANGUAGE.test(language)) {
      heading.append(element('span', 'language', languageName(language)));
    }
    turn.element = element('div', `turn ${this.#colours.classOf(name)}`, avatar, heading, turn.body);
    if (last?.key === key) {
      // The same person goes on: only the time is shown again.
      turn.element.classList.add('continued');
      heading.firstChild.classList.add('hidden-words');
    }
    this.#add(turn);
    return turn;
  }

  /** How many messages are new: one, or none where it is about one that is there. */
  #chat(message) {
    const known = message.messageId ? this.#messages.get(message.messageId) : undefined;
    switch (message.action) {
      case 'new':
      case 'update':
        if (known) {
          known.edit(message);
          this.#show(known);
          return 0;
        }
        return this.#addChat(message);
      case 'delete':
        if (known) {
          this.#messages.delete(message.messageId);
          this.#drop(known);
        }
        return 0;
      case 'addReaction':
      case 'removeReaction':
        known?.react(message);
        return 0;
      default:
        return 0;
    }
  }

  #addChat(message) {
    const colour = this.#colours.classOf(message.sender?.name || 'Somebody');
    const answers = this.#messages.get(message.parentMessageId);
    const block = new ChatBlock(message, { colour, time: this.#time(message.ts), answers });
    block.element.classList.toggle('fresh', this.#announceFresh);
    if (message.messageId) {
      this.#messages.set(message.messageId, block);
    }
    this.#add(block);
    this.#show(block);
    return 1;
  }

  #drop(block) {
    block.element.remove();
    this.#blocks.splice(this.#blocks.indexOf(block), 1);
  }

  #note(kind, text, at) {
    const note = { note: text, at, lines: [], element: element('div', `note ${kind}`, element('span', '', text)) };
    if (at) {
      note.element.append(this.#time(at));
    }
    this.#add(note);
    this.#show(note);
  }

  #time(at) {
    const time = element('time', '', elapsed(at - this.#start));
    time.dateTime = new Date(at).toISOString();
    time.title = dayAndClock(at);
    return time;
  }

  #add(block) {
    if (!this.#leaf || this.#leaf.childElementCount >= LEAF_BLOCKS) {
      this.#leaf = element('div', 'leaf');
      this.#root.append(this.#leaf);
    }
    this.#leaf.append(block.element);
    this.#blocks.push(block);
  }

  /**
   * Shows only lines that contain these words, or whose speaker's name does.
   *
   * @param {string} query empty for all
   * @returns {number} how many lines are shown
   */
  filter(query) {
    this.#query = query.toLowerCase();
    return this.#blocks.reduce((sum, block) => sum + this.#show(block), 0);
  }

  /** The text nodes of the lines that are shown; a message of the chat has several where there are links in it. */
  *shownTexts() {
    for (const { lines } of this.#blocks) {
      for (const line of lines) {
        if (!line.element.hidden) {
          yield* [...line.element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node : node.firstChild));
        }
      }
    }
  }

  #show(block) {
    const query = this.#query;
    const whole = !query || (block.name ?? '').toLowerCase().includes(query);
    let shown = 0;
    for (const line of block.lines) {
      const matches = whole || line.text.toLowerCase().includes(query);
      line.element.hidden = !matches;
      shown += matches ? 1 : 0;
    }
    block.element.hidden = Boolean(query) && shown === 0;
    return shown;
  }

  /** All of it as plain text, to keep or to send on. */
  toText() {
    const rows = [];
    for (const block of this.#blocks) {
      const time = block.at ? `[${elapsed(block.at - this.#start)}] ` : '';
      if (block.note) {
        rows.push(`${time}(${block.note})`, '');
      } else {
        rows.push(`${time}${block.name}${block.chat ? ' (chat)' : ''}`, ...block.lines.map((line) => line.text), '');
      }
    }
    return rows.join('\n');
  }

  /** "312 lines". */
  get summary() {
    return count(this.#lineCount, 'line');
  }
}
