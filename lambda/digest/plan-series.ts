import { processingLimits } from '../processing-limits.ts';
import type { Telling } from '../tables/told-series.ts';
import type { Delivery } from './delivery.ts';
import { rememberedId } from './remembered-id.ts';

/** What becomes of the deliveries of one series. Each of them is in one of the first four. */
export interface SeriesPlan {
  readonly tell: readonly Delivery[];
  /** Told already, or with another delivery of this batch. */
  readonly repeated: readonly Delivery[];
  /** Another invocation is about to tell of them, or has died: they come again. */
  readonly left: readonly Delivery[];
  /** The series has been told of as often as an hour allows: they come again at `heldUntil`, together. */
  readonly held: readonly Delivery[];
  readonly heldUntil: number;
  /** What was held and is not in this batch: if something is told, it is counted with it. */
  readonly counted: readonly string[];
  /** Change points of the last hour, with those to tell. */
  readonly count: number;
  /** Whether the series has now been told of as often as an hour allows, or changed that often in this message; or some of it is told by its count alone. */
  readonly flaps: boolean;
  /** What is to be remembered. */
  readonly tellings: readonly Telling[];
  /** Whether that is anything new. */
  readonly isNew: boolean;
}

const { toldMs, claimMs, tellingsAnHour, rememberedTellings } = processingLimits;

/**
 * Decides what is told of one series: each change point once, and the series in at most so many messages an hour.
 *
 * @param by - names the invocation; its own claims do not stand in its way
 */
export function planSeries(
  remembered: readonly Telling[],
  deliveries: readonly Delivery[],
  by: string,
  now: number,
): SeriesPlan {
  // One of a far future would never end.
  const recent = remembered.filter(({ at }) => Math.abs(now - at) < toldMs);
  const told = new Map(recent.map((telling) => [telling.id, telling]));
  const fresh = new Map<string, Delivery>();
  const repeated: Delivery[] = [];
  const left: Delivery[] = [];
  for (const delivery of deliveries) {
    const id = rememberedId(delivery.changePoint);
    const telling = told.get(id);
    const isAtWork =
      telling !== undefined &&
      telling.isTold !== true &&
      telling.isHeld !== true &&
      telling.by !== by &&
      telling.at > now - claimMs;
    if (telling?.isTold === true || fresh.has(id)) repeated.push(delivery);
    else if (isAtWork) left.push(delivery);
    else fresh.set(id, delivery);
  }
  const waiting = recent.filter(({ id, isHeld }) => isHeld === true && !fresh.has(id));
  const others = recent.filter(({ id, isHeld }) => isHeld !== true && !fresh.has(id));
  // One message tells of all that one invocation claims. A claim that has ended untold came to no message, and those of this one are of the next.
  const sent = others.filter((one) => one.by !== by && (one.isTold === true || one.at > now - claimMs));
  const times = [...new Map(sent.map((telling) => [telling.by, telling.at])).values()].sort((a, b) => a - b);
  const oldestOfAll = times.at(-tellingsAnHour);
  const some = [...fresh.values()];
  const isHeld = oldestOfAll !== undefined;
  const counted = isHeld || some.length === 0 ? [] : waiting.map(({ id }) => id);
  const known = (id: string) => (told.get(id)?.isHeld === true ? told.get(id) : undefined);
  const claims = [...counted, ...fresh.keys()].map((id) => ({ id, by, at: now }));
  const holds = [...fresh.keys()].map((id) => known(id) ?? { id, by, at: now, isHeld });
  return {
    tell: isHeld ? [] : some,
    // A copy of what is held is dropped only with it.
    repeated: isHeld ? repeated.filter(({ changePoint }) => !fresh.has(rememberedId(changePoint))) : repeated,
    left,
    held: isHeld ? deliveries.filter(({ changePoint }) => fresh.has(rememberedId(changePoint))) : [],
    heldUntil: (oldestOfAll ?? now) + toldMs,
    counted,
    count: others.length + waiting.length + some.length,
    flaps: counted.length > 0 || times.length + 1 >= tellingsAnHour || some.length >= tellingsAnHour,
    tellings: isHeld ? withinRoom(others, [...waiting, ...holds]) : withinRoom([...others, ...claims], []),
    isNew: isHeld ? [...fresh.keys()].some((id) => known(id) === undefined) : some.length > 0,
  };
}

/**
 * As many as an item has room for, the newest. What is held is forgotten first, since it comes again all the same. Of each message one telling
 * stays: the limit of an hour counts them.
 */
function withinRoom(made: readonly Telling[], held: readonly Telling[]): readonly Telling[] {
  const lasts = new Set(new Map(made.map((telling) => [telling.by, telling])).values());
  const others = made.filter((telling) => !lasts.has(telling));
  const kept = new Set([...held, ...others, ...lasts].slice(-rememberedTellings));
  return [...made, ...held].filter((telling) => kept.has(telling));
}
