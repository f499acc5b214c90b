import type { SettingValues } from './settings-table.ts';

type ShardSettings = Pick<
  SettingValues,
  'shards' | 'recorderParallelizationFactor' | 'recorderReservedConcurrency'
>;

/**
 * Checks the reserved concurrency of the recorder. Lambda runs one invocation for each shard, times the parallelization factor: with less in reserve
 * some shard would always wait.
 *
 * @throws RangeError if the reserve is too small
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
