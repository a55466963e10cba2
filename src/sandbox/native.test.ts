/**
 * Verdicts compared with native python3 on generated programs: whatever is deterministic must come out the same.
 * The programs come from the grammar of tasks and from a second, wilder one over strings, lists and dicts.
 */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { drawInput, generateProgram, sourceOf } from '../language/grammar.ts';
import { Random } from '../random.ts';
import { createNodeSandbox } from './node.ts';
import type { Outcome } from './sandbox.ts';

/** Programs in mode `strict`; in the modes for suites made elsewhere a tenth of them. */
const PROGRAMS = Number(process.env.KELVIN_NATIVE_PROGRAMS ?? 5_000);

/** Runs every program as the paper does, and prints what it returns or the name of what it raises. */
const NATIVE = `
import json, resource, signal, sys
class Late(BaseException): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)
resource.setrlimit(resource.RLIMIT_AS, (2 ** 31, 2 ** 31))
for program, inputs in json.load(sys.stdin):
    row = []
    for text in inputs:
        namespace = {}
        exec(program, namespace)
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        try:
            row.append(repr(eval('f(' + text + ')', namespace)))
        except Exception as error:
            row.append(['error', type(error).__name__])
        except Late:
            row.append(['late', ''])
        signal.setitimer(signal.ITIMER_REAL, 0)
    print(json.dumps(row))
`;

const hasPython = spawnSync('python3', ['-c', ''], { encoding: 'utf8' }).status === 0;

/** Expressions over every kind of value, with operations that fail now and then. */
class WildGrammar {
  constructor(private readonly random: Random) {}

  program(): string {
    const lines = Array.from({ length: this.random.integer(1, 4) }, () => this.statement(2));
    return `def f(x, s):\n    y, t = x, [x]\n    y = ${this.expression(2)}\n${lines.join('')}    return ${this.expression(3)}`;
  }

  private pick<T>(items: readonly T[]): T {
    return items[this.random.integer(0, items.length - 1)] as T;
  }

  private statement(depth: number, indent = '    '): string {
    const e = () => this.expression(2);
    const inner = () => this.statement(depth - 1, `${indent}    `);
    switch (depth > 0 ? this.random.integer(0, 8) : this.random.integer(0, 4)) {
      case 0:
        return `${indent}y = ${e()}\n`;
      case 1:
        return `${indent}t.append(${e()})\n`;
      case 2:
        return `${indent}y ${this.pick(['+', '-', '*', '%', '//', '|', '<<'])}= ${this.pick(['x', '2', '3', 's', '[x]'])}\n`;
      case 3:
        return `${indent}t[${this.pick(['0', '-1', 'x', '0:1', ':'])}] ${this.pick(['=', '+=', '*='])} ${this.pick(['x', '2', '[3]', 's'])}\n`;
      case 4:
        return `${indent}t ${this.pick(['+=', '*='])} ${this.pick(['[x]', '2', 's', '(1, 2)', 't'])}\n`;
      case 5:
        return `${indent}if ${e()}:\n${inner()}${indent}else:\n${inner()}`;
      case 6:
        return `${indent}for i in ${this.pick(['range(3)', 't[:3]', 's', '{1: 2}', 'enumerate(s)'])}:\n${inner()}${indent}    y = i\n`;
      case 7:
        return `${indent}try:\n${inner()}${indent}except ${this.pick(['TypeError', 'Exception', '(IndexError, KeyError)'])}:\n${inner()}`;
      default:
        return `${indent}while len(t) < 4:\n${inner()}${indent}    t = t + [len(t)]\n`;
    }
  }

