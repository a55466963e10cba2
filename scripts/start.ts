/** `npm start`: builds the page, serves it on localhost and opens it in a browser where there is one. */
import { spawn } from 'node:child_process';
import { build } from './common/build.ts';
import { DIST, serve } from './common/server.ts';

try {
  console.log('Building the page');
  build();
  const server = await serve(DIST, { port: Number(process.env.PORT ?? 4173) });
  console.log(`Kelvin is at ${server.url} (Ctrl-C stops it)`);
  openBrowser(server.url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

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
