/** The source of this very build as one zip: the page has no other address that leads to it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** Beside the page. */
export const SOURCE_ZIP = 'kelvin-source.zip';

/** The folder that the zip unpacks to. */
const TOP = 'kelvin-source';

/** What the page has beside it anyway, and what would make the zip some ten times as large. */
const LEFT_OUT = ['bases', 'experiments', 'recordings'];

const NOTE = `The source of Kelvin, as the page was built from it. README.md says what it is.

Three folders are left out, since they are large and lie beside the page that this zip
came with: public/bases, public/experiments and public/recordings. The page builds
without them, but has nothing to begin from then. "npm run pack" of whoever gave you
the page, or its web server, has them as bases/, experiments/ and recordings/: put
them into public/.

    npm ci && npm start
`;

/** No clock: the same source is the same zip, byte for byte. */
const STAMP = new Date(1980, 0, 1);

/** Zips the source below `root`, the folder of the repository. */
export function packSource(root: string): Uint8Array {
  const files: Zippable = { [`${TOP}/SOURCE.txt`]: new TextEncoder().encode(NOTE) };
  for (const path of sourceFiles(root)) files[`${TOP}/${path}`] = readFileSync(join(root, path));
  return zipSync(files, { mtime: STAMP });
}

/** What is source below `root`: what git tracks or, where there is no git, what .gitignore does not leave out. */
export function sourceFiles(root: string): string[] {
  const files = tracked(root) ?? notIgnored(root);
  const isLeftOut = (path: string) => LEFT_OUT.some((folder) => path.startsWith(`public/${folder}/`));
  return files.filter((path) => !isLeftOut(path)).toSorted();
}

/** Null where `root` is no checkout of its own: it may well lie unpacked in a folder of somebody's other one. */
function tracked(root: string): string[] | null {
  const git = (...command: string[]) => spawnSync('git', command, { cwd: root, encoding: 'utf8' });
  const top = git('rev-parse', '--show-toplevel');
  if (top.status !== 0 || realpathSync(resolve(top.stdout.trim())) !== realpathSync(root)) return null;
  const { stdout } = git('ls-files', '-z');
  return stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/** The files below `root` that its .gitignore does not name. */
export function notIgnored(root: string): string[] {
  const ignore = join(root, '.gitignore');
  const isIgnored = readIgnored(existsSync(ignore) ? readFileSync(ignore, 'utf8') : '');
  const below = (folder: string): string[] =>
    readdirSync(join(root, folder)).flatMap((name) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const isFolder = statSync(join(root, path)).isDirectory();
      if (name === '.git' || isIgnored(path, isFolder)) return [];
      return isFolder ? below(path) : [path];
    });
  return below('');
}

/** Reads of a .gitignore what ours has: names, paths from the top, `*` within a name, `/` at the end of a folder. */
function readIgnored(text: string): (path: string, isFolder: boolean) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const name = line.replace(/\/$/, '');
      const pattern = name
        .replace(/^\//, '')
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[^/]*');
      return {
        isOfFolders: line.endsWith('/'),
        // A slash within it ties it to the top.
        path: new RegExp(name.includes('/') ? `^${pattern}$` : `(^|/)${pattern}$`),
      };
    });
  return (path, isFolder) => rules.some((rule) => (isFolder || !rule.isOfFolders) && rule.path.test(path));
}
