import { printable } from '../../../lambda/printable.ts';
import { significanceLevel } from '../../../lambda/significance-level.ts';
import { type FollowedChange, type History, messages, type Notice, type Point } from '../../wire.ts';
import { changesTable } from '../changes-table.ts';
import type { Chosen } from '../chosen/chosen.ts';
import type { ShownTimes } from '../chosen/shown-times.ts';
import { oncePerFrame } from '../frame.ts';
import { optionsForm } from '../options-form.ts';
import { firstFrom, levelSince, type Readings, rangeOf, readingsOf } from '../readings.ts';
import { foundHere, restartsAt, type ShownChange } from '../shown-change.ts';
import { type WhatIfAnswer, whatIfClient } from '../what-if-client.ts';
import { followedChanges } from './followed-changes.ts';
import { openedLines } from './opened-lines.ts';
import { openedLoading } from './opened-loading.ts';
import { openedPlots } from './opened-plots.ts';
import { plotText } from './opened-texts.ts';
import { openedTools } from './opened-tools.ts';
import { openedWrites, type WriteSetting } from './opened-writes.ts';
import { seriesConnection } from './series-connection.ts';
import { standingMute } from './standing-mute.ts';

/** With more readings than this the page asks for the history again, which has fewer. */
const mostReadings = 15_000;

export interface OpenedSeries {
  open(seriesId: string): void;
  /** Takes notifications of any series. */
  notified(notices: readonly Notice[]): void;
  /** Shows so many of the newest readings. */
  chooseStretch(last: Chosen['last']): void;
  /** Shows times as the reader wants them now, and what may be written now. */
  redraw(): void;
}

/** What the opened series needs of the page around it. */
export interface OpenedSetting extends WriteSetting {
  readonly unit: () => string;
  readonly times: ShownTimes;
  readonly onStretch: (last: Chosen['last']) => void;
}

/** The opened series: its plots, evidence, what-if form and table. New readings and notifications update all of them. */
export function openedSeries(setting: OpenedSetting): OpenedSeries {
  const { unit, times, writes, onStretch } = setting;
  const loading = openedLoading();
  const lines = openedLines();
  const draw = oncePerFrame(drawNow);
  const muteOf = standingMute(draw);
  const plots = openedPlots(unit, times, draw, onStretch);
  const showTable = changesTable(
    () => ({
      choose: plots.zoomTo,
      ...(writes() && {
        acknowledge: ({ standing }: ShownChange) => actions.acknowledge(standing?.eventKey, true),
        takeBack: ({ standing }: ShownChange) => actions.takeBack(standing),
      }),
    }),
    times,
  );
  // What is written is about what is shown, which is another series until the history of the opened one is there.
  const actions = openedWrites(setting, () => history?.seriesId);
  const acknowledgeAll = () => actions.acknowledge(service.newest, false);
  const tools = openedTools({ ...actions, acknowledgeAll }, times);
  const worker = whatIfClient(answered);
  const cannotRead = (why: string) => lines.say(`Cannot read the series: ${why}. Trying again.`);
  const connection = seriesConnection(
    {
      [messages.history]: onHistory,
      [messages.points]: onPoints,
      [messages.changes]: onChanges,
      [messages.failed]: cannotRead,
    },
    cannotRead,
  );
  const form = optionsForm((options) => {
    worker.change(options, serviceStart());
    draw();
  }, actions.use);

  let seriesId: string | undefined;
  let history: History | undefined;
  let readings: Readings = readingsOf([]);
  const service = followedChanges();
  /** Index of the first reading since the service's last reset. */
  let regimeStart = 0;
  let here: readonly ShownChange[] = [];
  let evidence: readonly number[] = [];
  let answer: WhatIfAnswer | undefined;

  /** @param fresh - change points that were not known before */
  function restartAfter(fresh: readonly FollowedChange[]): void {
    for (const one of fresh) regimeStart = Math.max(regimeStart, firstFrom(readings.times, restartsAt(one)));
  }

  /** The service's own options continue at its regime. Any others start at the first reading. */
  function serviceStart(): number | undefined {
    return form.differs ? undefined : regimeStart;
  }

  function onHistory(next: History): void {
    const isOther = history?.seriesId !== next.seriesId;
    if (!isOther) form.follow(next.options);
    history = next;
    readings = readingsOf(next.points);
    service.reset(next.changePoints);
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
    if (readings.values.length > mostReadings) connection.again();
    draw();
  }

  function onChanges(found: readonly FollowedChange[]): void {
    restartAfter(service.take(found));
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

  function drawNow(): void {
    if (history === undefined || seriesId !== history.seriesId) return;
    loading.end();
    const isWhatIf = form.differs;
    const changes = isWhatIf ? here : service.shown;
    const { times, values } = readings;
    const last = changes.at(-1);
    const since = last?.changedAt ?? times[0] ?? 0;
    const level = levelSince(readings, since, last?.moved.by === 'mean' ? 'mean' : 'median');
    plots.show({
      readings,
      evidence,
      changePoints: changes,
      ...(isWhatIf && { compared: service.shown }),
      ...(level !== undefined && { level: { from: last?.detectedAt ?? since, value: level } }),
      description: plotText(printable(history.seriesId), times.length, changes.length),
    });
    form.setRange(Math.max(rangeOf(readings), 2 * history.options.practicalThreshold) || 1);
    const { startup } = form.options;
    const counts = { here: here.length, service: service.shown.length };
    lines.show({ history, times, newest: values.at(-1), level, answer, startup, isWhatIf, ...counts });
    form.setUsable(writes()?.rules === true);
    const mute = muteOf(history.mute);
    tools.show({ ...history, unacknowledged: service.unacknowledged, mute, writes: writes() });
    showTable(changes, isWhatIf ? 'What would have been reported' : 'Change points of this series');
  }

  return {
    open(id) {
      if (id === seriesId) return;
      seriesId = id;
      loading.begin(printable(id));
      lines.say('Loading the history.');
      connection.open(id);
    },
    notified(notices) {
      // Of a long series, the oldest changes were known before the readings that are shown.
      const since = readings.times[0] ?? Number.NEGATIVE_INFINITY;
      const own = notices.filter(
        ({ found }) => found.seriesId === history?.seriesId && Date.parse(found.detectedAt) >= since,
      );
      restartAfter(service.hear(own));
      draw();
    },
    chooseStretch: plots.chooseStretch,
    redraw() {
      plots.rezone();
      draw();
    },
  };
}
