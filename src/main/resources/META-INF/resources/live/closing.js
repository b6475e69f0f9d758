/**
 * What the relay's close codes mean: the words for a reader, and what the page does next.
 *
 * `next` is `retry` (with back-off), `soon` (the server asked us to come back), `later` (it is full), `token` (nothing helps but a
 * token) or `unknown` (the stream we asked for is not there).
 */
const CLOSINGS = new Map([
  [1001, { next: 'soon', text: 'The service is going away for a moment.' }],
  [1012, { next: 'soon', text: 'The service restarts.' }],
  [4400, { next: 'retry', text: 'The service did not understand this page. Reloading it may help.' }],
  [4401, { next: 'token', text: 'This service wants to know who is reading.' }],
  [4403, { next: 'token', text: 'This token does not allow reading here, or the page comes from an address the service does not trust.' }],
  [4404, { next: 'unknown', text: 'The service does not know this stream, or no longer.' }],
  [4408, { next: 'retry', text: 'The service waited too long for this page.' }],
  [4429, { next: 'later', text: 'The service has as many readers as it can take.' }],
]);

/**
 * @param {number} code of the WebSocket's close event
 * @returns {{next: 'retry' | 'soon' | 'later' | 'token' | 'unknown', text: string}}
 */
export function closing(code) {
  return CLOSINGS.get(code) ?? { next: 'retry', text: 'The connection was lost.' };
}
