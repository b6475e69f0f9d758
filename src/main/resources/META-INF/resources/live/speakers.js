/** As many as there are `.speaker-n` classes in page.css; the browser test checks each one's contrast. */
export const COLOURS = 12;

/** Words in front of names that say nothing about who it is. */
const TITLES = new Set(['the', 'mr', 'mrs', 'ms', 'dr', 'hon', 'right', 'prof', 'sir', 'frau', 'herr']);

/**
 * Gives each speaker of a transcript a colour: the same name gets the same one in every meeting and after every reload, unless somebody
 * in this meeting has it already; then the next free one.
 */
export class SpeakerColours {
  #byName = new Map();
  #taken = new Set();

  /**
   * @param {string} name
   * @returns {string} a CSS class
   */
  classOf(name) {
    let colour = this.#byName.get(name);
    if (colour === undefined) {
      colour = hash(name) % COLOURS;
      if (this.#taken.size === COLOURS) {
        this.#taken.clear();
      }
      while (this.#taken.has(colour)) {
        colour = (colour + 5) % COLOURS;
      }
      this.#taken.add(colour);
      this.#byName.set(name, colour);
    }
    return `speaker-${colour}`;
  }
}

/**
 * One or two letters for a name: "Hon. Bill Morneau" is BM.
 *
 * @param {string} name
 * @returns {string}
 */
export function initials(name) {
  const words = name.split(/[\s\-_.,]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const own = words.filter((word) => !TITLES.has(word.toLowerCase()));
  const from = own.length > 0 ? own : words;
  if (from.length === 0) {
    return '?';
  }
  const letters = from.length === 1 ? [from[0]] : [from[0], from[from.length - 1]];
  return letters.map((word) => [...word.replace(/^[^\p{L}\p{N}]+/u, '')][0].toUpperCase()).join('');
}

/** FNV-1a, 32 bit: short names spread well. */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return h;
}
