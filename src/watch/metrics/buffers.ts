import { sum, type Table } from './metric.ts';

/** What the buffers hold. */
export const BUFFERS = {
  bufferSize: {
    label: 'Buffer size',
    unit: 'tasks',
    doc: 'tasks in the buffers',
    of: ({ buffers, bufferKinds }) => sum(bufferKinds.map((kind) => buffers[kind].size)),
  },
  bufferByKind: {
    label: 'Buffer size',
    unit: 'tasks',
    doc: 'the same by kind',
    formula: 'tasks added so far − tasks evicted so far',
    dependsOn: ['seedingTarget', 'bufferCapacity', 'eviction', 'rejectKnownText', 'textsPerFingerprint'],
    of: ({ buffers, bufferKinds }) =>
      Object.fromEntries(bufferKinds.map((kind) => [kind, buffers[kind].size])),
    by: 'kind',
    chart: {
      panel: 'machine',
      meaning: 'Verified tasks by kind.',
      healthy: 'Grows all the time, all kinds together.',
      otherwise: 'A plateau below the capacity means that proposals are known or invalid.',
      terms: ['buffer', 'task-kind'],
    },
  },
  fingerprints: {
    label: 'I/O fingerprints',
    unit: 'tasks',
    doc: 'distinct I/O fingerprints among them (results on the probe inputs)',
    formula: 'number of different (f(x₁), …, f(xₘ)) on the probe inputs x₁, …, xₘ',
    dependsOn: ['rejectKnownText', 'textsPerFingerprint', 'bufferCapacity', 'eviction'],
    of: ({ buffers, bufferKinds }) =>
      new Set(bufferKinds.flatMap((kind) => [...buffers[kind].fingerprints()])).size,
    curve: true,
    measure: 'Proposals',
    chart: {
      panel: 'machine',
      meaning: 'Tasks that act differently, counted once.',
      healthy: 'Grows with the buffer.',
      otherwise: 'If it is flat while the buffer grows, texts are new and ideas are old.',
      terms: ['io-fingerprint'],
    },
  },
} satisfies Table;
