/**
 * Searches for the series on which a scan costs most beside the scan as it is defined, and prints the worst ones.
 *
 * Series and options are drawn at random from shapes that are hard to search, to merge or to score; beside them, series that stay just below an
 * alarm: each point is that of three, or of two levels, which brings the statistic nearest. Both scans are asked after every point, must say the same,
 * and begin anew after an alarm. Times are processor time, the least of several rounds.
 *
 * Run: npx tsx bench/scan-worst-case.ts [series of each length, 40 by default] > bench/results/scan-worst-case.txt
 */
import { resolveOptions } from '@aed/core';
import { normal, uniform } from '../cli/produce/random.ts';
import { ScanRegimeTest } from '../core/src/scan/scan-regime-test.ts';
import { hugging } from './speed/hugging.ts';
import { PlainScan } from './speed/plain-scan.ts';
import { leastMilliseconds } from './speed/processor-time.ts';
import { type Adversary, randomAdversary } from './speed/scan-adversaries.ts';

const count = Number(process.argv[2] ?? 40);

function compared({ name, options, values }: Adversary) {
  const resolved = resolveOptions({ statistic: 'scan', dependence: 'independent', ...options });
  const said: boolean[][] = [[], []];
  const fast = () => {
    let test = new ScanRegimeTest(resolved);
    said[0] = Array.from(values, (value) => {
      test.push(value);
      const isAlarm = test.alarm() !== undefined;
      if (isAlarm) test = new ScanRegimeTest(resolved);
      return isAlarm;
    });
  };
  const plain = () => {
    let test = new PlainScan(resolved);
    said[1] = Array.from(values, (value) => {
      test.push(value);
      const isAlarm = test.isAlarm();
      if (isAlarm) test = new PlainScan(resolved);
      return isAlarm;
    });
  };
  const [fastTime = 0, plainTime = 0] = leastMilliseconds(values.length < 1000 ? 20 : 4, [fast, plain]);
  if (said[0]?.some((alarm, index) => alarm !== said[1]?.[index])) throw new Error(`${name}: they differ`);
  return {
    points: values.length,
    series: name,
    options: JSON.stringify(options),
    'scan, µs a point': ((1000 * fastTime) / values.length).toFixed(2),
    'plain, µs a point': ((1000 * plainTime) / values.length).toFixed(2),
    ratio: Number((fastTime / plainTime).toFixed(2)),
  };
}

const microseconds = (row: ReturnType<typeof compared>) => Number(row['scan, µs a point']);

const draw = uniform(1);
for (const points of [30, 100, 300, 1000, 3000]) {
  const near =
    points > 1000 ? [] : [normal(2), () => Math.floor(2 * draw()), () => (draw() < 0.5 ? 0 : draw())];
  const adversaries = [
    ...Array.from({ length: count }, () => randomAdversary(draw, points)),
    ...near.map((noise) => hugging(noise, points)),
  ];
  compared(randomAdversary(draw, points));
  const rows = adversaries.map(compared).sort((a, b) => b.ratio - a.ratio);
  console.table(rows.slice(0, 5));
  const dearest = rows.reduce((most, row) => (microseconds(row) > microseconds(most) ? row : most));
  process.stdout.write(`dearest of ${rows.length}: ${JSON.stringify(dearest)}\n`);
}
