/**
 * Every hostile program in real Chromium, with all layers of the sandbox, without the allow-list, and with
 * nothing but the walls around Python. After each one an honest program has to be judged right by the same
 * interpreter, and nothing outside may have been reached.
 */
import { createServer, type Server } from 'node:net';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { StaticServer } from '../scripts/common/server.ts';
import type { Outcome, RunRequest, Sandbox, SandboxMode } from '../src/sandbox/sandbox.ts';
import { type Attack, BAIT, type Verdict, verdictOf } from '../test/sandbox/hostile/attack.ts';
import { canaries } from '../test/sandbox/hostile/canaries.ts';
import { ATTACKS, sample } from '../test/sandbox/hostile/hostile.ts';
import { isLong, scaled } from '../test/scale.ts';
import { serveSandboxPage } from './fixtures/sandbox/page.ts';

/** The modes, each with the milliseconds after which its clock ends a run. */
const MODES = [
  ['strict', 4_000],
  ['unfiltered', 4_000],
  // Nothing is counted here, so that every loop runs into the clock; but an import of the library is no loop, however
  // busy this machine is.
  ['bare', 2_000],
] as const;

/** With nothing but the walls, an attack is to fail for want of a way and not for want of steps. */
const ROOM = { strict: {}, unfiltered: {}, bare: { steps: 200_000 } } as const;

/** What one attack and the honest programs after it came to. */
interface Report {
  outcomes: Outcome[];
  ms: number;
  /** Workers that had to be replaced so far, and how long the last one took to start. */
  respawned: number;
}

let server: StaticServer;
let bait: { url: string; connections: number; server: Server };

test.beforeAll(async () => {
  console.log(`${Object.values(ATTACKS).flat().length} hostile programs`);
  server = await serveSandboxPage();
  bait = await listen();
});
test.afterAll(async () => {
  bait?.server.close();
  await server?.close();
});