  private expression(depth: number): string {
    const e = () => this.expression(depth - 1);
    switch (depth > 0 ? this.random.integer(0, 13) : this.random.integer(0, 1)) {
      case 0:
        return this.pick(['x', 's', 'y', 't', 't[0]', 'len(s)']);
      case 1:
        return this.pick([
          '0',
          '1',
          '-3',
          '2.5',
          'True',
          'None',
          "'ab'",
          "''",
          '[]',
          '(1, 2)',
          '{1: 2}',
          '1e20',
        ]);
      case 2:
      case 3:
        return `(${e()} ${this.pick(['+', '-', '*', '/', '//', '%', '**', '&', '^', '>>'])} ${this.pick(['2', 'x', 's', e()])})`;
      case 4:
        return `(${e()} ${this.pick(['==', '!=', '<', '>=', 'in', 'not in', 'and', 'or'])} ${e()})`;
      case 5:
        return `(${e()} if ${e()} else ${e()})`;
      case 6:
        return `${this.pick(['str', 'len', 'bool', 'list', 'tuple', 'sorted', 'repr', 'abs', 'sum', 'max', 'int'])}(${e()})`;
      case 7:
        return `s.${this.pick(['upper()', 'split("a")', 'replace("a", "bc")', 'find("b")', 'join(["1", s])', 'center(7, "*")', 'count("a")', 'zfill(5)', 'title()', 'strip("a")', 'partition("b")', 'isdigit()'])}`;
      case 8:
        return `[${e()} for i in ${this.pick(['range(2)', 's', 't'])}]`;
      case 9:
        return `{${this.pick(['i', 'str(i)', 'i % 2'])}: ${e()} for i in range(3)}`;
      case 10:
        // A slice of what may be a dict raises another error since Python 3.12, where slices can be hashed.
        return this.random.chance(0.5)
          ? `${this.pick(['s', '(1, 2, 3)'])}[${this.pick(['0', '-1', '::-1', '1:', ':x', 'x'])}]`
          : `${e()}[${this.pick(['0', '-1', 'x'])}]`;
      case 11:
        return `f"{${this.pick(['x', 's', 'y', 't'])}${this.pick(['', '!r', ':>5'])}}-"`;
      case 12:
        return `(lambda z: ${e()})(${e()})`;
      default:
        return `"${this.pick(['%s', '%d', '%05.1f', '%r'])}" % ${this.pick(['x', '(x,)', 's'])}`;
    }
  }
}

function generate(count: number): { program: string; inputs: string[] }[] {
  const random = new Random(20);
  const wild = new WildGrammar(random);
  return Array.from({ length: count }, (_, i) => {
    if (i % 3 === 0) {
      const program = sourceOf(generateProgram(random, 1 + (i % 5)).body);
      return { program, inputs: [0, 1, 2].map(() => String(drawInput(random))) };
    }
    return { program: wild.program(), inputs: ["3, 'abca'", "-2, ''", "2.5, '12'", "True, 'a b'"] };
  });
}

/** What both sides can say: the output, or the name of the exception. */
function brief(outcome: Outcome): string | [string, string] {
  if (outcome.ok) return outcome.output;
  return [outcome.refusal, outcome.detail.split(':')[0] as string];
}

test.runIf(hasPython).each([
  ['strict', PROGRAMS],
  ['suite', PROGRAMS / 10],
  ['stdlib', PROGRAMS / 10],
] as const)(
  'agrees with native python3 (%s)',
  async (mode, count) => {
    const tasks = generate(count);
    const native = spawnSync('python3', ['-W', 'ignore', '-c', NATIVE], {
      input: JSON.stringify(tasks.map(({ program, inputs }) => [program, inputs])),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: 60_000 + count * 100,
    });
    expect(native.stderr).toBe('');
    const expected = native.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as (string | [string, string])[]);
    const sandbox = await createNodeSandbox({ mode, workers: 2, timeoutMs: 30_000 });
    try {
      const results = await sandbox.run(tasks.map((task) => ({ ...task, runs: 2 as const })));
      const disagreements: unknown[] = [];
      const seen: Record<string, number> = {};
      results.forEach(({ outcomes }, i) => {
        outcomes.forEach((outcome, k) => {
          const kind = outcome.ok ? 'ok' : outcome.refusal;
          seen[kind] = (seen[kind] ?? 0) + 1;
          // Our limits, and values that are not literals, have no counterpart in plain Python.
          if (['budget', 'memory', 'output', 'nondeterministic'].includes(kind)) return;
          const theirs = expected[i]?.[k];
          if (JSON.stringify(brief(outcome)) !== JSON.stringify(theirs)) {
            disagreements.push({ program: tasks[i]?.program, input: tasks[i]?.inputs[k], outcome, theirs });
          }
        });
      });
      expect(disagreements).toEqual([]);
      expect(seen.ok).toBeGreaterThan(count);
      expect(seen.error).toBeGreaterThan(50);
      const limited = (seen.budget ?? 0) + (seen.memory ?? 0) + (seen.nondeterministic ?? 0);
      expect(limited).toBeLessThan(count / 10);
    } finally {
      sandbox.close();
    }
  },
  400_000,
);
