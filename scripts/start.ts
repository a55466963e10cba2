/** `npm start`: builds the page, serves it on localhost and opens it in a browser where there is one. */
import { spawn } from 'node:child_process';
import { build } from './common/build.ts';
import { runCommand } from './common/command.ts';
import { readCommandLine } from './common/commandLine.ts';
import { whole } from './common/flag.ts';
import { DIST, serve } from './common/server.ts';

await runCommand('Kelvin did not start', async () => {
  const { values } = readCommandLine(process.argv.slice(2), {
    usage: 'npm start -- [flags]',
    about: 'Builds the page, serves it on localhost and opens it in a browser where there is one.',
    flags: {
      port: whole([0, 65_535], 'to listen at, or the next free one', Number(process.env.PORT ?? 4173)),
    },
  });
  console.log('Building the page');
  build();
  const server = await serve(DIST, values);
  console.log(`Kelvin is at ${server.url} (Ctrl-C stops it)`);
  openBrowser(server.url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
});

/** Asks the desktop to open the address; silent where there is no desktop. */
function openBrowser(url: string): void {
  const isHeadless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (isHeadless || process.env.CI || process.env.BROWSER === 'none') return;
  const [command, args]: [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
