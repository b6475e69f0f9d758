import { closing } from './closing.js';
import { ConnectionView } from './connection-view.js';
import { byId } from './dom.js';
import { Follow } from './follow.js';
import { count, dayAndClock, shortClock } from './format.js';
import { Notice } from './notice.js';
import { People } from './people.js';
import { Reader } from './reader.js';
import { Relay } from './relay.js';
import { Search } from './search.js';
import { chosenStream, keepToken, streamAddress, takeToken } from './session.js';
import { StreamList } from './stream-list.js';
import { Streams, titleOf } from './streams.js';
import { TranscriptView } from './transcript-view.js';
import { consentRevoked, STATE_WORDS } from './words.js';
import { Writer } from './writer.js';

/** A reconnection that brings no more lines than this is read aloud like live ones: they were missed, not history. */
const SPOKEN_BACKLOG = 20;
/** Code of errors that are this page's fault. */
const BAD_MESSAGE = 4400;

const token = takeToken();
const relayUrl = new URL('../ws/transcripts', import.meta.url);
relayUrl.protocol = relayUrl.protocol.replace('http', 'ws');
relayUrl.search = relayUrl.hash = '';

const relay = new Relay(relayUrl);
const streams = new Streams(new URL('../api/streams', import.meta.url));
const log = byId('transcript');
const follow = new Follow(log, byId('lines'));
const reader = new Reader(relay, streams, () => follow.following);
const view = new TranscriptView(byId('lines'));
const people = new People({ list: byId('people-list'), counter: byId('people-count'), speaking: byId('speaking'), sharing: byId('sharing') });
const search = new Search(byId('search'), byId('found'), view);
const notice = new Notice(byId('notice'));
const connection = new ConnectionView(byId('connection'), () => relay.wake());
const list = new StreamList(byId('streams'), choose);
const writer = new Writer(write);

// ---- streams ----

streams.addEventListener('change', () => {
  reader.decide(chosenStream());
  showStreams();
});
streams.addEventListener('denied', ({ detail }) => {
  relay.refuse(closing(detail.status === 401 ? 4401 : 4403).text);
});

reader.addEventListener('read', ({ detail: { streamId, from } }) => {
  begin();
  show('reading');
  if (from) {
    history.replaceState(null, '', streamAddress(null));
    notice.show(`“${name(from)}” is over. You are now reading “${name(streamId)}”.`, {
      label: 'Go back',
      act: () => choose(from),
    });
  }
  showStreams();
});
reader.addEventListener('idle', () => {
  show('empty');
  showStreams();
});
reader.addEventListener('offer', ({ detail: { streamId } }) => {
  notice.show(`“${name(streamId)}” is live.`, { label: 'Read it', act: () => choose(streamId) });
});
reader.addEventListener('missing', () => {
  history.replaceState(null, '', streamAddress(null));
  notice.show('The stream that was asked for is not here, or no longer.');
});

function choose(streamId) {
  history.pushState(null, '', streamAddress(streamId));
  notice.hide();
  reader.read(streamId, { chosen: true });
}

addEventListener('popstate', () => {
  const streamId = chosenStream() ?? streams.newest?.streamId;
  if (streamId && streamId !== reader.current) {
    reader.read(streamId, { chosen: chosenStream() !== null });
  }
});

const name = (streamId) => titleOf(streams.get(streamId) ?? { streamId });

// ---- the relay ----

relay.addEventListener('state', ({ detail }) => {
  connection.show(detail);
  if (detail.name === 'token') {
    askForToken(detail.text);
  } else if (detail.name === 'live') {
    streams.refresh();
  }
  showTitle();
});
relay.addEventListener('unknown', () => reader.lost());
relay.addEventListener('restart', () => {
  begin();
  notice.show('The service began this transcript anew.');
});
relay.addEventListener('message', ({ detail: message }) => {
  if (message.type === 'error') {
    // Other errors come with a closed connection, which says more.
    if (message.code === BAD_MESSAGE) {
      notice.show(`The service says: ${message.message}`);
    }
    return;
  }
  if (message.type === 'status') {
    streams.learn(message);
    reader.readable(message.streamId);
  }
  if (message.streamId === reader.current) {
    writer.add(message);
  }
});

addEventListener('online', () => relay.wake());
addEventListener('offline', () => connection.show(relay.state));
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    relay.wake();
    streams.refresh();
  }
});

// ---- the transcript ----

