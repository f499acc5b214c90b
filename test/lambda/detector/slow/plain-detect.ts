import { nameChangePoint } from '../../../../lambda/change-point.ts';
import { farthest } from '../../../../lambda/detector/farthest.ts';
import type { DetectedSeries, DetectorParts } from '../../../../lambda/detector/look-parts.ts';
import { isAfter, newsOf } from '../../../../lambda/detector/news.ts';
import { memoryIn, storedMemory } from '../../../../lambda/detector/regime-memory.ts';
import { storePending } from '../../../../lambda/notify/store-pending.ts';
import { processingLimits } from '../../../../lambda/processing-limits.ts';
import { notStored } from '../../../../lambda/tables/head.ts';
import type { Wave } from '../../../../lambda/tables/wave.ts';
import { PlainRegime } from './plain-regime.ts';

/** A detector without any cache: each look reads the whole regime from the events table. It is alone. */
export async function plainDetect(
  seriesId: string,
  waves: readonly Wave[],
  parts: Omit<DetectorParts, 'chunks' | 'remembered' | 'regimeLimits'>,
): Promise<DetectedSeries> {
  const stored = await parts.changePoints.head(seriesId);
  let head = await storePending(stored, parts);
  const arrived = newsOf(waves, head);
  const { newest, again, tested: news, late, ahead } = arrived;
  const testedBefore = head.testedThrough;
  let [changePoints, fresh] = [0, 0];
  const end = newest && farthest(newest, head.regimeAfter, arrived);
  const all = await parts.events.readNewest(seriesId, head.regimeAfter, 100_000, end);
  // What is closed beyond the news is tested with it.
  const beyond = (all?.waves ?? [])
    .filter(({ closing, oldest }) => newest && isAfter(closing, newest) && isAfter(oldest, testedBefore))
    .slice(0, processingLimits.aheadWaves - ahead.length);
  const through = beyond.at(-1)?.closing ?? newest;
  if (newest === undefined || through === undefined || !isAfter(through, testedBefore)) {
    const isKnown = stored.version !== notStored;
    if (isKnown && (again.length > 0 || head !== stored))
      await parts.changePoints.moveHead(head, { ...head, ahead });
    return { tested: news, again: news, late, changePoints };
  }
  const rules = (await parts.rules.current()).of(seriesId);
  const { options, rule } = rules.optionsWith(head.options);
  const regime = new PlainRegime(head.testedThrough, options, memoryIn(head));
  const events = (all?.events ?? []).filter(({ eventKey }) => !isAfter(eventKey, through));
  const tested = news + events.filter(({ eventKey }) => isAfter(eventKey, newest)).length;
  for (const event of events) {
    if (isAfter(event.eventKey, testedBefore)) fresh++;
    const reset = regime.add(event);
    if (reset === undefined) continue;
    const { regimeAfter, testedThrough, found, memory } = reset;
    const moved = { ...head, regimeAfter, testedThrough, memory: storedMemory(memory) };
    if (found === undefined) {
      head = await parts.changePoints.moveHead(head, moved);
      continue;
    }
    const first = reset.events.at(0)?.expiresAt;
    const grounds = {
      ...(first !== undefined && { expiresAt: first }),
      ...(head.regimeAfter !== undefined && { after: head.regimeAfter }),
      ...(head.memory && { memory: head.memory }),
    };
    const named = nameChangePoint(found, seriesId, reset.events, reset.start, options);
    const pending = {
      ...named,
      ...(rule !== undefined && { rule }),
      ...(rules.isMutedAt(parts.clock()) && { muted: true as const }),
      grounds,
    };
    const pendingSince = parts.clock().toISOString();
    head = await parts.changePoints.moveHead(head, { ...moved, pending, pendingSince });
    changePoints++;
    head = await storePending(head, parts);
  }
  await parts.changePoints.moveHead(head, {
    ...head,
    testedThrough: through,
    ahead: [...ahead, ...beyond.flatMap(({ id }) => id ?? [])],
  });
  const unseen = Math.max(0, tested - fresh);
  return { tested, again: unseen, late, changePoints, regimeLength: regime.length, newest: through };
}
