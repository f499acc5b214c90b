/**
 * The numbers of shards to deploy one after the other, from those that there are to those that are wanted.
 *
 * In one update Kinesis at most doubles or halves the open shards. It allows ten updates of a stream in 24 hours.
 * Source: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html
 */
export function shardSteps(now: number, wanted: number): readonly number[] {
  const steps: number[] = [];
  for (let shards = now; shards !== wanted; steps.push(shards)) {
    shards = wanted > shards ? Math.min(2 * shards, wanted) : Math.max(Math.ceil(shards / 2), wanted);
  }
  return steps;
}

/**
 * Refuses at synth what Kinesis would refuse in the middle of a deployment, if the number of shards now is given.
 *
 * @throws RangeError naming the steps that lead there
 */
export function refuseTooManyAtOnce(shards: number | 'on-demand', now: number | 'unknown'): void {
  if (shards === 'on-demand' || now === 'unknown') return;
  const steps = shardSteps(now, shards);
  if (steps.length < 2) return;
  throw new RangeError(
    `shards must be an integer from ${Math.ceil(now / 2)} to ${2 * now} where shardsNow is ${now}, got '${shards}': ` +
      `Kinesis doubles or halves them at most. Deploy ${steps.join(', then ')}, each with the shardsNow of then`,
  );
}
