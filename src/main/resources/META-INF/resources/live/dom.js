const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Text goes in as text, never as HTML: what people say in a meeting is not markup.
 *
 * @param {string} name of the element
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

/**
 * Makes a line drawing of 16 by 16 units that says nothing to who listens.
 *
 * @param {string} path
 * @returns {SVGElement}
 */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.ariaHidden = 'true';
  const drawn = document.createElementNS(SVG, 'path');
  drawn.setAttribute('d', path);
  svg.append(drawn);
  return svg;
}

/** The element with this id; it is in index.html, or the page is broken. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`index.html has no #${id}`);
  }
  return found;
}
