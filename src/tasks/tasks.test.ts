import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, SPECIAL } from '../language/tokenizer.ts';
import { VOCABULARY_SIZE } from '../language/vocabulary.ts';
import { Random } from '../random.ts';
import type { Outcome } from '../sandbox/sandbox.ts';
import { corpus } from '../warmup/corpus.ts';
import {
  arithmeticPrompt,
  inductionProposalResponse,
  proposalResponse,
  SOLVE_TOKEN,
  solutionResponse,
} from './format.ts';
import { SPECS } from './index.ts';
import { hiddenExamples, shownExamples } from './induction.ts';
import { readAnswer, type Triplet } from './kind.ts';
import { ALL_KINDS } from './task.ts';

const { think, answer, eos, input: IN, program: PROGRAM } = SPECIAL;
const DOUBLE = 'def f(x):\n    return x * 2';
const task: Triplet = {
  program: DOUBLE,
  input: '3',
  output: '6',
  examples: [1, 2, 3, 4].map((x) => ({ input: `${x}`, output: `${2 * x}` })),
};
const ok = (output: string): Outcome => ({ ok: true, output });

/** Any program text a reasoner could write: lines of printable ASCII. */
const anyProgram = fc
  .array(fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)) }), {
    maxLength: 5,
  })
  .map((lines) => ['def f(x):', ...lines].join('\n'));
const anyInput = fc.integer({ min: -200, max: 200 }).map(String);
const anyThought = fc.option(
  fc.array(fc.integer({ min: SPECIAL.input, max: VOCABULARY_SIZE - 1 }).filter((token) => token !== answer)),
);

describe('solutions', () => {
  test.each(['deduction', 'abduction'] as const)('of %s are read as they were written', (kind) => {
    fc.assert(
      fc.property(anyInput, anyThought, (text, thought) => {
        const read = SPECS[kind].parseSolution(solutionResponse(thought, text));
        expect(read).toEqual({ answer: text, thinks: thought !== null });
      }),
    );
  });

  test('of induction are read as they were written', () => {
    fc.assert(
      fc.property(anyProgram, anyThought, (program, thought) => {
        const read = SPECS.induction.parseSolution(solutionResponse(thought, program));
        expect(read).toEqual({ answer: program, thinks: thought !== null });
      }),
    );
  });

  test('of error deduction are names of classes and nothing else', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z_]\w{0,20}$/), anyThought, (name, thought) => {
        const read = SPECS.error.parseSolution(solutionResponse(thought, name));
        expect(read).toEqual({ answer: name, thinks: thought !== null });
      }),
    );
    for (const text of ['ValueError()', 'Value Error', "'ValueError'", '3', 'a.b', '']) {
      expect(SPECS.error.parseSolution([answer, ...encode(text), eos]), text).toBeNull();
    }
  });

  test('are canonical, so that layout does not decide', () => {
    const read = SPECS.deduction.parseSolution([answer, ...encode("[1,2, 'a' ]"), eos]);
    expect(read?.answer).toBe("[1, 2, 'a']");
  });

  test.each([
    ['an expression', [answer, ...encode('4+4'), eos]],
    ['injected syntax', [answer, ...encode('0) or (True'), eos]],
    ['a call', [answer, ...encode('__import__("os")'), eos]],
    ['no end', [answer, ...encode('4')]],
    ['no answer token', [...encode('4'), eos]],
    ['a thought without an answer', [think, ...encode('4'), eos]],
    ['two answers', [answer, ...encode('4'), answer, ...encode('5'), eos]],
    ['an end in the middle', [answer, eos, ...encode('4'), eos]],
    ['nothing', []],
  ])('with %s are format errors', (_, tokens) => {
    expect(SPECS.deduction.parseSolution(tokens)).toBeNull();
    expect(SPECS.abduction.parseSolution(tokens)).toBeNull();
    expect(SPECS.induction.parseSolution(tokens)).toBeNull();
  });

  test('an empty answer is an input of no arguments, but not an output', () => {
    expect(SPECS.abduction.parseSolution([answer, eos])?.answer).toBe('');
    expect(SPECS.deduction.parseSolution([answer, eos])).toBeNull();
  });
});

