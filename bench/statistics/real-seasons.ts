/**
 * Runs `aed detect` on public series that have a day and a week in them, with and without their period.
 *
 * The series are those of the Numenta Anomaly Benchmark (https://github.com/numenta/NAB, AGPL-3.0), which is not in this repository: clone it first.
 *
 * Run: npx tsx bench/statistics/real-seasons.ts <folder `data` of that clone>, then npx tsx bench/statistics/page.ts
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { required, scriptArguments } from '../script-arguments.ts';
import { detectText } from './detect-text.ts';
import { writeResult } from './write-result.ts';

const { folder } = scriptArguments(import.meta.url, { folder: required });

const series = [
  'realKnownCause/nyc_taxi.csv',
  'realAWSCloudwatch/elb_request_count_8c0756.csv',
  'realTweets/Twitter_volume_GOOG.csv',
  'artificialNoAnomaly/art_daily_small_noise.csv',
  'artificialWithAnomaly/art_daily_jumpsup.csv',
];

/** More are a number. */
const mostListed = 12;
const settings: readonly (readonly string[])[] = [
  [],
  ['--statistic', 'scan'],
  ['--statistic', 'scan', '--period', '24h'],
  ['--statistic', 'scan', '--period', '7d'],
];

const rows = [];
for (const name of series) {
  const text = await readFile(join(folder, name), 'utf8');
  for (const flags of settings) {
    const { changes, summary } = await detectText(text, flags);
    rows.push({
      series: name,
      readings: summary.rows,
      flags: flags.join(' '),
      found: changes.length,
      isSeasonTold: summary.seasonNote !== undefined,
      changes:
        changes.length > mostListed
          ? []
          : changes.map(({ changedAtTime, detectedAtTime, magnitude }) => ({
              changedAtTime,
              detectedAtTime,
              magnitude,
            })),
    });
  }
}
await writeResult(
  'real-seasons',
  `Public series with a day and a week in them, from the Numenta Anomaly Benchmark: what \`aed detect\` reports with these flags and its other defaults, and whether it tells that there is a season; up to ${mostListed} change points with their times.`,
  rows,
);
