import type { SandboxReport } from '../../run/protocol.ts';
import { useRun } from '../context.tsx';
import { count, duration } from '../format.ts';

/** The sandbox in six numbers. */
export function VerifierFacts() {
  const sandbox = useRun((run) => run.sandbox);
  return (
    <section className="panel verifier-facts" aria-label="The verifier in numbers">
      <dl>
        {factsOf(sandbox).map(([name, value, note]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
              <span className="verifier-note">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Name, value and a few words of explanation. */
function factsOf(sandbox: SandboxReport | null): [name: string, value: string, note: string][] {
  const unknown = '–';
  if (!sandbox) {
    return [
      ['Workers ready', unknown, 'each holds a Python'],
      ['In the queue', unknown, 'requests not judged yet'],
      ['Runs judged', unknown, 'program × input × repeat'],
      ['Runs a second', unknown, 'while there are any'],
      ['First verdict', unknown, 'from a cold start'],
      ['Replaced', unknown, 'workers that were ended'],
    ];
  }
  const { workers, ready, queued, runs, busyMs, firstVerdictMs, startMs, respawned, respawnMs } = sandbox;
  const spares = Math.max(0, ready - workers);
  return [
    [
      'Workers ready',
      `${Math.min(ready, workers)} of ${workers}`,
      spares > 0 ? `and ${spares} to spare` : 'each holds a Python',
    ],
    ['In the queue', count(queued), 'requests not judged yet'],
    ['Runs judged', count(runs), 'program × input × repeat'],
    ['Runs a second', busyMs > 0 ? count((1000 * runs) / busyMs) : unknown, 'while there are any'],
    [
      'First verdict',
      firstVerdictMs === null ? unknown : duration(firstVerdictMs / 1000),
      startMs === null ? 'from a cold start' : `cold start, Python ${duration(startMs / 1000)}`,
    ],
    [
      'Replaced',
      count(respawned),
      respawned > 0 && respawnMs !== null ? `the last in ${count(respawnMs)} ms` : 'workers that were ended',
    ],
  ];
}
