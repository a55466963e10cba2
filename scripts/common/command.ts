/** How every command begins and ends. */
import { type CommandLine, type Given, HelpAsked, readCommandLine } from './commandLine.ts';
import type { Flag } from './flag.ts';
import { UsageError } from './usageError.ts';

/**
 * Runs a command; what it returns is the exit code, 0 for nothing. The help goes to the output. A wrong command line
 * is said as it is and anything else after `failure`: its first line, or with `whole` all of it. The exit code is then
 * `code`.
 */
export async function runCommand(
  failure: string,
  command: () => Promise<number | undefined> | Promise<void> | number | void,
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

/** The own command line of a command that is one script from top to bottom: help and complaints end it. */
export function ownCommandLine<F extends Readonly<Record<string, Flag<unknown>>>>(
  line: CommandLine<F>,
): Given<F>['values'] {
  try {
    return readCommandLine(process.argv.slice(2), line).values;
  } catch (error) {
    if (error instanceof HelpAsked) console.log(error.message);
    else if (error instanceof UsageError) console.error(error.message);
    else throw error;
    process.exit(error instanceof HelpAsked ? 0 : 1);
  }
}
