/** Which tests failed, read from the JSON reports of Vitest and Playwright: what one looks for in a long log. */

/** The parts of Vitest's JSON report (that of Jest) which are read here. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    /** Path of the file. */
    name: string;
    status: string;
    /** Why the file itself could not be run. */
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
}

/** The parts of Playwright's JSON report which are read here. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
  /** What failed outside of all tests. */
  errors: { message?: string }[];
}

interface PlaywrightSuite {
  title: string;
  specs: {
    title: string;
    file: string;
    tests: { status: string; results: { errors: { message?: string }[] }[] }[];
  }[];
  suites?: PlaywrightSuite[];
}

/** Lines of an error that are repeated: its message, and what was expected and received. */
const LINES = 12;

/** Each failed test of a Vitest project: its file, its name, the head of its error. `root` is cut from paths. */
export function vitestFailures({ testResults }: VitestReport, root: string): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.replace(`${root}/`, '');
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) => told(`${file} › ${fullName}`, failureMessages?.[0]));
    return failed.length === 0 && status === 'failed' ? [told(file, message)] : failed;
  });
}

/** Each failed test of Playwright: its file, its name, the head of its first error. */
export function playwrightFailures({ suites, errors }: PlaywrightReport): string[] {
  const inSuite = (suite: PlaywrightSuite, path: string[]): string[] => [
    ...suite.specs.flatMap(({ title, file, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ results }) =>
          told([file, ...path, title].join(' › '), results.flatMap((result) => result.errors)[0]?.message),
        ),
    ),
    ...(suite.suites ?? []).flatMap((inner) => inSuite(inner, [...path, inner.title])),
  ];
  return [
    ...suites.flatMap((suite) => inSuite(suite, [])),
    ...errors.map(({ message }) => told('outside of all tests', message)),
  ];
}

function told(what: string, error = 'no message'): string {
  const lines = withoutColours(error)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '));
  return [what, ...lines.slice(0, LINES).map((line) => `    ${line}`)].join('\n');
}

function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a terminal's colours begin.
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
