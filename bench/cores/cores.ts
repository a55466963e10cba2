/** The measurements of the WebAssembly engine, one after the other. */
import { CORES_SIZES, measureThreads, type SizeFigures } from './measure.ts';
import { measurePeak, type PeakFigures } from './peak.ts';
import { type Profile, profileStep } from './profile.ts';

export interface CoresFigures {
  sizes: SizeFigures[];
  profiles: Profile[];
  peak: PeakFigures;
}

export async function measureCores(quick: boolean, say: (line: string) => void): Promise<CoresFigures> {
  const peak = await measurePeak(quick ? 5 : 15);
  say(`one core reaches ${peak.peak.median.toFixed(0)} GFLOP/s`);
  const profiles: Profile[] = [];
  for (const size of CORES_SIZES) {
    profiles.push(await profileStep(size, quick ? 2 : 5));
    say(`${size}: one thread is taken apart`);
  }
  const sizes: SizeFigures[] = [];
  for (const size of CORES_SIZES) sizes.push(await measureThreads(size, quick ? 3 : 9, say));
  return { sizes, profiles, peak };
}