describe('judging', () => {
  test('deduction compares canonical texts and executes nothing', () => {
    expect(SPECS.deduction.judgeRequest(task, '6')).toBeNull();
    expect(SPECS.deduction.judge(task, '6', []).verdict).toBe('correct');
    expect(SPECS.deduction.judge(task, '7', []).verdict).toBe('wrong');
    expect(SPECS.deduction.judge({ ...task, output: '1' }, 'True', []).verdict).toBe('wrong');
  });

  test('error deduction compares the whole name and executes nothing', () => {
    const raising = { program: 'def f(x):\n    return 1 // x', input: '0', output: 'ZeroDivisionError' };
    expect(SPECS.error.judgeRequest(raising, 'NoError')).toBeNull();
    expect(SPECS.error.judge(raising, 'ZeroDivisionError', []).verdict).toBe('correct');
    for (const other of ['zerodivisionerror', 'NoError', 'ZeroDivision']) {
      expect(SPECS.error.judge(raising, other, []).verdict).toBe('wrong');
    }
  });

  test('abduction accepts any input that gives the output', () => {
    const absolute = { program: 'def f(x):\n    return abs(x)', input: '3', output: '3' };
    expect(SPECS.abduction.judgeRequest(absolute, '-3')).toEqual({
      program: absolute.program,
      inputs: ['-3'],
      runs: 1,
    });
    expect(SPECS.abduction.judge(absolute, '-3', [ok('3')]).verdict).toBe('correct');
    const refused: Outcome = { ok: false, refusal: 'input', detail: '' };
    expect(SPECS.abduction.judge(absolute, '1, 2', [refused]).verdict).toBe('wrong');
  });

  test('induction is decided by the hidden half alone', () => {
    expect(SPECS.induction.judgeRequest(task, DOUBLE)?.inputs).toEqual(['3', '4']);
    expect(SPECS.induction.judge(task, DOUBLE, [ok('6'), ok('8')])).toEqual({ verdict: 'correct', score: 1 });
    expect(SPECS.induction.judge(task, DOUBLE, [ok('6'), ok('9')])).toEqual({ verdict: 'wrong', score: 0.5 });
    const syntax: Outcome = { ok: false, refusal: 'syntax', detail: '' };
    expect(SPECS.induction.judge(task, 'def f(', [syntax, syntax]).verdict).toBe('format');
  });

  test('the two halves share no example and lose none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), (n) => {
        const examples = Array.from({ length: n }, (_, i) => ({ input: `${i}`, output: '0' }));
        const triplet = { ...task, examples };
        expect([...shownExamples(triplet), ...hiddenExamples(triplet)]).toEqual(examples);
        expect(hiddenExamples(triplet).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('proposals', () => {
  test('of a program and an input are read as they were written', () => {
    fc.assert(
      fc.property(anyProgram, anyInput, (program, input) => {
        const expected = { program, inputs: [input] };
        expect(SPECS.deduction.parseProposal(proposalResponse(program, input), [])).toEqual(expected);
        expect(SPECS.abduction.parseProposal(proposalResponse(program, input), [])).toEqual(expected);
      }),
    );
  });

  test('of inputs are read as they were written, each once', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { minLength: 1 }), (inputs) => {
        expect(SPECS.induction.parseProposal(inductionProposalResponse(inputs), [task])).toEqual({
          program: DOUBLE,
          inputs: [...new Set(inputs)],
        });
      }),
    );
  });

  test.each([
    ['no program', [IN, ...encode('1'), eos]],
    ['an empty program', [PROGRAM, IN, ...encode('1'), eos]],
    ['no input', [PROGRAM, ...encode(DOUBLE), eos]],
    ['two inputs', [PROGRAM, ...encode(DOUBLE), IN, ...encode('1'), IN, ...encode('2'), eos]],
    ['an input that is not a literal', [PROGRAM, ...encode(DOUBLE), IN, ...encode('x'), eos]],
    ['no end', [PROGRAM, ...encode(DOUBLE), IN, ...encode('1')]],
  ])('with %s are format errors', (_, tokens) => {
    expect(SPECS.deduction.parseProposal(tokens, [])).toBeNull();
  });

  test('any tokens at all are read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: VOCABULARY_SIZE - 1 })), (tokens) => {
        for (const kind of ALL_KINDS) {
          SPECS[kind].parseProposal(tokens, [task]);
          SPECS[kind].parseSolution(tokens);
        }
      }),
    );
  });
});

/** Kinds whose solver's prompt has a token of its own. */
const NAMED = Object.keys(SOLVE_TOKEN) as (keyof typeof SOLVE_TOKEN)[];

test('every warm-up example is one that self-play can read', () => {
  const examples = corpus(new Random(7));
  for (let i = 0; i < 400; i++) {
    const { prompt, response } = examples.next().value!;
    const solves = NAMED.find((kind) => SOLVE_TOKEN[kind] === prompt[0] && kind !== 'error');
    if (solves) expect(SPECS[solves].parseSolution(response), solves).not.toBeNull();
    else if (prompt[0] === SPECIAL.solveArithmetic || prompt[0] === SPECIAL.solveError) {
      expect(readAnswer(response)).not.toBeNull();
    } else {
      const kind = prompt[0] === SPECIAL.proposeInduction ? 'induction' : 'deduction';
      expect(SPECS[kind].parseProposal(response, [task])).not.toBeNull();
    }
  }
});

test('prompts open with the token of their role and kind', () => {
  for (const kind of NAMED) expect(SPECS[kind].solvePrompt(task)[0]).toBe(SOLVE_TOKEN[kind]);
  expect(SPECS.error.proposePrompt([])).toEqual([SPECIAL.proposeError]);
  expect(SPECS.deduction.proposePrompt([task])[0]).toBe(SPECIAL.proposeDeduction);
  expect(SPECS.abduction.proposePrompt([])).toEqual([SPECIAL.proposeAbduction]);
  expect(SPECS.induction.proposePrompt([task])).toEqual([SPECIAL.proposeInduction, ...encode(DOUBLE)]);
  expect(arithmeticPrompt('3 + 4')).toEqual([SPECIAL.solveArithmetic, ...encode('3 + 4')]);
});
