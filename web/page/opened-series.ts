import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { printable } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import { type History, messages, type Notice, type Point } from '../wire.ts';
import { changesTable } from './changes-table.ts';
import { elementOf, setText } from './elements.ts';
import { oncePerFrame } from './frame.ts';
import { type LiveSource, liveSource } from './live-source.ts';
import { openedPlots } from './opened-plots.ts';
import * as texts from './opened-texts.ts';
import { optionsForm } from './options-form.ts';
import { firstFrom, levelSince, type Readings, rangeOf, readingsOf } from './readings.ts';
import { foundHere, reported, restartsAt, type ShownChange } from './shown-change.ts';
import { type WhatIfAnswer, whatIfClient } from './what-if-client.ts';

/** With more readings than this the page asks for the history again, which has fewer. */
const mostReadings = 15_000;
/** A series is requested only if it stays selected this long: arrow keys pass many. */
const settleMs = 150;

export interface OpenedSeries {
  open(seriesId: string): void;
  /** Takes notifications of any series. */
  notified(notices: readonly Notice[]): void;
}

/** The opened series: its plots, evidence, what-if form and table. New readings and notifications update all of them. */
export function openedSeries(unit: () => string): OpenedSeries {
  const head = elementOf('opened-name', HTMLElement);
  const state = elementOf('opened-state', HTMLElement);
  const wanderLine = elementOf('wander', HTMLElement);
  const evidenceLine = elementOf('evidence', HTMLElement);
  const whatIfLine = elementOf('what-if', HTMLElement);
  const draw = oncePerFrame(drawNow);
  const plots = openedPlots(unit, draw);
  const showTable = changesTable(plots.zoomTo);
  const worker = whatIfClient(answered);
  const form = optionsForm((options) => {
    worker.change(options, serviceStart());
    draw();
  });

  let source: LiveSource | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let seriesId: string | undefined;
  let history: History | undefined;
  let readings: Readings = readingsOf([]);
  let service: readonly ShownChange[] = [];
  let reportedIds = new Set<string>();
  /** Index of the first reading since the service's last reset. */
  let regimeStart = 0;
  let here: readonly ShownChange[] = [];
  let evidence: readonly number[] = [];
  let answer: WhatIfAnswer | undefined;

  function take(found: readonly SeriesChangePoint[]): void {
    const fresh = found.filter((one) => !reportedIds.has(one.id));
    if (fresh.length === 0) return;
    for (const { id } of fresh) reportedIds.add(id);
    service = [...service, ...fresh.map(reported)].sort((a, b) => a.detectedAt - b.detectedAt);
    for (const one of fresh) regimeStart = Math.max(regimeStart, firstFrom(readings.times, restartsAt(one)));
  }

  /** The service's own options continue at its regime. Any others start at the first reading. */
  function serviceStart(): number | undefined {
    return form.differs ? undefined : regimeStart;
  }

  function onHistory(next: History): void {
    const isOther = history?.seriesId !== next.seriesId;
    history = next;
    readings = readingsOf(next.points);
    service = [];
    reportedIds = new Set();
    take(next.changePoints);
    ({ regimeStart } = next);
    if (isOther) startOver(next);
    worker.load(readings, form.options, serviceStart());
    draw();
  }

  /** Removes all that belongs to the series before. */
  function startOver({ options }: History): void {
    form.reset(options);
    plots.zoomOut();
    here = [];
    evidence = [];
    answer = undefined;
  }

  function onPoints(points: readonly Point[]): void {
    const startTime = readings.times[regimeStart] ?? Number.POSITIVE_INFINITY;
    const inOrder = readings.add(points);
    if (inOrder) worker.append(points);
    else {
      regimeStart = firstFrom(readings.times, startTime);
      worker.load(readings, form.options, serviceStart());
    }
    if (readings.values.length > mostReadings && seriesId !== undefined) connect(seriesId);
    draw();
  }

  function answered(next: WhatIfAnswer): void {
    answer = next;
    regimeStart = Math.max(regimeStart, next.regimeStart ?? 0);
    const isSame = next.from > 0 && next.changePoints.length === here.length;
    if (!isSame)
      here = next.changePoints.map((found) =>
        foundHere(found, readings.times, significanceLevel(next.options)),
      );
    evidence = [...evidence.slice(0, next.from), ...next.evidence];
    draw();
  }

  function connect(id: string): void {
    source?.close();
    source = liveSource(`/api/series?id=${encodeURIComponent(id)}`, {
      [messages.history]: onHistory,
      [messages.points]: onPoints,
      [messages.failed]: (why: string) => setText(state, `Cannot read the series: ${why}. Trying again.`),
    });
  }

  function drawNow(): void {
    if (history === undefined || seriesId !== history.seriesId) return;
    const isWhatIf = form.differs;
    const changes = isWhatIf ? here : service;
    const { times, values } = readings;
    const last = changes.at(-1);
    const since = last?.changedAt ?? times[0] ?? 0;
    const level = levelSince(readings, since, last?.moved.by === 'mean' ? 'mean' : 'median');
    plots.show({
      readings,
      evidence,
      changePoints: changes,
      ...(isWhatIf && { compared: service }),
      ...(level !== undefined && { level: { from: last?.detectedAt ?? since, value: level } }),
      description: texts.plotText(printable(history.seriesId), times.length, changes.length),
    });
    form.setRange(Math.max(rangeOf(readings), 2 * history.options.practicalThreshold) || 1);
    setText(state, texts.stateText(values.at(-1), level, times.length, history.startsRegime));
    setText(wanderLine, texts.wanderText(answer));
    setText(evidenceLine, texts.evidenceText(answer, form.options.startup, times.slice(-101)));
    whatIfLine.classList.toggle('other', isWhatIf);
    setText(whatIfLine, texts.whatIfText(isWhatIf, here.length, service.length));
    showTable(changes, isWhatIf ? 'What would have been reported' : 'Change points of this series');
  }

  return {
    open(id) {
      if (id === seriesId) return;
      seriesId = id;
      setText(head, printable(id));
      setText(state, 'Loading the history.');
      clearTimeout(settling);
      settling = setTimeout(() => connect(id), settleMs);
    },
    notified(notices) {
      take(notices.map(({ found }) => found).filter((found) => found.seriesId === history?.seriesId));
      draw();
    },
  };
}
