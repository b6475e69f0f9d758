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

/** The element with this id; it is in index.html, or the page is broken. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`index.html has no #${id}`);
  }
  return found;
}
