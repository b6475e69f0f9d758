// What the service is measured against: a plain Node client of RTMS on the ws package. It joins meetings at the load command's gateway, parses each
// message, decodes its Base64 and looks how old it is. It is told what to do and answers as rtms-load readers does (native/load/readers.h):
//
//   join PORT COUNT    so many more meetings
//   report             {"open":n,"messages":n,"cpu":seconds,"due":{...},"sent":{...}} since the last report

import { createHistogram } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

let open = 0;
let meetings = 0;
let messages = 0;
const due = createHistogram();
const sent = createHistogram();

function connect(port, path, onMessage) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false });
  socket.on('message', (data) => onMessage(JSON.parse(data), socket));
  return socket;
}

function join(port) {
  const stream = `meeting ${++meetings}`;
  const signaling = connect(port, '/signaling', (message) => {
    if (message.msg_type !== 2) return;
    const media = connect(port, '/media', (received) => {
      if (received.msg_type === 14) {
        take(Buffer.from(received.content.data, 'base64'));
      } else if (received.msg_type === 4) {
        open++;
        signaling.send(JSON.stringify({ msg_type: 7, rtms_stream_id: stream }));
      } else if (received.msg_type === 12) {
        media.send(JSON.stringify({ msg_type: 13, timestamp: received.timestamp }));
      }
    });
    media.on('open', () => media.send(JSON.stringify({ msg_type: 3, media_type: 1, rtms_stream_id: stream })));
  });
  signaling.on('open', () => signaling.send(JSON.stringify({ msg_type: 1, rtms_stream_id: stream })));
}

function take(data) {
  messages++;
  const now = process.hrtime.bigint();
  const dueAt = data.readBigInt64BE(0);
  if (dueAt === 0n) return; // a flood, which carries no times
  const age = (from) => (now > from ? now - from : 1n);
  due.record(age(dueAt));
  sent.record(age(data.readBigInt64BE(8)));
}

function figures(histogram) {
  const at = (share) => histogram.percentile(share) / 1000;
  return { count: histogram.count, p50: at(50), p99: at(99), p999: at(99.9), max: histogram.count ? histogram.max / 1000 : 0 };
}

function report() {
  const { user, system } = process.cpuUsage();
  const text = { open, messages, cpu: (user + system) / 1e6, due: figures(due), sent: figures(sent) };
  messages = 0;
  due.reset();
  sent.reset();
  return text;
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [verb, port, count] = line.split(' ');
    for (let i = 0; verb === 'join' && i < Number(count); i++) join(port);
    console.log(JSON.stringify(verb === 'report' ? report() : {}));
  })
  .on('close', () => process.exit(0));
