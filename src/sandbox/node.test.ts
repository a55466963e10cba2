import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNodeSandbox } from './node.ts';
import type { Outcome, Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox();
}, 60_000);
afterAll(() => sandbox?.close());

async function judge(program: string, input = ''): Promise<Outcome> {
  const [result] = await sandbox.run([{ program, inputs: [input], runs: 2 }]);
  return result?.outcomes[0] as Outcome;
}

test('runs the seed program', async () => {
  expect(await judge('def f():\n    return "hello world"')).toEqual({ ok: true, output: "'hello world'" });
});
