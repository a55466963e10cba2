/**
 * Which test files the long run has. A file named `*.long.test.ts` (or `*.long.spec.ts`) makes sense only there; a
 * file that asks `test/scale.ts` checks more there than in `npm test`. All others would only repeat themselves.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The test files below these folders that differ in the long run: paths relative to the repository's root. */
export function longFiles(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(folder, path),
      ),
    )
    .filter((path) => /\.(test|spec)\.tsx?$/.test(path))
    .filter(
      (path) =>
        /\.long\.(test|spec)\.tsx?$/.test(path) ||
        /from '[^']*\/scale\.ts'/.test(readFileSync(join(ROOT, path), 'utf8')),
    );
}
