import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DetectorOptions, detectChangePoints } from '@aed/core';
import { processorMilliseconds } from '../speed/processor-time.ts';

/** What a contender took for a series, or why it cannot run here. */
export type Timing = { readonly version: string; readonly seconds: number } | { readonly missing: string };

/** A detector that is timed. */
export interface Contender {
  readonly name: string;
  /** How it reads the series. */
  readonly how: string;
  /** The points that it gets: fewer where the cost of a point grows too fast. */
  readonly points: number;
  /** Times one run, in processor time. */
  readonly run: (series: Float64Array, file: string) => Timing;
}

const scriptOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const onePoint = 'one point at a time';
const whole = 'the whole series once';

const ours = (name: string, options: DetectorOptions): Contender => ({
  name,
  how: onePoint,
  points: 10_000,
  run: (series) => {
    const milliseconds = processorMilliseconds(() => {
      if (detectChangePoints(series, options).length > 0) throw new Error('choose another seed');
    });
    return { version: '', seconds: milliseconds / 1000 };
  },
});

/** The version and the seconds that a script prints. */
function timingIn(output: string): Timing {
  const [version = '', seconds = ''] = output.trim().split(' ');
  return { version, seconds: Number(seconds) };
}

/** The packages from PyPI that are timed. */
export const pythonPackages = ['river', 'ruptures', 'changepoint-online', 'apache-otava'] as const;

const python =
  (folder: string) =>
  (
    name: string,
    [peer, package_]: [string, (typeof pythonPackages)[number]],
    how: string,
    points: number,
  ): Contender => ({
    name,
    how,
    points,
    run: (_, file) => {
      const installed = join(folder, package_);
      if (!existsSync(installed)) return { missing: `${package_} does not install` };
      const given = [scriptOf('measure.py'), peer, installed, file];
      return timingIn(execFileSync(join(folder, 'venv', 'bin', 'python'), given, { encoding: 'utf8' }));
    },
  });

const cpm: Contender = {
  name: 'R cpm, Mann-Whitney, ARL₀ 50,000',
  how: onePoint,
  points: 10_000,
  run: (_, file) => {
    try {
      return timingIn(
        execFileSync('Rscript', [scriptOf('measure.R'), file], { encoding: 'utf8', stdio: 'pipe' }),
      );
    } catch (error) {
      return { missing: `Rscript with the package cpm is not here: ${String(error).split('\n')[0]}` };
    }
  },
};

/** All of them; those from PyPI installed below a folder. */
export function contendersIn(folder: string): readonly Contender[] {
  const peer = python(folder);
  const every = { statistic: 'scan', falseAlarmEvery: 50_000 } as const;
  return [
    ours('MPP', {}),
    ours('scan, independent points', { ...every, dependence: 'independent' }),
    ours('scan, dependence estimated', every),
    cpm,
    peer('river ADWIN', ['adwin', 'river'], onePoint, 10_000),
    peer('river PageHinkley', ['page-hinkley', 'river'], onePoint, 10_000),
    peer('river KSWIN', ['kswin', 'river'], onePoint, 10_000),
    peer('changepoint-online Focus, Gaussian', ['focus', 'changepoint-online'], onePoint, 10_000),
    peer('changepoint-online NPFocus, 3 quantiles', ['npfocus', 'changepoint-online'], onePoint, 10_000),
    peer('ruptures Pelt, l2', ['pelt', 'ruptures'], whole, 2000),
    peer('apache-otava, E-divisive', ['otava', 'apache-otava'], whole, 2000),
  ];
}
