import type { SettingValues } from './settings-table.ts';

type ShardSettings = Pick<
  SettingValues,
  'shards' | 'recorderParallelizationFactor' | 'recorderReservedConcurrency'
>;

/**
 * Lambda starts an invocation for each shard, times the parallelization factor. With fewer in reserve some shard would always wait.
 *
 * @throws RangeError if there are fewer in reserve
 */
export function refuseTooFewReserved(settings: ShardSettings): void {
  const { shards, recorderParallelizationFactor, recorderReservedConcurrency: reserved } = settings;
  if (reserved === 'unreserved' || shards === 'on-demand') return;
  const needed = shards * recorderParallelizationFactor;
  if (reserved >= needed) return;
  throw new RangeError(
    `recorderReservedConcurrency must be at least shards · recorderParallelizationFactor (${needed}), got '${reserved}'`,
  );
}
