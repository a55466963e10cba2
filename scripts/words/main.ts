/**
 * `npm run words`: whether every language says all that the page says. `--write` puts what is new into every catalogue,
 * empty, and takes out what is said nowhere; a new language begins as a file with `{}`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../common/build.ts';
import { runCommand } from '../common/command.ts';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { toggle } from '../common/flag.ts';
import { broughtUpToDate, type Catalogue, cataloguesIn, flawsOf } from './catalogue.ts';
import { saidTexts } from './sources.ts';

const FOLDER = join(ROOT, 'src/words/catalogues');

const FLAGS = { write: toggle('brings every catalogue up to date; what is new stands in it empty') };
const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run words [-- --write]',
  about: [
    'Says of every language in src/words/catalogues what it lacks of what the page says, and where a translation',
    'cannot be put together. A new language begins as a file with {} in it.',
  ].join('\n'),
  flags: FLAGS,
};

await runCommand('The catalogues could not be looked through', async () => {
  const { values } = readCommandLine(process.argv.slice(2), LINE);
  const texts = saidTexts().map(({ text }) => text);
  for (const file of cataloguesIn(FOLDER)) {
    const path = join(FOLDER, file);
    const catalogue = JSON.parse(readFileSync(path, 'utf8')) as Catalogue;
    const flaws = flawsOf(catalogue, texts);
    console.log(`${file}: ${texts.length} texts, ${flaws.length} flaws`);
    for (const flaw of flaws) console.log(`  ${flaw}`);
    if (flaws.length > 0) process.exitCode = 1;
    if (values.write) writeFileSync(path, `${JSON.stringify(broughtUpToDate(catalogue, texts), null, 2)}\n`);
  }
});
