import type { DetectorOptions } from '@aed/core';
import { changing, quiet, quietSeed } from './series.ts';

/** The core of a revision: what the works use. */
export type Core = Pick<typeof import('@aed/core'), 'AedDetector' | 'detectChangePoints'>;
export type Work = (core: Core) => unknown;

/** What both cores do, by name, with the number of points. */
export type Works = readonly (readonly [name: string, points: number, work: Work])[];

/**
 * With a practical threshold. Of the two series with ties one has differences that are the threshold as written alone, the other as doubles,
 * too. A threshold between two steps of the first lets both cores answer the same.
 */
function thresholdWorks(): Works {
  const tests: readonly DetectorOptions[] = [
    { statistic: 'mpp' },
    { statistic: 'scan', falseAlarmEvery: 10_000_000 },
  ];
  return [1000, 10_000].flatMap((points) => {
    const normal = quiet(points, quietSeed);
    const whole = normal.map((value) => Math.round(200 + 5 * value));
    return tests.flatMap((test) =>
      [
        { name: 'normal', series: normal, practicalThreshold: 1 },
        { name: 'tenths', series: whole.map((value) => value / 10), practicalThreshold: 0.3 },
        { name: 'tenths', series: whole.map((value) => value / 10), practicalThreshold: 0.35 },
        { name: 'whole', series: whole, practicalThreshold: 3 },
      ].map(({ name, series, practicalThreshold }) => {
        const work: Work = (core) => core.detectChangePoints(series, { ...test, practicalThreshold });
        return [
          `${test.statistic}, ${name}, δ ${practicalThreshold}, ${points} points`,
          points,
          work,
        ] as const;
      }),
    );
  });
}

export function works(): Works {
  const quietWorks = [100, 1000, 10_000, 100_000].flatMap((points) =>
    [0, 1].map((practicalThreshold) => {
      const series = quiet(points, quietSeed);
      const work: Work = (core) => core.detectChangePoints(series, { practicalThreshold });
      return [`quiet, δ ${practicalThreshold}, ${points} points`, points, work] as const;
    }),
  );
  const changingWorks = [200, 2000].map((every) => {
    const series = changing(20_000, every, quietSeed);
    const work: Work = (core) => core.detectChangePoints(series);
    return [`a change every ${every}, 20000 points`, series.length, work] as const;
  });
  const regime = quiet(10_000, quietSeed);
  const restore: Work = ({ AedDetector }) => {
    const { options, version } = new AedDetector().toJSON();
    const restored = AedDetector.fromJSON({ version, options, regimeStart: 0, regime: [...regime] });
    return AedDetector.fromBytes(restored.toBytes()).push(0);
  };
  return [
    ...quietWorks,
    ...thresholdWorks(),
    ...changingWorks,
    ['saved and restored, 10000 points', regime.length, restore],
  ];
}
