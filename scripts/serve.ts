/** `tsx scripts/serve.ts [--port 4173] [--base /some/path/]`: serves the built page, and prints its address. */
import { parseArgs } from 'node:util';
import { DIST, serve } from './common/server.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4173' }, base: { type: 'string', default: '/' } },
});
const { url } = await serve(DIST, { port: Number(values.port), base: values.base });
console.log(url);
