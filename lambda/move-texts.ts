import type { Figures } from './figures.ts';

/** What is needed of a change point to say what moved. */
export interface Move {
  readonly direction: 'up' | 'down';
  readonly magnitude: number;
  readonly magnitudeInterval?: { readonly from: number; readonly to: number };
  readonly superiority: number;
  readonly before: MovedLevel;
  readonly after: MovedLevel;
}

interface MovedLevel {
  readonly median: number;
  /** Absent from what was stored before there was one. */
  readonly mean?: number;
}

/** What shows a move: the medians, else the means, else only that later readings are more often higher, or lower. */
export type ShownBy = 'median' | 'mean' | 'ranks';

/** What moved, for people. */
export interface MoveTexts {
  readonly by: ShownBy;
  /** `20 → 24.1`; `mean 0.12 → 0.38, median unchanged`; or `higher in 62 % of pairs, median unchanged`. */
  readonly levels: string;
  /** The size of the move with its sign; where no shift is typical, that of the mean or the median. `0` if neither moved that way. */
  readonly size: string;
  /** The 95 % interval of that size, if it is known. */
  readonly sizeRange: string | undefined;
  /** `rose by 4.1 to a new level`, or what moved instead. */
  readonly sentence: string;
  /** `new level since`, or `changed since` if no level shows it. */
  readonly since: string;
}

/** The levels that show a move best, for texts and plots: medians if they moved in its direction, else means if those did, else medians. */
export function shownLevels({ direction, before, after }: Move): {
  readonly by: ShownBy;
  readonly before: number;
  readonly after: number;
} {
  const goes = (from: number, to: number) => (direction === 'up' ? to > from : to < from);
  const medians = { before: before.median, after: after.median };
  if (goes(before.median, after.median)) return { by: 'median', ...medians };
  if (before.mean !== undefined && after.mean !== undefined && goes(before.mean, after.mean))
    return { by: 'mean', before: before.mean, after: after.mean };
  return { by: 'ranks', ...medians };
}

/**
 * Says what moved, truthfully also where many readings are equal.
 *
 * A test decides by ranks: whether later readings are more often higher than lower. The medians of counts and of coarse sensors can then stand
 * still, and the Hodges–Lehmann shift be 0, while the mean moves. With heavy tails even the mean can move the other way; then the ranks speak.
 */
export function moveTexts(move: Move, figures: Figures): MoveTexts {
  const { direction, magnitude, magnitudeInterval: range } = move;
  const shown = shownLevels(move);
  const levels = levelsText(move, shown, figures);
  const [rose, moved] = direction === 'up' ? ['rose', 'moved up'] : ['fell', 'moved down'];
  const by = magnitude === 0 ? '' : ` by ${figures.level(Math.abs(magnitude))}`;
  const sentences: Readonly<Record<ShownBy, string>> = {
    median: magnitude === 0 ? `${rose}: median ${levels}` : `${rose}${by} to a new level`,
    mean: `${rose}${by}: ${levels}`,
    ranks: `${moved}${by}: ${levels}`,
  };
  const step =
    shown.by === 'ranks' ? '0' : `${shown.by} ${figures.signed(difference(shown.before, shown.after))}`;
  return {
    by: shown.by,
    levels,
    size: magnitude === 0 ? step : figures.signed(magnitude),
    sizeRange: magnitude === 0 || range === undefined ? undefined : figures.range(range.from, range.to),
    sentence: sentences[shown.by],
    since: shown.by === 'ranks' ? 'changed since' : 'new level since',
  };
}

function levelsText(move: Move, shown: ReturnType<typeof shownLevels>, figures: Figures): string {
  const { direction, before, after } = move;
  const levels = figures.levels(shown.before, shown.after);
  if (shown.by === 'median') return levels;
  const isSame = before.median === after.median;
  const ofMedian = isSame ? 'median unchanged' : `median ${figures.levels(before.median, after.median)}`;
  if (shown.by === 'mean') return `mean ${levels}, ${ofMedian}`;
  return `${direction === 'up' ? 'higher' : 'lower'} in ${shareText(move, figures)} of pairs, ${ofMedian}`;
}

/** `after - before`, or the largest double of that sign where the difference is beyond the doubles. */
function difference(before: number, after: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, after - before));
}

/** The share of pairs of a reading before and one after that moved in the direction of the change, equal ones counted by half. With enough digits to look above 50 %. */
function shareText({ direction, superiority }: Move, figures: Figures): string {
  const share = 100 * (direction === 'up' ? superiority : 1 - superiority);
  let digits = 2;
  while (share > 50 && Number(share.toPrecision(digits)) <= 50) digits++;
  return `${figures.level(share, digits)} %`;
}
