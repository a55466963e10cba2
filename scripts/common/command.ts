/** How every command begins and ends. */
import { HelpAsked } from './commandLine.ts';
import { UsageError } from './usageError.ts';

/**
 * Runs a command; what it returns is the exit code, 0 for nothing. The help goes to the output. A wrong command line
 * is said as it is and anything else after `failure`: its first line, or with `whole` all of it. The exit code is then
 * `code`.
 */
export async function runCommand(
  failure: string,
  command: () => Promise<number | undefined> | Promise<void> | void,
  { code = 1, whole = false }: { code?: number; whole?: boolean } = {},
): Promise<void> {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    if (error instanceof HelpAsked) {
      console.log(error.message);
      return;
    }
    const text = error instanceof Error ? error.message : String(error);
    const message = whole ? text : text.split('\n')[0];
    console.error(error instanceof UsageError ? message : `${failure}: ${message}`);
    process.exitCode = code;
  }
}
