import { plain } from '../../lambda/figures.ts';
import { shownLevels } from '../../lambda/move-texts.ts';
import { optionsInWords } from '../options-in-words.ts';
import type { GeneratedEvent, TrueChange } from '../produce/traffic.ts';
import { changeMarks } from '../report/change-marks.ts';
import { lastLevel } from '../report/last-level.ts';
import type { Mark, Report } from '../report/report.ts';
import { thinner } from '../report/thin.ts';
import {
  comparisonHead,
  comparisonRows,
  foundChanges,
  scoreLine,
  type ValidatedChange,
  type Validation,
} from './validation.ts';

/** The series with its true changes, and with what AED and the service found. */
export function validationReport(validation: Validation): Report {
  const { seriesId, events, options, aed, service, agrees, sameOptions, where } = validation;
  const points = thinner();
  for (const { timestamp, value } of events) points.push(timestamp, value);
  const at = (reading: number): GeneratedEvent => events[reading] as GeneratedEvent;
  const found = foundChanges(aed);
  const drawn = changeMarks(
    found.map((change) => {
      const { before, after } = shownLevels(change);
      return {
        from: at(change.changedAt - change.before.count).timestamp,
        changedAt: at(change.changedAt).timestamp,
        ...(change.interval && {
          interval: { from: at(change.interval.from).timestamp, to: at(change.interval.to).timestamp },
        }),
        detectedAt: at(change.detectedAt).timestamp,
        value: at(change.detectedAt).value,
        before,
        after,
      };
    }),
    lastLevel(
      events.map(({ timestamp: x, value }) => ({ x, value })),
      at(found.at(-1)?.detectedAt ?? 0).timestamp,
      found.at(-1),
    ),
  );
  const score = scoreLine(aed);
  return {
    title: 'Validation of change points against the truth',
    notes: [
      `${plain.counted(events.length, 'generated reading')} through ${where}; ${optionsInWords(options)}.`,
      `AED itself: ${score}.`,
      agrees
        ? 'The service found the same change points.'
        : `The service${sameOptions ? '' : ', with options of its own,'} found others: ${scoreLine(service)}.`,
    ],
    xIs: 'time',
    unit: '',
    series: [
      {
        name: seriesId,
        points: points.points(),
        ...drawn,
        marks: [...drawn.marks, ...truthMarks(validation, at), ...serviceMarks(foundChanges(service), at)],
        description: `Plot of ${plain.counted(events.length, 'generated reading')}: ${score}`,
        tables: [
          {
            caption: 'Each true change, and when it was known',
            head: comparisonHead,
            rows: comparisonRows(validation),
          },
        ],
      },
    ],
  };
}

function truthMarks({ aed }: Validation, at: (reading: number) => GeneratedEvent): readonly Mark[] {
  const mark = ({ reading, shift }: TrueChange): Mark => {
    const { timestamp: x, value: y } = at(reading);
    return { kind: shift === undefined ? 'restart' : 'true', x, y };
  };
  return [...aed.shifts, ...aed.restarts].map(({ truth }) => mark(truth));
}

function serviceMarks(
  changes: readonly ValidatedChange[],
  at: (reading: number) => GeneratedEvent,
): readonly Mark[] {
  return changes.map(({ detectedAt }) => ({
    kind: 'service',
    x: at(detectedAt).timestamp,
    y: at(detectedAt).value,
  }));
}
