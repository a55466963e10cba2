/**
 * A trainer that only tells of steps, for tests of what the page does with a run: it invents one task a step, which
 * grew from the one before, and keeps what it is asked to keep. Everything else on the page is real.
 */
import type { Page } from '@playwright/test';
import { stepEvent, taskOf } from '../test/builders.ts';
import { snapshot } from './visitor.ts';

const TELLER = `
  const STEP = ${JSON.stringify(stepEvent(1))};
  const TASK = ${JSON.stringify(taskOf('a0', { program: 'def f(x):\n    return x + 0' }))};
  let step = 0, steps = 0;
  const task = (at) => ({
    ...TASK,
    id: 'a' + at,
    step: at,
    program: TASK.program.replace('0', at),
    fingerprint: 'b' + at,
    solveRate: 0.5,
    parents: at > 0 ? ['a' + (at - 1)] : [],
  });
  const attempt = (at) => ({
    taskId: 'a' + at, response: '<answer>2</answer>', answer: '2', thinks: false, verdict: 'correct',
    reward: 1, advantage: 0.5, tokens: 3, step: at,
  });
  const tell = (type, more) => postMessage({ type, ...more });
  const tasks = (at) => {
    tell('tasks', { added: [task(at)], updated: [], evicted: [] });
    tell('attempts', { attempts: [attempt(at)] });
  };
  const bytes = () => new Uint8Array(2000);
  const keep = () =>
    tell('kept', { run: step === 0 ? null : { state: { step }, weights: bytes(), optimizer: bytes(), base: null } });
  const takeStep = () => {
    step++;
    tasks(step);
    tell('step', { ...STEP, metrics: { ...STEP.metrics, step, seconds: 2 * step } });
    keep();
    tell('state', { state: step < steps ? 'paused' : 'finished' });
  };
  onmessage = ({ data }) => {
    if (data.type === 'start') {
      step = data.from ? data.from.state.step : 0;
      steps = data.config.steps;
      tell('engine', { backend: 'wasm', device: 'a teller', parameters: 1000 });
      if (step === 0) tasks(0);
      tell('state', { state: data.paused ? 'paused' : 'running' });
    }
    if (data.type === 'step') takeStep();
    if (data.type === 'pause') tell('state', { state: 'paused' });
    if (data.type === 'resume') tell('state', { state: 'running' });
    if (data.type === 'keep') keep();
    if (data.type === 'reset') tell('state', { state: 'idle' });
  };
`;

/** Puts the teller in the trainer's place, for the pages that are opened from now on. */
export async function withTeller(page: Page): Promise<void> {
  await page.route('**/assets/worker-*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: TELLER }),
  );
  await page.route('**/pyodide/**', (route) => route.abort());
}

/** Steps until the run has taken so many, and they are in the store. */
export async function stepTo(page: Page, step: number): Promise<void> {
  const { step: at, state } = await snapshot(page);
  for (let next = state === 'idle' ? 1 : at + 1; next <= step; next++) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await page.waitForFunction((taken) => window.kelvin!.snapshot().metrics?.step === taken, next);
  }
}
