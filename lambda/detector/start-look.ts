import { epochOfEventKey } from '../event.ts';
import { storePending } from '../notify/store-pending.ts';
import { type Chunk, endorsedChunks, type LastChunk } from '../regime/chunk.ts';
import type { Head } from '../tables/head.ts';
import type { Wave } from '../tables/wave.ts';
import { isFarBehind } from './far-behind.ts';
import type { LookParts, LookProgress } from './look-parts.ts';
import { isAfter, newsOf, oldestOf } from './news.ts';
import { Regime } from './regime.ts';
import { memoryIn } from './regime-memory.ts';
import type { Standing } from './reset.ts';
import { readStretch, StaleRegimeError } from './stretch.ts';

/** What a look starts from. */
export interface LookStart {
  /** As it is stored. What is pending in it is stored as well. */
  readonly head: Head;
  /** The regime, as far as it need not be read from the events table; absent if no event is new, and none is remembered. */
  readonly regime: Regime | undefined;
  /** The chain of chunks that is valid. */
  readonly last: LastChunk | undefined;
  /** Slots with items that belong to no chain. */
  readonly strays: readonly number[];
  /** Whether the copies that other instances remember may be stale, and the stored HEAD does not show it yet. */
  readonly isNews: boolean;
  readonly read: 'cold' | 'warm';
}

/** So many waves that come again are read one by one. */
const readsApart = 4;

/** Where a regime stands by its HEAD. */
export function standingOf(head: Head, { seriesRules }: Pick<LookParts, 'seriesRules'>): Standing {
  return {
    after: head.regimeAfter,
    testedThrough: head.testedThrough,
    memory: memoryIn(head),
    options: seriesRules.optionsWith(head.options).options,
  };
}

/** Starts from the remembered regime. @returns `undefined` if there is none, if it is not what the events table holds, or if it would save no reads */
export async function startWarm(
  seriesId: string,
  waves: readonly Wave[],
  parts: LookParts,
): Promise<LookStart | undefined> {
  const remembered = parts.remembered.take(seriesId);
  if (remembered === undefined) return undefined;
  const { head, regime } = remembered;
  const news = newsOf(waves, head);
  const { again } = news;
  if (isFarBehind(regime, news, parts.regimeLimits)) return undefined;
  // A remembered regime still has what was deleted or corrected since.
  if (again.some(({ count }) => count === 0)) return undefined;
  // A wave that comes again is mostly one whose events are remembered as they are.
  for (const range of rangesOf(again)) {
    if (range.some(Number.isNaN)) return undefined;
    if ((await readStretch(seriesId, regime, ...range, parts.events)) === undefined) return undefined;
  }
  regime.goBy(standingOf(head, parts).options);
  const last = endsBefore(head.chunks, oldestOf(again)) ? head.chunks : undefined;
  return {
    head,
    regime,
    last,
    strays: last === undefined ? slotsOf(head.chunks) : [],
    isNews: again.length > 0,
    read: 'warm',
  };
}

/** The first and the last time of each wave; or of all, if they are many: what lies between is read faster than each by itself. */
function rangesOf(waves: readonly Wave[]): readonly (readonly [number, number])[] {
  const ranges = waves.map(
    ({ oldest, closing }) => [epochOfEventKey(oldest), epochOfEventKey(closing)] as const,
  );
  if (ranges.length <= readsApart) return ranges;
  return [[Math.min(...ranges.map(([from]) => from)), Math.max(...ranges.map(([, to]) => to))]];
}

/** Starts from the HEAD and the chunks beside it. */
export async function startCold(
  seriesId: string,
  waves: readonly Wave[],
  progress: LookProgress,
  parts: LookParts,
): Promise<LookStart> {
  const stored = await parts.chunks.read(seriesId);
  const head = await parts.changePoints.headOf(seriesId, stored.head);
  await storePending(head, parts);
  const { newest, again } = newsOf(waves, head);
  const touched = oldestOf(again);
  const chain = progress.isStale
    ? []
    : endorsedChunks(seriesId, head.chunks, stored.chunks, parts.clock()).filter(
        (chunk) => endsBefore(chunk, touched) && isWithin(chunk, head),
      );
  const regime = newest === undefined ? undefined : await regimeOf(seriesId, head, chain, parts);
  const isHealed = regime !== undefined && lacksChunks(regime, chain, parts);
  const kept = isHealed ? [] : chain;
  const slots = new Set(kept.map(({ slot }) => slot));
  const end = kept.at(-1);
  return {
    head,
    regime,
    last: end && { slot: end.slot, id: end.id, through: end.through },
    strays: stored.chunks.map(({ slot }) => slot).filter((slot) => !slots.has(slot)),
    isNews: again.length > 0 || progress.isStale || head.edition === undefined,
    read: 'cold',
  };
}

/** The slots of a chain that is given up. */
export function slotsOf(last: LastChunk | undefined): readonly number[] {
  return last === undefined ? [] : Array.from({ length: last.slot + 1 }, (_, slot) => slot);
}

/** Whether a chain or a chunk has no event from this one on. */
export function endsBefore(
  chain: Pick<LastChunk, 'through'> | undefined,
  touched: string | undefined,
): boolean {
  return chain === undefined || touched === undefined || isAfter(touched, chain.through);
}

/** The regime as far as its chunks go. The events before the first chunk are read. */
async function regimeOf(
  seriesId: string,
  head: Head,
  chain: readonly Chunk[],
  parts: LookParts,
): Promise<Regime> {
  const regime = new Regime(standingOf(head, parts), parts.regimeLimits.chunkPoints);
  const first = chain[0]?.after;
  if (first !== undefined && first !== head.regimeAfter) {
    for await (const page of parts.events.read(seriesId, head.regimeAfter, first)) regime.add(page);
  }
  for (const chunk of chain) {
    if (!regime.addChunk(chunk)) throw new StaleRegimeError(`chunk ${chunk.slot} is not what it says it is`);
  }
  return regime;
}

/** Whether all events of a chunk are in the regime. */
function isWithin({ after }: Chunk, { regimeAfter }: Head): boolean {
  return regimeAfter === undefined || (after !== undefined && !isAfter(regimeAfter, after));
}

/** Whether there are events before the chain that do not expire soon, so that a chain with them would serve for a while. */
function lacksChunks(regime: Regime, chain: readonly Chunk[], { clock, regimeLimits }: LookParts): boolean {
  const [first] = chain;
  const before =
    first === undefined ? -1 : regime.spans.closed.findIndex(({ through }) => through === first.through);
  return regime.spans.closed
    .slice(0, Math.max(0, before))
    .some(({ expiresAt }) => expiresAt * 1000 > clock().getTime() + regimeLimits.leastLifeMs);
}
