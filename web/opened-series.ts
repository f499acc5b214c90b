import type { SeriesChangePoint } from '../lambda/change-point.ts';
import { shown } from '../lambda/message.ts';
import { type History, messages, type Notice, type Point } from '../local/live/wire.ts';
import { type ChangePlot, changePlot } from './change-plot.ts';
import { changesTable } from './changes-table.ts';
import { elementOf, setText } from './elements.ts';
import { evidencePlot } from './evidence-plot.ts';
import { count, counted, pValue, time, value } from './format.ts';
import { oncePerFrame } from './frame.ts';
import { type LiveSource, liveSource } from './live-source.ts';
import { optionsForm } from './options-form.ts';
import { levelSince, type Readings, readingsOf } from './readings.ts';
import { foundHere, reported, type ShownChange } from './shown-change.ts';
import { type WhatIfAnswer, whatIfClient } from './what-if-client.ts';

const plotGroup = 'opened';
/** Beyond, the history is asked for again, which brings fewer. */
const mostReadings = 15_000;
/** How long the keys may move through the list before what they came to is asked for. */
const settleMs = 150;

export interface OpenedSeries {
  open(seriesId: string): void;
  /** Takes notifications, those of other series too. */
  notified(notices: readonly Notice[]): void;
}

/** The opened series: plot, evidence, what-if and table, kept up with what comes. */
export function openedSeries(unit: () => string): OpenedSeries {
  const head = elementOf('opened-name', HTMLElement);
  const state = elementOf('opened-state', HTMLElement);
  const cursorText = elementOf('cursor', HTMLElement);
  const evidenceText = elementOf('evidence', HTMLElement);
  const whatIfText = elementOf('what-if', HTMLElement);
  const stretch = elementOf('stretch', HTMLSelectElement);
  const wholeButton = elementOf('whole', HTMLButtonElement);
  const showTable = changesTable(zoomTo);
  const evidences = evidencePlot(elementOf('evidence-plot', HTMLElement), plotGroup);
  const worker = whatIfClient(answered);
  const form = optionsForm((options) => {
    worker.change(options);
    draw();
  });

  let source: LiveSource | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let seriesId: string | undefined;
  let history: History | undefined;
  let readings: Readings = readingsOf([]);
  let service: readonly ShownChange[] = [];
  let reportedIds = new Set<string>();
  let here: readonly ShownChange[] = [];
  let evidence: number[] = [];
  let answer: WhatIfAnswer | undefined;
  let plot: ChangePlot | undefined;
  let shownTimes: readonly number[] = [];

  function take(found: readonly SeriesChangePoint[]): void {
    const fresh = found.filter((one) => !reportedIds.has(one.id));
    if (fresh.length === 0) return;
    for (const { id } of fresh) reportedIds.add(id);
    service = [...service, ...fresh.map(reported)].sort((a, b) => a.detectedAt - b.detectedAt);
  }

  function onHistory(next: History): void {
    const isOther = history?.seriesId !== next.seriesId;
    history = next;
    readings = readingsOf(next.points);
    service = [];
    reportedIds = new Set();
    take(next.changePoints);
    if (isOther) form.reset(next.options);
    setRange();
    worker.load(readings.values, form.options);
    draw();
  }

  function onPoints(points: readonly Point[]): void {
    const inOrder = readings.add(points);
    if (inOrder) worker.append(points.map(([, number]) => number));
    else worker.load(readings.values, form.options);
    if (readings.values.length > mostReadings && seriesId !== undefined) connect(seriesId);
    setRange();
    draw();
  }

  function setRange(): void {
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (const number of readings.values) {
      lowest = Math.min(lowest, number);
      highest = Math.max(highest, number);
    }
    form.setRange(Math.max(highest - lowest, 2 * (history?.options.practicalThreshold ?? 0)) || 1);
  }

  function answered(next: WhatIfAnswer): void {
    answer = next;
    const isSame = next.from > 0 && next.changePoints.length === here.length;
    if (!isSame) here = next.changePoints.map((found) => foundHere(found, readings.times));
    evidence = [...evidence.slice(0, next.from), ...next.evidence];
    draw();
  }

  function connect(id: string): void {
    source?.close();
    source = liveSource(`/api/series?id=${encodeURIComponent(id)}`, {
      [messages.history]: onHistory,
      [messages.points]: onPoints,
      [messages.failed]: (why: string) =>
        setText(state, `The readings cannot be read: ${why}. Trying again.`),
    });
  }

  const draw = oncePerFrame(() => {
    if (history === undefined || seriesId !== history.seriesId) return;
    const { times, values } = readings;
    const start = stretch.value === 'all' ? 0 : Math.max(0, times.length - Number(stretch.value));
    const x = times.slice(start);
    shownTimes = x;
    const isWhatIf = form.differs;
    const changes = isWhatIf ? here : service;
    const last = changes.at(-1);
    const since = last?.changedAt ?? times[0] ?? 0;
    const level = levelSince(readings, since);
    const data = {
      x,
      y: values.slice(start),
      changePoints: changes,
      ...(isWhatIf && { compared: service }),
      ...(level !== undefined && { level: { from: last?.detectedAt ?? since, median: level } }),
    };
    plot ??= changePlot(elementOf('plot', HTMLElement), data, {
      height: 300,
      time: true,
      unit: unit(),
      group: plotGroup,
      onCursor: (at) => setText(cursorText, at === undefined ? '' : readout(at)),
      onStretch(stretch) {
        evidences.show(stretch);
        wholeButton.disabled = stretch.min <= (shownTimes[0] ?? 0) && stretch.max >= (shownTimes.at(-1) ?? 0);
      },
    });
    plot.update(data);
    evidences.update(
      x,
      x.map((_, index) => 100 * (evidence[start + index] ?? Number.NaN)),
    );
    plot.describe(
      `Plot of ${counted(times.length, 'reading')} of ${shown(history.seriesId)}, ` +
        `with ${counted(changes.length, 'change point')}; the table below has them.`,
    );
    const newest = values.at(-1);
    setText(
      state,
      newest === undefined
        ? 'No readings.'
        : `Now ${value(newest)}, level ${value(level ?? newest)}; ${counted(times.length, 'reading')}${
            history.startsRegime ? '' : ' (the newest ones, of a longer regime)'
          }.`,
    );
    setText(evidenceText, evidenceOf(answer, form.options.startup));
    whatIfText.classList.toggle('other', isWhatIf);
    setText(whatIfText, whatIfOf(isWhatIf, here.length, service.length));
    showTable(changes, isWhatIf ? 'What would have been reported' : 'Change points of this series');
  });

  function readout(milliseconds: number): string {
    const at = readings.times.indexOf(milliseconds);
    const number = readings.values[at];
    return number === undefined ? '' : `${time(milliseconds)} UTC: ${value(number)} ${unit()}`;
  }

  /** Zooms in on a change, with as much around it as shows the levels. */
  function zoomTo({ changedAt, detectedAt }: ShownChange): void {
    const { times } = readings;
    const first = times.indexOf(changedAt);
    const last = times.indexOf(detectedAt);
    const around = 20 + 2 * (last - first);
    stretch.value = 'all';
    shownTimes = times;
    plot?.zoom({
      min: times[Math.max(0, first - around)] ?? changedAt,
      max: times[Math.min(times.length - 1, last + around)] ?? detectedAt,
    });
    draw();
  }

  stretch.addEventListener('input', () => {
    plot?.zoom(undefined);
    draw();
  });
  wholeButton.addEventListener('click', () => {
    plot?.zoom(undefined);
    stretch.focus();
  });

  return {
    open(id) {
      if (id === seriesId) return;
      seriesId = id;
      setText(head, shown(id));
      setText(state, 'Reading its history.');
      clearTimeout(settling);
      settling = setTimeout(() => connect(id), settleMs);
    },
    notified(notices) {
      take(notices.map(({ found }) => found).filter((found) => found.seriesId === history?.seriesId));
      draw();
    },
  };
}

function evidenceOf(answer: WhatIfAnswer | undefined, startup: number): string {
  if (answer?.test === undefined) return `The first test comes at reading ${startup} since the last change.`;
  const { statistic, needed, points, pValue: p } = answer.test;
  return (
    `K is ${count(statistic)} of the ${count(needed)} needed; p is ${pValue(p)}, and a change point is below ` +
    `${answer.options.alpha}. ${counted(points, 'reading')} since the last change.`
  );
}

function whatIfOf(isWhatIf: boolean, here: number, service: number): string {
  if (!isWhatIf) return 'The service’s own options. Move one to see what it would have reported.';
  return `With these options ${counted(here, 'change point')} here; the service reported ${service === 0 ? 'none' : count(service)}.`;
}
