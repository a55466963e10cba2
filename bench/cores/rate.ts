/**
 * GFLOP/s of something that is run again and again for `ms` milliseconds. They are of the processor's time that this
 * process gets, not of the clock's: what else runs on the machine disturbs the rate less.
 */
export function rate({ run, operations }: { run(): void; operations: number }, ms: number): number {
  const began = process.cpuUsage();
  let times = 0;
  let taken = 0;
  do {
    run();
    times++;
    const { user, system } = process.cpuUsage(began);
    taken = (user + system) / 1000;
  } while (taken < ms);
  return (operations * times) / taken / 1e6;
}
