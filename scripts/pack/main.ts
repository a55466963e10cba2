/** `npm run pack`: one zip of the built page, for a USB stick or a web server. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, ROOT } from '../common/build.ts';
import { runCommand } from '../common/command.ts';
import { readCommandLine } from '../common/commandLine.ts';
import { text } from '../common/flag.ts';
import { DIST } from '../common/server.ts';
import { packPage } from './zip.ts';

await runCommand('The page was not packed', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const { values } = readCommandLine(process.argv.slice(2), {
    usage: 'npm run pack -- [flags]',
    about: 'Builds the page and puts it into one zip that runs from a USB stick.',
    flags: { out: text('FILE', 'to write', `kelvin-${version}.zip`) },
  });
  console.log('Building the page');
  build();
  const zip = packPage(DIST, version, { 'LICENSE.txt': readFileSync(join(ROOT, 'LICENSE')) });
  const out = resolve(values.out);
  writeFileSync(out, zip);
  console.log(`${out} (${(zip.length / 1e6).toFixed(1)} MB): its README.txt says how to start it`);
});
