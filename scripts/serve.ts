/** `tsx scripts/serve.ts [--port 4173] [--base /some/path/]`: serves the built page, and prints its address. */
import { runCommand } from './common/command.ts';
import { readCommandLine } from './common/commandLine.ts';
import { text, whole } from './common/flag.ts';
import { DIST, serve } from './common/server.ts';

await runCommand('The page is not served', async () => {
  const { values } = readCommandLine(process.argv.slice(2), {
    usage: 'tsx scripts/serve.ts [flags]',
    about: 'Serves the built page on localhost as a plain host would, and prints its address.',
    flags: {
      port: whole([0, 65_535], 'to listen at, or the next free one; 0 for any', 4173),
      base: text('PATH', 'under which the page is served', '/'),
    },
  });
  const { url } = await serve(DIST, values);
  console.log(url);
});
