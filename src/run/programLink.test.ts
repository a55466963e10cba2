import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaled } from '../../test/scale.ts';
import { presetConfig } from '../config/presets.ts';
import { packProgram, unpackProgram } from './programLink.ts';
import { linkOf, readSession } from './session.ts';

/** Any text at all, and text that looks like Python. */
const anyProgram = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
  fc
    .array(fc.constantFrom('def f(x):', '    return x', '\tx = "é" * 3', '', '\r\n', ' ', '# +/=&%?'), {
      minLength: 1,
      maxLength: 300,
    })
    .map((lines) => lines.join('\n')),
);
const setupOf = (seedProgram: string) =>
  ({ preset: 'demo', config: presetConfig('demo'), device: 'auto', seedProgram, ownBase: null }) as const;

describe('a program in a link', () => {
  test('comes back to the letter, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram.filter(Boolean), async (program) => {
        const { query, lacks } = await linkOf(setupOf(program));
        expect(lacks).toEqual([]);
        // As it is pasted: through an address, which has its own rules for what it escapes.
        const { search } = new URL(`https://example.org/lab/?${query}`);
        const { seedProgram, problems } = await readSession(search);
        expect([seedProgram, problems]).toEqual([program, []]);
      }),
      { numRuns: scaled(2000, 200) },
    );
  });

  test('is a word of letters, digits, - and _, and much shorter than the program', async () => {
    const program = `def f(x):\n${'    x = x * 3 + 1\n'.repeat(200)}    return x`;
    const word = (await packProgram(program)) as string;
    expect(word).toMatch(/^[\w-]+$/);
    expect(word.length).toBeLessThan(program.length / 10);
  });

  test('any printable text of 4,000 characters fits, and what does not is said', async () => {
    let state = 1;
    const noise = (length: number) =>
      Array.from({ length }, () => {
        state = (state * 48271) % 2147483647;
        return String.fromCharCode(32 + (state % 95));
      }).join('');
    expect(await packProgram(noise(4000))).not.toBeNull();
    const { query, lacks } = await linkOf(setupOf(noise(60_000)));
    expect([lacks, query]).toEqual([['program'], 'preset=demo&seed=1']);
  });

  test('cut or changed, it is said to be damaged, and never another program', async () => {
    const program = `def f(x):\n${'    x = x * 3 + 1\n'.repeat(20)}    return x`;
    const word = (await packProgram(program)) as string;
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ é';
    await fc.assert(
      fc.asyncProperty(
        fc.nat(word.length - 1),
        fc.constantFrom(...letters),
        fc.boolean(),
        async (at, by, isCut) => {
          const wrong = isCut ? word.slice(0, at) : word.slice(0, at) + by + word.slice(at + 1);
          // The last letter may have bits that stand for nothing.
          const read = await unpackProgram(wrong).catch((error: Error) => error.message);
          expect([program, expect.stringContaining('arrived damaged')]).toContainEqual(read);
          if (isCut) expect(read).toContain('arrived damaged');
        },
      ),
      { numRuns: scaled(1000, 200) },
    );
    const { problems, seedProgram } = await readSession(`?preset=ci&program-z=${word.slice(0, 40)}`);
    expect(seedProgram).toBeNull();
    expect(problems[0]?.message).toContain('arrived damaged');
  });
});
