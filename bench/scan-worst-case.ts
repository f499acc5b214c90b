/**
 * Searches for the series on which a scan costs most beside the scan as it is defined, and prints the worst ones.
 *
 * Series and options are drawn at random from shapes that are hard to search, to merge or to score; beside them, series that stay just below an
 * alarm: each point is that of three, or of two levels, which brings the statistic nearest. Both scans are asked after every point, must say the same,
 * and begin anew after an alarm. Times are processor time, the least of several rounds.
 *
 * Run: npx tsx bench/scan-worst-case.ts [series of each length, default 40] > bench/results/scan-worst-case.txt
 */
import { normal, uniform } from '../cli/produce/random.ts';
import { scriptArguments, whole } from './script-arguments.ts';
import { compared } from './speed/compared-scans.ts';
import { hugging } from './speed/hugging.ts';
import { randomAdversary } from './speed/scan-adversaries.ts';

const { series: count } = scriptArguments(import.meta.url, { series: whole(40) });

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
