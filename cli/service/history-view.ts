import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { type StoredEvent, timeOfEventKey } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { moveTexts, shownLevels } from '../../lambda/move-texts.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import type { KnownChangePoint } from '../../lambda/tables/stored-change-point.ts';
import { shortIso } from '../../lambda/times.ts';
import { legendOfP } from '../legend-of-p.ts';
import { changeMarks } from '../report/change-marks.ts';
import { lastLevel } from '../report/last-level.ts';
import type { Report } from '../report/report.ts';
import { thinner } from '../report/thin.ts';
import { sparkline } from '../sparkline.ts';
import { table } from '../table.ts';
import { noReadings } from './no-series.ts';

const sparklineWidth = 80;

/** The history of a series for people: its readings as a line, its change points as a table. */
export function historyText(
  seriesId: string,
  events: readonly StoredEvent[],
  changePoints: readonly KnownChangePoint[],
  hasOlder = false,
): string {
  const line = sparkline(
    events.map(({ value }) => value),
    sparklineWidth,
  );
  const columns = changeColumns(changePoints);
  const found =
    changePoints.length === 0 ? 'No change point.' : table(columns.head, changePoints.map(columns.row));
  const legend = legendOfP(changePoints.map(({ options }) => options));
  const standings = changePoints.map(standingLine).join('');
  return `${printable(seriesId)}: ${spanOf(events, changePoints, hasOlder)}\n${line}\n${found}\n${standings}${legend === '' ? '' : `${legend}\n`}`;
}

/** That a change point is retracted, and who took note of it, with what they wrote; nothing where it stands and nobody did. */
function standingLine(found: KnownChangePoint): string {
  const { changedAt, retractedAt } = found;
  const why = 'its readings were deleted or corrected';
  const retracted =
    retractedAt === undefined
      ? ''
      : `${shortIso(changedAt)}: retracted at ${shortIso(retractedAt)}, since ${why}\n`;
  return `${retracted}${acknowledgedLine(found)}`;
}

function acknowledgedLine({
  changedAt,
  acknowledgedAt,
  acknowledgedBy = '',
  note,
}: KnownChangePoint): string {
  if (acknowledgedAt === undefined) return '';
  const words = note === undefined ? '' : `: ${withoutControls(note)}`;
  return `${shortIso(changedAt)}: acknowledged by ${printable(acknowledgedBy)} at ${shortIso(acknowledgedAt)}${words}\n`;
}

/** How many readings, from when to when, and whether there are older ones. */
function spanOf(
  events: readonly StoredEvent[],
  changePoints: readonly SeriesChangePoint[],
  hasOlder: boolean,
): string {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return noReadings;
  const from = timeOfEventKey(first.eventKey);
  const span = `${plain.counted(events.length, 'reading')} from ${shortIso(from)} to ${shortIso(timeOfEventKey(last.eventKey))}`;
  if (!hasOlder) return span;
  const before = changePoints.filter(({ changedAt }) => Date.parse(changedAt) < Date.parse(from)).length;
  const older =
    before === 0 ? '' : `, in which ${plain.counted(before, 'change point')} lie${before === 1 ? 's' : ''}`;
  return `the newest ${span}; there are older ones${older} (--readings reads more)`;
}

interface ChangeColumn {
  readonly head: string;
  readonly cell: (found: KnownChangePoint) => string;
}

const always: readonly ChangeColumn[] = [
  { head: 'new level since', cell: ({ changedAt }) => shortIso(changedAt) },
  { head: 'known at', cell: ({ detectedAt }) => shortIso(detectedAt) },
  { head: 'level', cell: (found) => moveTexts(found, plain).levels },
  { head: 'size', cell: (found) => moveTexts(found, plain).size },
  { head: 'p', cell: ({ pValue, options }) => plain.pValue(pValue, significanceLevel(options)) },
  // A change point that was stored before there were intervals and kinds has dashes for them.
  { head: 'kind', cell: ({ kind = '–' }) => kind },
  {
    head: 'since, 95 %',
    cell: ({ changedFrom, changedTo }) =>
      changedFrom && changedTo ? `${shortIso(changedFrom)} – ${shortIso(changedTo)}` : '–',
  },
  { head: 'size, 95 %', cell: (found) => moveTexts(found, plain).sizeRange ?? '–' },
];

/** Shown where a change point has something in them. */
const sometimes: readonly ChangeColumn[] = [
  { head: 'rule', cell: ({ rule = '' }) => printable(rule) },
  { head: 'standing', cell: standingOf },
];

/** What became of a change point, in words; nothing where it stands, people were told, and nobody took note of it. */
function standingOf({ retractedAt, muted, acknowledgedAt }: KnownChangePoint): string {
  return [
    ...(retractedAt === undefined ? [] : ['retracted']),
    ...(muted ? ['muted'] : []),
    ...(acknowledgedAt === undefined ? [] : ['acknowledged']),
  ].join(', ');
}

function changeColumns(changePoints: readonly KnownChangePoint[]) {
  const filled = sometimes.filter(({ cell }) => changePoints.some((found) => cell(found) !== ''));
  const columns = [...always, ...filled];
  return {
    head: columns.map(({ head }) => head),
    row: (found: KnownChangePoint) => columns.map(({ cell }) => cell(found)),
  };
}

/** The same as a report. */
export function historyReport(
  seriesId: string,
  events: readonly StoredEvent[],
  changePoints: readonly KnownChangePoint[],
  hasOlder = false,
): Report {
  const columns = changeColumns(changePoints);
  const readings = events.map(({ eventKey, value }) => ({ x: Date.parse(timeOfEventKey(eventKey)), value }));
  const points = thinner();
  for (const { x, value } of readings) points.push(x, value);
  const first = readings[0]?.x ?? Number.NaN;
  const drawn = changePoints.map((found) => {
    const { changedAt, changedFrom, changedTo, detectedAt, value } = found;
    const { before, after } = shownLevels(found);
    return {
      from: Date.parse(found.before.from),
      changedAt: Date.parse(changedAt),
      ...(changedFrom &&
        changedTo && { interval: { from: Date.parse(changedFrom), to: Date.parse(changedTo) } }),
      detectedAt: Date.parse(detectedAt),
      value,
      before,
      after,
    };
  });
  const name = printable(seriesId);
  const newest = changePoints.at(-1);
  const last = lastLevel(readings, drawn.at(-1)?.detectedAt ?? Number.NEGATIVE_INFINITY, newest);
  return {
    title: `History of ${name}`,
    notes: [],
    facts: [{ name: 'Readings', text: spanOf(events, changePoints, hasOlder) }],
    xIs: 'time',
    unit: '',
    series: [
      {
        name,
        points: points.points(),
        // The plot leaves out change points that are older than its readings.
        ...changeMarks(
          drawn.filter(({ changedAt }) => changedAt >= first),
          last && { ...last, from: Math.max(last.from, first) },
        ),
        description: `Plot of ${name} with ${plain.counted(changePoints.length, 'change point')}`,
        tables: [
          {
            caption: plain.counted(changePoints.length, 'change point'),
            head: columns.head,
            rows: changePoints.map(columns.row),
          },
        ],
      },
    ],
  };
}
