import { table, thousands } from '../page-tables.ts';
import motes from '../results/motes.json' with { type: 'json' };
import scanDependence from '../results/scan-dependence.json' with { type: 'json' };
import scanHidden from '../results/scan-hidden.json' with { type: 'json' };
import scanLeaps from '../results/scan-leaps.json' with { type: 'json' };
import { withError } from './mean-and-error.ts';

interface Rate {
  readonly mean?: number;
  readonly error?: number;
  readonly atLeast?: number;
}

/** The tables of the section on dependence, by name. */
export const dependenceTables: Readonly<Record<string, string>> = {
  'scan-dependence': table(
    ['noise', 'δ', 'N', 'to the first alarm / N', 'between alarms / N'],
    scanDependence.rows.map(({ noise, practicalThreshold, every, first, between }) => [
      noise,
      practicalThreshold,
      thousands(every),
      rateText(first),
      rateText(between),
    ]),
  ),
  'scan-hidden': table(
    ['ρ', 'inflation', 'found'],
    scanHidden.rows.map(({ correlation, inflation, found, streams }) => [
      correlation,
      inflation,
      `${Math.round((100 * found) / streams)} %`,
    ]),
  ),
  'scan-leaps': table(
    ['ρ', 'δ', 'size', 'rise known after', 'return known after'],
    scanLeaps.rows.map(({ correlation, practicalThreshold, size, streams, rise, back }) => [
      correlation,
      practicalThreshold,
      `${size} δ`,
      delayText(rise, streams),
      delayText(back, streams),
    ]),
  ),
  motes: table(
    ['series', 'δ', 'labelled', 'changed at / known at, size'],
    motes.rows.map(({ quantity, mote, practicalThreshold, labelled, changes }) => [
      `mote ${mote}, ${quantity}`,
      practicalThreshold,
      labelled === null ? '–' : `${labelled.first} to ${labelled.last}`,
      changes.length === 0
        ? 'none'
        : changes
            .map(
              ({ changedAt, detectedAt, magnitude }) => `${changedAt} / ${detectedAt}, ${signed(magnitude)}`,
            )
            .join('; '),
    ]),
  ),
};

function delayText(
  { median, missed }: { readonly median: number | null; readonly missed: number },
  streams: number,
): string {
  if (median === null) return 'none known';
  return missed === 0
    ? `${median} points`
    : `${median} points, ${Math.round((100 * missed) / streams)} % missed`;
}

function rateText({ mean, error, atLeast }: Rate): string {
  return mean === undefined || error === undefined ? `more than ${atLeast}` : withError(mean, error);
}

function signed(magnitude: number): string {
  return magnitude < 0 ? `−${-magnitude}` : `+${magnitude}`;
}
