import { count } from './format.js';

/** Stop reason of a stream whose participants took back their consent (rtms-protocol, stop reasons). */
const CONSENT_REVOKED = { code: 8, name: 'STREAM_REVOKED' };

export const STATE_WORDS = {
  joining: 'Joining',
  live: 'Live',
  interrupted: 'Interrupted',
  resumed: 'Live',
  ended: 'Ended',
  failed: 'Failed',
};

const STATUS_LINES = {
  joining: 'The service is joining the stream',
  live: 'The stream is live',
  interrupted: 'The connection to Zoom was interrupted; the service is getting it back',
  resumed: 'The stream is live again',
  ended: 'The stream has ended',
  failed: 'The stream failed',
};

/** @returns {boolean} whether everything said must be forgotten */
export function consentRevoked({ state, reason }) {
  // The name too: codes of statuses and of stop reasons overlap.
  return state === 'ended' && reason?.code === CONSENT_REVOKED.code && reason.name === CONSENT_REVOKED.name;
}

/** A `status` message as a sentence. */
export function statusLine({ state, reason }) {
  const line = STATUS_LINES[state] ?? `The stream is ${state}`;
  const why = reason?.text || reason?.name?.toLowerCase().replaceAll('_', ' ');
  return why ? `${line}. ${why}` : line;
}

const GAP_CAUSES = {
  evicted: 'the service keeps only the newest',
  revoked: 'consent was revoked',
  lost: 'the disk has lost them',
};

/** A `gap` message as a sentence. */
export function gapLine({ fromSeq, toSeq, count: lost, cause }) {
  if (cause === 'crashed') {
    return 'The service went down here before the disk had everything: the last lines before that may be missing';
  }
  const missing = lost ?? toSeq - fromSeq + 1;
  const why = cause ? `: ${GAP_CAUSES[cause] ?? String(cause).replaceAll(/[_-]/g, ' ')}` : '';
  return `${count(missing, 'line')} can no longer be had${why}`;
}

/** A `participant` message as a sentence; empty where it is not worth one: who turns on a camera is shown in the list of people. */
export function participantLine({ action, participants }) {
  const moved = action === 'joined' || action === 'left';
  return moved ? `${names(participants.map((person) => person.name || 'Somebody'))} ${action}` : '';
}

/** A `sharing` message as a sentence. */
export function sharingLine({ action, participant }) {
  return `${participant?.name || 'Somebody'} ${action} sharing the screen`;
}

/** "Ada", "Ada and Bo", "Ada, Bo and 7 others". */
function names(list) {
  if (list.length > 4) {
    return `${list.slice(0, 3).join(', ')} and ${list.length - 3} others`;
  }
  return list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list[list.length - 1]}`;
}
