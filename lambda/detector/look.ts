import type { SeriesChangePoint } from '../change-point.ts';
import { storePending } from '../notify/store-pending.ts';
import { HeadMovedError, notStored } from '../tables/head.ts';
import type { Wave } from '../tables/wave.ts';
import { planChunks } from './chunk-plan.ts';
import type { DetectedSeries, DetectorParts, LookParts, LookProgress } from './look-parts.ts';
import { LookState } from './look-state.ts';
import { nameReset } from './name-reset.ts';
import { type ReadNews, readNews } from './read-news.ts';
import type { Regime } from './regime.ts';
import { groundsIn } from './regime-memory.ts';
import { type LookStart, startCold, startWarm } from './start-look.ts';

/**
 * One look at a series: reads what is new, tests it, decides what is found, and moves the HEAD.
 *
 * @throws HeadMovedError or StaleRegimeError if the look must start over
 */
export async function look(
  seriesId: string,
  waves: readonly Wave[],
  progress: LookProgress,
  given: DetectorParts,
): Promise<DetectedSeries> {
  const parts: LookParts = { ...given, seriesRules: (await given.rules.current()).of(seriesId) };
  const start =
    (await startWarm(seriesId, waves, parts)) ?? (await startCold(seriesId, waves, progress, parts));
  const state = new LookState(start, waves, progress, parts);
  const { regime, read } = start;
  const news = regime && (await readNews(regime, state, parts));
  if (regime === undefined || news === undefined) await nothingNew(start, state, parts);
  else await testNews(news, regime, state, progress, parts);
  // One that was neither remembered before nor tested now lacks its newest events.
  if (regime !== undefined && (news !== undefined || read === 'warm'))
    parts.remembered.remember(seriesId, { regime, head: state.head }, read === 'warm');
  const { late } = state.news;
  const tested = state.news.tested + (news?.beyond ?? []).filter((key) => state.isNew(key)).length;
  const { changePoints } = progress;
  // What was new to the remembered HEAD may be known to the stored one.
  if (regime === undefined || news === undefined || !state.isNew(news.through))
    return { tested, again: tested, late, changePoints };
  const again = Math.max(0, tested - state.fresh);
  const { optionsError } = parts.seriesRules.optionsWith(state.head.options);
  const about = { read, regimeLength: regime.length, newest: news.through };
  return { tested, again, late, changePoints, ...about, ...(optionsError && { optionsError }) };
}

/** Tests what was read, moves the HEAD, and stores the chunks that are full now. */
async function testNews(
  { pages, through, ahead }: ReadNews,
  regime: Regime,
  state: LookState,
  progress: LookProgress,
  parts: LookParts,
): Promise<void> {
  const test = () => testAll(regime, state, progress, parts);
  for await (const page of pages) {
    regime.add(page);
    state.count(page);
    await test();
  }
  regime.complete(through);
  while (!(await state.close(regime, through, ahead))) await test();
  await storeChunks(regime, state, parts);
}

/** Tests all that was added, and decides and stores what is found. */
async function testAll(
  regime: Regime,
  state: LookState,
  progress: LookProgress,
  parts: LookParts,
): Promise<void> {
  for (let reset = regime.test(); reset !== undefined; reset = regime.test()) {
    const { options } = regime.standing;
    const { seriesId } = state.head;
    const named = await nameReset(seriesId, regime, reset, options, parts.events);
    const { regimeAfter, changePoint, expiresAt } = named;
    const next = state.afterReset(regime, reset, regimeAfter);
    if (changePoint === undefined) state.keep(next);
    else {
      const pendingSince = parts.clock().toISOString();
      const grounds = groundsIn(regime.standing, expiresAt);
      const pending = { ...changePoint, ...ruledOf(state, parts), grounds };
      const changes = { ...next.changes, pending, pendingSince };
      if (!(await state.write(regime, { ...next, changes }))) continue;
      progress.changePoints++;
      await storePending(state.head, parts);
    }
    regime.accept(reset, regimeAfter);
  }
}

/** What the rules say of a change point that is found now. */
function ruledOf(
  { head }: LookState,
  { seriesRules, clock }: LookParts,
): Pick<SeriesChangePoint, 'rule' | 'muted'> {
  const { rule } = seriesRules.optionsWith(head.options);
  return { ...(rule !== undefined && { rule }), ...(seriesRules.isMutedAt(clock()) && { muted: true }) };
}

/** Stores the chunks that the regime can have, and deletes those that belong to no chain. */
async function storeChunks(regime: Regime, state: LookState, parts: LookParts): Promise<void> {
  const { seriesId } = state.head;
  const { chunks, last } = planChunks(seriesId, regime, state.last, parts.regimeLimits, parts);
  const slots = new Set(chunks.map(({ slot }) => slot));
  const deleted = [...new Set(state.strays)].filter((slot) => !slots.has(slot));
  if (chunks.length + deleted.length === 0) return;
  const isStored = await parts.chunks.write(seriesId, chunks, deleted);
  if (isStored && last?.id !== state.last?.id) await state.endorse(last);
}

/**
 * Ends a look for which no event is new. If some came late or again, the HEAD is moved, so that other instances read the regime again. What is
 * pending in the HEAD is stored, and taken out. Otherwise a remembered HEAD must still be the stored one: if someone deleted it, the series is
 * tested anew, and no event is late.
 *
 * @throws HeadMovedError if it is not
 */
async function nothingNew({ read }: LookStart, state: LookState, parts: LookParts): Promise<void> {
  // No instance remembers a series without a HEAD. Deleting its events must not make one.
  if (state.head.version === notStored) return;
  if (state.news.again.length > 0 || state.head.pending !== undefined) return state.moveWithoutTests();
  if (read === 'cold') return;
  const { seriesId, version, writeId } = state.head;
  const stored = await parts.changePoints.head(seriesId);
  if (version !== stored.version || writeId !== stored.writeId)
    throw new HeadMovedError(`the stored HEAD is not the remembered one of version ${version}`, stored);
}