/** Somebody outside who would notice a connection. */
async function listen(): Promise<typeof bait> {
  const heard = { url: '', connections: 0, server: createServer() };
  heard.server.on('connection', (socket) => {
    heard.connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => heard.server.listen(0, '127.0.0.1', resolve));
  const address = heard.server.address();
  if (address === null || typeof address === 'string') throw new Error('No port for the bait.');
  heard.url = `http://127.0.0.1:${address.port}/`;
  return heard;
}

/** One attack in so many; each endless loop costs the seconds until its worker is ended, so one stands for them. */
function everyOf(group: string): number {
  return scaled(1, group === 'loops without end' ? 1000 : 10);
}

// Without the allow-list, and without anything inside Python: the short run has the first and the last of three.
for (const [mode, timeoutMs] of MODES.filter(([name]) => isLong || name !== 'unfiltered')) {
  test.describe(mode, () => {
    let context: BrowserContext;
    let page: Page;
    let before: unknown;
    let requests: string[];
    let mark = 0;

    test.beforeAll(async ({ browser }) => {
      context = await browser.newContext();
      page = await context.newPage();
      await page.addInitScript(hearMessages);
      await page.goto(server.url);
      await page.evaluate(
        async ([mode, timeoutMs]) => {
          const sandbox = await window.openSandbox({ workers: 1, mode, timeoutMs });
          // Everything that loads late: the spare worker, and the interpreter that sets are compared with.
          const program = 'def f():\n return list({"a", "b", "c"})';
          await sandbox.run([{ program, inputs: [''], runs: 2 }]);
          while (sandbox.stats().ready < 2) {
            await new Promise((resolve) => setTimeout(resolve, 50));
            await sandbox.run([{ program: 'def f(): return 1', inputs: [''], runs: 1 }]);
          }
          Object.assign(window, { sandbox });
        },
        [mode, timeoutMs] as const,
      );
      before = await page.evaluate(belongings);
      requests = [];
      // A worker's script comes from a text that the frame holds: not a connection.
      context.on('request', (request) => {
        if (!request.url().startsWith('blob:')) requests.push(request.url());
      });
      page.on('websocket', (socket) => requests.push(socket.url()));
      context.on('page', (opened) => requests.push(opened.url()));
    });
    test.afterAll(() => context?.close());

    for (const [group, attacks] of Object.entries(ATTACKS)) {
      test(group, async () => {
        const sets = sample(attacks, everyOf(group)).map((attack) => {
          const program = attack.program.replaceAll(BAIT, bait.url);
          const request: RunRequest = { program, inputs: [attack.input ?? ''], runs: 2, ...ROOM[mode] };
          return { attack, request, honest: canaries(mark++, mode) };
        });
        const reports = await judge(
          page,
          sets.map(({ request, honest }) => [request, ...honest.map((canary) => canary.request)]),
        );
        const wrong: string[] = [];
        for (const [i, { attack, honest }] of sets.entries()) {
          const { outcomes } = reports[i] as Report;
          const [verdict, ...verdicts] = outcomes.map(verdictOf);
          const expected = expectation(attack, mode);
          if (expected && !expected.includes(verdict as Verdict)) {
            wrong.push(`${attack.name}: ${verdict}, expected ${expected.join(' or ')}`);
          }
          honest.forEach((canary, k) => {
            if (verdicts[k] !== canary.verdict) wrong.push(`after ${attack.name}: ${verdicts[k]}`);
          });
        }
        tell(mode, group, sets, reports);
        expect(wrong).toEqual([]);
        expect(bait.connections).toBe(0);
        expect(requests).toEqual([]);
        expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
        expect(await page.evaluate(belongings)).toEqual(before);
        expect(await context.cookies()).toEqual([]);
        expect(context.pages()).toHaveLength(1);
      });
    }
  });
}

/** Null where anything will do. */
function expectation(attack: Attack, mode: SandboxMode): readonly Verdict[] | null {
  const expected = mode === 'strict' ? attack.strict : mode === 'bare' ? attack.bare : attack.unfiltered;
  return expected === undefined ? null : typeof expected === 'string' ? [expected] : expected;
}

/** Judges sets of requests one after the other. They travel as JSON, which keeps halves of letters. */
async function judge(page: Page, sets: RunRequest[][]): Promise<Report[]> {
  return page.evaluate(async (text) => {
    const { sandbox } = window as unknown as { sandbox: Sandbox };
    const reports: Report[] = [];
    for (const requests of JSON.parse(text) as RunRequest[][]) {
      const began = performance.now();
      const results = await sandbox.run(requests);
      const ms = performance.now() - began;
      const { respawned } = sandbox.stats();
      reports.push({
        outcomes: results.map(({ outcomes }) => outcomes[0] as Outcome),
        ms,
        respawned,
      });
    }
    return reports;
  }, JSON.stringify(sets));
}

function tell(mode: SandboxMode, group: string, sets: { attack: Attack }[], reports: Report[]): void {
  const total = reports.reduce((sum, { ms }) => sum + ms, 0);
  const slowest = reports.reduce((slow, { ms }, i) => (ms > (reports[slow] as Report).ms ? i : slow), 0);
  const counts = new Map<string, number>();
  for (const { outcomes } of reports) {
    const verdict = outcomes[0]?.ok ? 'ok' : (outcomes[0]?.refusal ?? 'none');
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  console.log(
    `${mode}, ${group}: ${sets.length} programs in ${(total / 1000).toFixed(1)} s (` +
      `${[...counts].map(([verdict, n]) => `${n} ${verdict}`).join(', ')}); slowest ` +
      `${Math.round((reports[slowest] as Report).ms)} ms: ${sets[slowest]?.attack.name}; ` +
      `${reports.at(-1)?.respawned} workers replaced so far`,
  );
}

/** Keeps every message that reaches the page's own window. */
function hearMessages(): void {
  if (window !== window.top) return;
  const heard: string[] = [];
  Object.assign(window, { heard });
  addEventListener('message', ({ data }) => heard.push(String(data)));
}

/** Everything that a program could have left with the page. */
async function belongings(): Promise<unknown> {
  const files: string[] = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  return {
    files,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookies: document.cookie,
    title: document.title,
    address: location.href,
    globals: Object.keys(window).sort(),
  };
}
