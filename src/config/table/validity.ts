import { entriesOf } from '../entry.ts';

const buffer = entriesOf('Buffer');

/** What is done to a proposed program, and what is asked of it, before it may become a task (official code). */
export const VALIDITY_TABLE = {
  determinismRuns: buffer.integer(2, [1, 4], {
    label: 'Determinism runs j',
    reason: 'A proposal must give the same result each time, in fresh namespaces; 1 trusts it.',
    paper: 2,
    advanced: true,
  }),
  bannedWords: buffer.choice('sandbox', ['sandbox', 'official'], {
    label: 'Banned words',
    reason:
      'The sandbox’s allow-list suffices; official also rejects any mention of the words its prompt forbids.',
    paper: 'official',
    advanced: true,
  }),
  alsoBanned: buffer.words(200, {
    label: 'Also banned',
    reason: 'Programs that mention one of them are no tasks: “if %” leaves out branches and remainders.',
    paper: null,
    advanced: true,
  }),
  rejectRaise: buffer.boolean(true, {
    label: 'Reject raise',
    reason: 'In error deduction: a program that says which error it raises leaves nothing to find out.',
    paper: true,
    advanced: true,
  }),
  rejectInputInCode: buffer.boolean(false, {
    label: 'Reject input in code',
    reason: 'A program that holds its own input may have been written for it alone.',
    paper: false,
    advanced: true,
  }),
  rejectMultipleFunctions: buffer.boolean(true, {
    label: 'Reject several functions',
    reason: 'The reasoner’s language has one; off, further functions move into f instead.',
    paper: true,
    advanced: true,
  }),
  renameFunction: buffer.boolean(false, {
    label: 'Rename to f',
    reason: 'Saves a proposal whose function has another name; the base never writes one.',
    paper: true,
    advanced: true,
  }),
  removeComments: buffer.boolean(false, {
    label: 'Remove comments',
    reason: 'And docstrings; in the paper that costs skill, as if proposer and solver spoke through them.',
    paper: 'false (true in seeding)',
    advanced: true,
  }),
  removeGlobals: buffer.boolean(false, {
    label: 'Remove globals',
    reason: 'Everything outside functions, which is otherwise a reason to reject a program here.',
    paper: 'false (true in seeding)',
    advanced: true,
  }),
  removePrint: buffer.boolean(false, {
    label: 'Remove prints',
    reason: 'A print changes no result and only takes room in the context.',
    paper: false,
    advanced: true,
  }),
};
