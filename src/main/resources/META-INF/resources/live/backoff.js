/**
 * How long to wait before the next attempt: doubles from `first` to `most`, and of that a random half, so that a thousand pages that
 * lost the same server do not come back in the same moment.
 *
 * @param {number} attempt 0 for the first
 * @param {{first?: number, most?: number, random?: () => number}} [limits] milliseconds
 * @returns {number} milliseconds
 */
export function backoff(attempt, { first = 500, most = 20_000, random = Math.random } = {}) {
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt, 30));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
