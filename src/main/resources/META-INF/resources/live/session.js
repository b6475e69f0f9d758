const KEY = 'rtms.token';

/**
 * Takes the token out of the address bar, where it would end up in screenshots, histories and shared links, and keeps it for this tab.
 *
 * @returns {string | null} the token to use
 */
export function takeToken() {
  const url = new URL(location.href);
  const token = url.searchParams.get('token');
  if (token !== null) {
    keepToken(token);
    url.searchParams.delete('token');
    history.replaceState(history.state, '', url);
  }
  return sessionStorage.getItem(KEY);
}

/** @param {string} token for this tab and its reloads */
export function keepToken(token) {
  sessionStorage.setItem(KEY, token);
}

/** @returns {string | null} the stream that the address names */
export function chosenStream() {
  return new URL(location.href).searchParams.get('stream');
}

/**
 * @param {string | null} streamId null for none
 * @returns {URL} the page's address with this stream
 */
export function streamAddress(streamId) {
  const url = new URL(location.href);
  url.searchParams.delete('stream');
  if (streamId !== null) {
    url.searchParams.set('stream', streamId);
  }
  return url;
}
