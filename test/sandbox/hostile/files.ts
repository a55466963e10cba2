/**
 * Files: those of the library, of the verifier and of the process. They live beside Python's memory and are not
 * put back with it, so these come last.
 */
import { type Attack, f } from './attack.ts';

const ABSENT = { strict: 'forbidden', unfiltered: 'error' } as const;

export const FILES: readonly Attack[] = [
  {
    name: 'write a file',
    program: f('open("/kelvin/verifier.py", "w").write("forged")\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'the archive of the library deleted',
    program: f('import os, sys\nfor path in sys.path:\n if path.endswith(".zip"): os.remove(path)\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'every file deleted',
    program: f('import shutil\nshutil.rmtree("/", ignore_errors=True)\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'the verifier’s file written over',
    program: f(
      'import os\nos.makedirs("/kelvin", exist_ok=True)\nopen("/kelvin/verifier.py", "w").write("verify = None")\nreturn 1',
    ),
    ...ABSENT,
  },
  {
    name: 'the disk filled',
    program: f('x = open("/tmp/x", "wb")\nfor i in range(1000):\n x.write(bytes(10 ** 6))\nreturn 1'),
    ...ABSENT,
  },
  {
    name: 'the standard streams closed',
    program: f('import os\nfor i in range(3): os.close(i)\nreturn 1'),
    ...ABSENT,
  },
];