function begin() {
  writer.reset();
  view.reset();
  view.fresh = false;
  people.reset();
  people.show(view.colours);
  log.ariaLive = 'off';
  log.ariaBusy = 'true';
  byId('earlier').hidden = true;
  follow.jump();
}

function write(messages) {
  let lines = 0;
  for (const message of messages) {
    people.learn(message);
    if (message.type === 'subscribed') {
      expect(message);
    } else if (message.type === 'caughtUp') {
      caughtUp();
    } else if (consentRevoked(message)) {
      view.reset();
      view.write([message]);
    } else {
      lines += view.write([message]);
    }
  }
  follow.grew(lines);
  people.show(view.colours);
  showFacts();
  if (search.active) {
    search.update();
  }
}

function expect({ firstSeq, lastSeq, after }) {
  if (lastSeq - after > SPOKEN_BACKLOG) {
    log.ariaLive = 'off';
    view.fresh = false;
  }
  if (log.ariaBusy === 'true') {
    byId('earlier').hidden = !(firstSeq > 0 && after >= firstSeq);
  }
}

function caughtUp() {
  log.ariaBusy = 'false';
  // The history is in the page only after this frame; what changes after it is news.
  setTimeout(() => {
    log.ariaLive = 'polite';
    view.fresh = true;
  });
}

byId('earlier').addEventListener('click', () => reader.read(reader.current, { chosen: true, whole: true }));

byId('save').addEventListener('click', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([view.toText()], { type: 'text/plain;charset=utf-8' }));
  link.download = `${name(reader.current).replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});

// ---- going to the end ----

follow.addEventListener('change', () => {
  byId('jump').hidden = follow.following;
  byId('jump').textContent = follow.unread > 0 ? `Jump to live (${follow.unread.toLocaleString()} new)` : 'Jump to live';
  showTitle();
});
byId('jump').addEventListener('click', () => {
  follow.jump();
  log.focus({ preventScroll: true });
});
addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === 'Escape' && byId('people').classList.contains('open')) {
    togglePeople(false);
  } else if (!typing && !event.defaultPrevented && (event.key === 'End' || event.key === 'Escape')) {
    event.preventDefault();
    follow.jump();
  }
});

// ---- who is there ----

function togglePeople(open) {
  byId('people').classList.toggle('open', open);
  byId('people-button').ariaExpanded = String(open);
}
byId('people-button').addEventListener('click', () => togglePeople(!byId('people').classList.contains('open')));

// ---- access ----

function askForToken(why) {
  byId('access-why').textContent = why;
  show('access');
  byId('token').focus();
}
byId('access-form').addEventListener('submit', (event) => {
  event.preventDefault();
  keepToken(byId('token').value.trim());
  // A fresh start is the simplest way to forget everything that was seen without access.
  location.reload();
});

// ---- what is on the page ----

function show(part) {
  for (const id of ['reading', 'empty', 'access']) {
    byId(id).hidden = id !== part;
  }
  byId('head').hidden = part !== 'reading';
  byId('app').classList.toggle('reads', part === 'reading');
  if (part !== 'reading') {
    togglePeople(false);
  }
}

function showStreams() {
  list.show(streams.all, reader.current);
  showFacts();
  showTitle();
}

function showFacts() {
  const stream = streams.get(reader.current);
  if (!stream) {
    return;
  }
  byId('title').textContent = titleOf(stream);
  byId('state').className = `badge ${stream.state}`;
  byId('state').textContent = STATE_WORDS[stream.state] ?? stream.state;
  byId('facts').textContent = `since ${shortClock(stream.since)} · ${count(view.lineCount, 'line')}`;
  byId('facts').title = `since ${dayAndClock(stream.since)}`;
}

function showTitle() {
  const stream = streams.get(reader.current);
  const states = { connecting: 'Connecting', waiting: 'Reconnecting', token: 'Token needed', closed: 'Not connected' };
  const state = states[relay.state.name] ?? (stream ? (STATE_WORDS[stream.state] ?? stream.state) : 'Waiting');
  const unread = follow.unread > 0 ? `(${follow.unread}) ` : '';
  document.title = `${unread}${state} · ${stream ? titleOf(stream) : 'Live transcripts'}`;
}

byId('webhook').textContent = new URL('../webhook', import.meta.url).href;
setInterval(showStreams, 20_000);
streams.start(token);
relay.open(token);
