import { typeset } from '../../../lambda/figures.ts';
import { type ChangePlot, changePlot } from '../change-plot.ts';
import { type Chosen, stretches } from '../chosen/chosen.ts';
import type { ShownTimes } from '../chosen/shown-times.ts';
import { elementOf, setText } from '../elements.ts';
import { evidencePlot } from '../evidence-plot.ts';
import type { PlotData } from '../plot-data.ts';
import type { Readings } from '../readings.ts';
import type { ShownChange } from '../shown-change.ts';

/** The data of the plots of the opened series. */
export interface Shown extends Omit<PlotData, 'x' | 'y'> {
  readonly readings: Readings;
  /** For each reading: the statistic, divided by the value that a change point needs. NaN where no test ended. */
  readonly evidence: readonly number[];
  /** The text that a screen reader speaks for the plot. */
  readonly description: string;
}

/** The plot of the readings and the plot of the evidence, which show the same stretch. */
export interface OpenedPlots {
  show(shown: Shown): void;
  /** Zooms in on a change, with enough readings around it to show both levels. */
  zoomTo(change: ShownChange): void;
  /** Shows all readings again. */
  zoomOut(): void;
  /** Shows so many of the newest readings. */
  chooseStretch(last: Chosen['last']): void;
  /** Shows times as the reader wants them now. */
  rezone(): void;
}

const group = 'opened';
const height = 300;

/**
 * @param redraw - called when the choice of readings has changed
 * @param onStretch - called when the reader has changed it
 */
export function openedPlots(
  unit: () => string,
  times: ShownTimes,
  redraw: () => void,
  onStretch: (last: Chosen['last']) => void,
): OpenedPlots {
  const cursor = elementOf('cursor', HTMLElement);
  const stretch = elementOf('stretch', HTMLSelectElement);
  const zoomOut = elementOf('whole', HTMLButtonElement);
  const evidences = evidencePlot(elementOf('evidence-plot', HTMLElement), group);
  let plot: ChangePlot | undefined;
  let readings: Readings | undefined;
  let shownAt: readonly number[] = [];

  const start = (data: PlotData) =>
    changePlot(elementOf('plot', HTMLElement), data, {
      height,
      time: true,
      zone: () => times.zone,
      unit: unit(),
      group,
      onCursor: (at) => setText(cursor, at === undefined ? '' : readout(at)),
      onStretch(seen) {
        evidences.show(seen);
        zoomOut.disabled = seen.min <= (shownAt[0] ?? 0) && seen.max >= (shownAt.at(-1) ?? 0);
      },
    });

  function readout(at: number): string {
    const number = readings?.values[readings.times.indexOf(at)];
    return number === undefined ? '' : `${times.text(at)} ${times.name}: ${typeset.level(number)} ${unit()}`;
  }

  function restretch(): void {
    plot?.zoom(undefined);
    redraw();
  }
  stretch.addEventListener('input', () => {
    restretch();
    const last = stretches.find((one) => one === stretch.value);
    if (last !== undefined) onStretch(last);
  });
  zoomOut.addEventListener('click', () => {
    plot?.zoom(undefined);
    // The button becomes disabled now, which would lose the focus.
    stretch.focus();
  });

  return {
    show({ evidence, description, ...shown }) {
      ({ readings } = shown);
      const all = readings.times.length;
      const first = stretch.value === 'all' ? 0 : Math.max(0, all - Number(stretch.value));
      shownAt = readings.times.slice(first);
      const data = { ...shown, x: [...shownAt], y: readings.values.slice(first) };
      plot ??= start(data);
      plot.update(data);
      plot.describe(description);
      evidences.update(
        shownAt,
        shownAt.map((_, index) => 100 * (evidence[first + index] ?? Number.NaN)),
      );
    },
    zoomOut: () => plot?.zoom(undefined),
    chooseStretch(last) {
      if (stretch.value === last) return;
      stretch.value = last;
      restretch();
    },
    rezone: () => plot?.rezone(),
    zoomTo({ changedAt, detectedAt }) {
      if (readings === undefined) return;
      const { times: all } = readings;
      const first = all.indexOf(changedAt);
      const last = all.indexOf(detectedAt);
      if (first < 0 || last < 0) return;
      const around = 20 + 2 * (last - first);
      stretch.value = 'all';
      onStretch('all');
      redraw();
      plot?.zoom({
        min: all[Math.max(0, first - around)] ?? changedAt,
        max: all[Math.min(all.length - 1, last + around)] ?? detectedAt,
      });
    },
  };
}
