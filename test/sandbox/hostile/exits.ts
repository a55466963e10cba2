/** Ways to end the interpreter, to interrupt it, or to do something beside it. */
import { type Attack, f } from './attack.ts';

/** All of them need an import, or a name that is not there. */
const ABSENT = { strict: 'forbidden', unfiltered: 'error' } as const;

/** Errors that no program should be able to raise: a harness that lets them pass ends with the program. */
const RAISED: readonly Attack[] = [
  { name: 'SystemExit', program: f('raise SystemExit'), ...ABSENT },
  { name: 'SystemExit with a status', program: f('raise SystemExit(0)'), ...ABSENT },
  { name: 'KeyboardInterrupt', program: f('raise KeyboardInterrupt'), ...ABSENT },
  { name: 'GeneratorExit', program: f('raise GeneratorExit'), ...ABSENT },
  { name: 'BaseException', program: f('raise BaseException'), ...ABSENT },
  { name: 'a group of exceptions', program: f('raise BaseExceptionGroup("", [SystemExit()])'), ...ABSENT },
  { name: 'MemoryError pretended', program: f('raise MemoryError'), ...ABSENT },
  { name: 'RecursionError pretended', program: f('raise RecursionError'), ...ABSENT },
  {
    name: 'StopIteration out of f',
    program: f('raise StopIteration(1)'),
    strict: 'error',
    unfiltered: 'error',
    bare: 'error',
  },
  {
    name: 'StopIteration in a generator',
    program: f('def g():\n yield 1\n raise StopIteration\nreturn list(g())'),
    strict: 'error',
    unfiltered: 'error',
    bare: 'error',
  },
  { name: 'exit', program: f('exit()'), ...ABSENT },
  { name: 'quit', program: f('quit(0)'), ...ABSENT },
  { name: 'sys.exit', program: f('import sys\nsys.exit(0)'), ...ABSENT },
  { name: 'an exit before f is called', program: 'import sys\nsys.exit(0)\ndef f():\n return 1', ...ABSENT },
];

const ENDED: readonly Attack[] = [
  { name: 'os._exit', program: f('import os\nos._exit(0)'), ...ABSENT },
  { name: 'os.abort', program: f('import os\nos.abort()'), ...ABSENT },
  {
    name: 'a signal to itself',
    program: f('import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a signal raised',
    program: f('import signal\nsignal.raise_signal(signal.SIGABRT)\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'an interrupt raised',
    program: f('import signal\nsignal.raise_signal(signal.SIGINT)\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'an interrupt for whoever comes next',
    program: f('import _thread\n_thread.interrupt_main()\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'an alarm for whoever comes next',
    program: f(
      `import signal
def ring(*_):
 raise SystemExit
signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.001)
return 1`,
    ),
    ...ABSENT,
  },
  {
    name: 'a read of memory that is not there',
    program: f('import faulthandler\nfaulthandler._sigsegv()\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a stack that overflows in C',
    program: f('import faulthandler\nfaulthandler._stack_overflow()\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a fatal error of Python',
    program: f('import faulthandler\nfaulthandler._fatal_error_c_thread()\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a fatal error of Pyodide',
    program: f(
      "import sys\nsys.modules.pop('_pyodide_core')\nimport _pyodide_core\n_pyodide_core.trigger_fatal_error()",
    ),
    ...ABSENT,
  },
  {
    name: 'an object of a broken memory',
    program: f('import marshal\nreturn marshal.loads(b"c" + bytes(99))'),
    ...ABSENT,
    unfiltered: ['error', 'forbidden'],
  },
  {
    name: 'something to do at the end',
    program: f('import atexit\ndef last():\n while True: pass\natexit.register(last)\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a callback for every line',
    program: f('import sys\ndef t(*_):\n raise SystemExit\nsys.settrace(t)\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a callback for every call',
    program: f('import sys\ndef t(*_):\n raise SystemExit\nsys.setprofile(t)\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a callback for every event of the machine',
    program: f('import sys\ndef t(*_):\n raise SystemExit\nsys.addaudithook(t)\nreturn 1'),
    ...ABSENT,
  },
];

/** Doing something beside the run, or asking somebody outside. */
const BESIDE: readonly Attack[] = [
  {
    name: 'a thread',
    program: f('import threading\nthreading.Thread(target=f).start()\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a bare thread',
    program: f('import _thread\n_thread.start_new_thread(f, ())\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a pool of processes',
    program: f('import multiprocessing\nmultiprocessing.Pool(2).map(abs, [1])\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'a function that waits',
    program: f('async def g():\n return 1\nreturn g()'),
    strict: 'forbidden',
    unfiltered: 'output',
  },
  {
    name: 'f that waits',
    program: 'async def f():\n return 1',
    strict: 'forbidden',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a wait outside a function that waits',
    program: f('await f()\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'syntax',
    bare: 'syntax',
  },
  {
    name: 'a comprehension that waits',
    program: f('async def g():\n return [x async for x in h]\nreturn g()'),
    strict: 'forbidden',
    unfiltered: 'output',
  },
  {
    name: 'an asynchronous with',
    program: f('async def g():\n async with f: pass\nreturn g()'),
    strict: 'forbidden',
    unfiltered: 'output',
  },
  { name: 'input', program: f('return input()'), ...ABSENT },
  { name: 'input with a prompt', program: f('return input("> ")'), ...ABSENT },
  { name: 'standard input', program: f('import sys\nreturn sys.stdin.read()'), ...ABSENT },
  { name: 'the input of the process', program: f('import os\nreturn os.read(0, 9).hex()'), ...ABSENT },
  {
    name: 'an answer on standard output',
    program: f('import sys\nsys.stdout.write(\'[[true, ["1"]]]\')\nsys.stdout.flush()\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'print into a file of ours',
    program: f('print(1, file=f)\nreturn 1'),
    strict: 'error',
    unfiltered: 'error',
  },
];

export const EXITS: readonly Attack[] = [...RAISED, ...ENDED, ...BESIDE];
