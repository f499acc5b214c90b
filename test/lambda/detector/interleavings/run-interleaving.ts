import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../../../bench/detector/partition.ts';
import { detectSeries } from '../../../../lambda/detector/detect-series.ts';
import { RememberedRegimes } from '../../../../lambda/detector/remembered-regimes.ts';
import { retractUnfounded } from '../../../../lambda/detector/retract-unfounded.ts';
import { regimeLimits } from '../../../../lambda/regime/regime-limits.ts';
import { type Wave, waveOfAmendments } from '../../../../lambda/tables/wave.ts';
import { wrongChunks } from '../../../campaigns/wrong-chunks.ts';
import { plainDetect } from '../slow/plain-detect.ts';
import { damageChunks } from './damage.ts';
import { type Act, type Held, type Interleaving, instances } from './interleaving.ts';
import { KeptEvents } from './kept-events.ts';
import { answersOf, newWorld, seriesId } from './world.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

/** How often what was meant to happen did happen, to see that the interleavings reach it. */
export interface Happened {
  looks: number;
  chunks: number;
  changePoints: number;
  /** In both worlds together. */
  retracted: number;
}

/**
 * Runs an interleaving with a detector of several instances that remember regimes and store chunks, and beside it with one that has no cache at
 * all. Both must say the same.
 *
 * A late or corrected event is stored at once with its news: no other look comes between. Else it would depend on the caches from when
 * on it counts, which is true of the service as well: until its news comes, a look that reads the table anew has it, and one that remembers
 * the regime does not.
 *
 * @returns what differs; nothing is right
 */
export async function runInterleaving(
  given: Interleaving,
): Promise<{ wrong: readonly string[]; happened: Happened }> {
  let now = start;
  const clock = () => new Date(now);
  let hold: { before: Held['before']; act: () => Promise<void> } | undefined;
  const cached = newWorld(given.options, clock, ({ operation, input }) => {
    const isHead = operation === 'PutItem' && input.Item?.sortKey?.S === 'HEAD';
    const isWrite = isHead || operation === 'BatchWriteItem';
    if (hold === undefined || !(hold.before === 'HEAD' ? isHead : isWrite)) return undefined;
    const { act } = hold;
    hold = undefined;
    return act();
  });
  const plain = newWorld(given.options, clock);
  const limits = { ...regimeLimits, ...given, leastLifeMs: 1000 };
  const newInstance = () => new RememberedRegimes(limits, cached.parts.backoff.random);
  const running = Array.from({ length: instances }, newInstance);
  const events = new KeptEvents([cached, plain], start);
  const told: Wave[] = [];
  const untold: Wave[] = [];
  const kept: Item[] = [];
  const wrong: string[] = [];
  const happened: Happened = { looks: 0, chunks: 0, changePoints: 0, retracted: 0 };

  for (const act of given.acts) {
    if (act.kind === 'held') await holdLook(act);
    else await perform(act);
  }
  await look(0, untold.splice(0));
  if (!isDeepStrictEqual(answersOf(cached), answersOf(plain)))
    wrong.push(`tables: ${JSON.stringify(answersOf(cached))} instead of ${JSON.stringify(answersOf(plain))}`);
  const stored = cached.events.map(({ eventKey: { S = '' } = {}, value }) => ({
    eventKey: S,
    value: Number(value?.N),
  }));
  if (!isDeepStrictEqual(cached.published, plain.published)) wrong.push('published: other change points');
  wrong.push(...(await wrongChunks(seriesId, stored, cached.parts)));
  return { wrong, happened };

  async function perform(act: Act): Promise<void> {
    switch (act.kind) {
      case 'store':
        untold.push(...events.close(events.add(act.events, act.level)));
        if (act.instance !== undefined) await look(act.instance, untold.splice(0));
        return;
      case 'look':
        return look(act.instance, untold.splice(0, act.waves));
      case 'late': {
        const between = events.keyAt(act.at);
        if (between === undefined) return;
        const late = events.addBehind(between, act.events, act.value);
        return look(act.instance, events.close([...late, ...events.add(act.fresh, act.value)]));
      }
      case 'correct': {
        const key = events.keyAt(act.at);
        if (key === undefined) return;
        return look(act.instance, events.close([events.put(key, act.value + 0.5)]));
      }
      case 'amend': {
        const first = Math.floor(act.at * events.keys.length);
        const amended = events.keys.slice(first, first + act.events);
        for (const key of amended) {
          if (act.value === undefined) events.remove(key);
          else events.edit(key, act.value + 0.25);
        }
        return look(act.instance, [...untold.splice(0, act.waves), ...waveOfAmendments(amended)], amended);
      }
      case 'repeat': {
        const first = Math.floor(act.at * told.length);
        const again = told.slice(first, first + act.waves);
        // To an instance that lags behind they are news, and it tests all that it finds; to the one without a cache they are none.
        return look(act.instance, again.length === 0 ? [] : [...again, ...untold.splice(0)]);
      }
      case 'restart':
        running[act.instance] = newInstance();
        return;
      case 'delete HEAD':
        for (const world of [cached, plain]) world.deleteHead();
        return;
      case 'set options':
        for (const world of [cached, plain]) world.setOptions(act.target, act.options);
        return;
      case 'expire': {
        const { expiresAt } = cached.events[Math.floor(act.share * cached.events.length)] ?? {};
        now = Math.max(now, Number(expiresAt?.N ?? 0) * 1000);
        return;
      }
      default:
        damageChunks(act, cached.items, kept);
    }
  }

  /**
   * Begins a look and lets other things happen before it writes. Without a cache it comes after these. The first look at a series cannot learn of a
   * deletion: no HEAD is made for what was deleted, and one that is deleted again looks like none. The docs say so. New events come with a look: else
   * the one without a cache would test them, and the one that has read already would not.
   */
  async function holdLook({ instance, waves, before, meanwhile }: Held): Promise<void> {
    const news = untold.splice(0, waves);
    const learns = meanwhile.filter(
      ({ kind }) => cached.head() || (kind !== 'amend' && kind !== 'delete HEAD'),
    );
    hold = {
      before,
      async act() {
        for (const act of learns) {
          // An instance does one thing at a time.
          const at =
            'instance' in act ? { instance: (instance + 1 + ((act.instance ?? 0) % 2)) % instances } : {};
          await perform({ ...act, ...at });
        }
      },
    };
    await look(instance, news);
    hold = undefined;
  }

  async function look(
    instance: number,
    waves: readonly Wave[],
    amended: readonly string[] = [],
  ): Promise<void> {
    if (waves.length === 0) return;
    told.push(...waves);
    happened.looks++;
    const remembered = running[instance] ?? newInstance();
    const parts = { ...cached.parts, remembered, regimeLimits: limits };
    const { read: _, ...found } = await detectSeries(seriesId, waves, parts);
    const expected = await plainDetect(seriesId, waves, plain.parts);
    for (const world of [cached, plain]) {
      happened.retracted += await retractUnfounded(seriesId, amended, world.parts);
      await world.publish();
    }
    happened.changePoints += found.changePoints;
    happened.chunks += Number(cached.head()?.chunks !== undefined);
    if (!isDeepStrictEqual(found, expected))
      wrong.push(`look ${happened.looks}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  }
}
