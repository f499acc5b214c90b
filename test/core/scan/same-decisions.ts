import {
  AedDetector,
  type ChangePoint,
  type DetectorOptions,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';
import { naivePlace } from '../naive-measure.ts';
import { integer, oneOf, type Random, randomOf } from '../random.ts';
import { randomStream } from '../random-streams.ts';
import { naiveScan, PlainScan } from './plain-scan.ts';

/** What an alarm says, without what is measured of it. */
type Decision = Pick<ChangePoint, 'changedAt' | 'detectedAt' | 'direction' | 'statistic' | 'pValue'>;

/** The decisions of a stream's two detectors. */
export interface Decisions {
  readonly name: string;
  readonly options: DetectorOptions;
  readonly found: readonly Decision[];
  readonly expected: readonly Decision[];
}

/** Runs the shipped detector, saved and restored at random points, beside the plain scan over the stream of a seed. */
export function decisionsOnStream(seed: number, mostPoints: number): Decisions {
  const random = randomOf(seed);
  const { name, values, options: given } = randomStream(random, mostPoints);
  const options = withSeason(random, { ...given, ...scanOptions(random) });
  const pause = integer(random, 1, 2 * mostPoints);
  let detector = new AedDetector(options);
  const found = values.flatMap((value, index) => {
    if (index % pause === pause - 1) detector = AedDetector.fromJSON(detector.toJSON());
    return detector.push(value, phaseOf(index, options)) ?? [];
  });
  return { name, options, found: found.map(decisionOf), expected: plainDecisions(values, options) };
}

function scanOptions(random: Random): DetectorOptions {
  return {
    statistic: 'scan',
    falseAlarmEvery: oneOf(random, [100, 100, 100, 100, 500, 10_000, 1e7]),
    minimumLength: oneOf(random, [2, 3, 4, 5, 8, 8, 12, 20, 40]),
    dependence: oneOf(random, ['auto', 'independent'] as const),
    restlessAfter: oneOf(random, [0, 0, 1, 2]),
  };
}

/** One stream of ten has a season. */
function withSeason(random: Random, given: DetectorOptions): ResolvedOptions {
  const period = random() < 0.1 ? oneOf(random, [2, 3, 3, 7, 24]) : 1;
  const most = resolveOptions(given).maxRegimeLength;
  return resolveOptions({ ...given, period, maxRegimeLength: Math.max(most, 4 * period) });
}

/** A place by the index, of which some are left out now and then. */
const phaseOf = (index: number, { period }: ResolvedOptions) => (index + 3 * Math.floor(index / 40)) % period;

export const decisionOf = ({ changedAt, detectedAt, direction, statistic, pValue }: Decision): Decision => ({
  changedAt,
  detectedAt,
  direction,
  statistic,
  pValue,
});

export function plainDecisions(values: readonly number[], options: ResolvedOptions): Decision[] {
  const { startup, restart, maxRegimeLength } = options;
  const decisions: Decision[] = [];
  let start = 0;
  let scan = new PlainScan(options);
  const restartAt = (next: number, changedAt?: number) => {
    const memory = scan.memory(next - start, (changedAt ?? next) - start, changedAt !== undefined);
    const rest = { values: scan.values.slice(next - start), phases: scan.phases.slice(next - start) };
    scan = new PlainScan(options, rest, memory);
    start = next;
  };
  values.forEach((value, detectedAt) => {
    scan.push(value, phaseOf(detectedAt, options));
    const T = scan.values.length;
    const { statistic, pValue, direction } = scan.result();
    if (T >= startup && direction !== undefined && pValue < naiveScan.level(options, T)) {
      const evident = naiveScan.split(scan, direction, options);
      const { split } = naivePlace(scan, evident, direction, options);
      decisions.push({ changedAt: start + split, detectedAt, direction, statistic, pValue });
      const isCarried = restart === 'change' && T - split >= naiveScan.leastCarried(options);
      restartAt(isCarried ? start + split : detectedAt + 1, start + split);
    } else if (T >= maxRegimeLength) restartAt(detectedAt + 1 - Math.floor(T / 2));
  });
  return decisions;
}
