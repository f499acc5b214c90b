import type { Direction, ResolvedOptions } from '@aed/core';
import type { RegimeMemory } from '../../../core/src/regime-test.ts';
import { addMoves, type Moves, noMoves, rareMove } from '../../../core/src/scan/dependence/moves.ts';
import type { PlainRegime } from './plain-regime.ts';

/** A leap by its definition: all medians by sorting, all blocks each time. */
export function isPlainLeap({ options, values, memory }: PlainRegime, t: number, way: Direction): boolean {
  const T = values.length;
  if (T - t > 128) return false;
  const window = windowOf(options);
  const rise = median(values.slice(T - window)) - median(values.slice(t - window, t));
  const excess = (way === 'up' ? rise : -rise) - options.practicalThreshold;
  const moves = withEarlier(newest(noMoves, values.slice(0, t), window), memory, window);
  return excess > 0 && excess > rareMove(moves, options.falseAlarmEvery);
}

/** What the regime after this one is told. */
export function plainLeapMemory(
  values: readonly number[],
  end: number,
  split: number,
  options: ResolvedOptions,
  memory: RegimeMemory | undefined,
): RegimeMemory {
  const window = windowOf(options);
  let moves = noMoves;
  for (const block of wholeBlocks(values.slice(split, end))) moves = addMoves(moves, movesOf(block, window));
  const { blocks, sum, squares } = withEarlier(newest(moves, values.slice(0, split), window), memory, window);
  return [window, blocks, sum, squares];
}

const windowOf = ({ minimumLength }: ResolvedOptions) => Math.min(16, minimumLength);

function wholeBlocks(values: readonly number[]): number[][] {
  const count = Math.floor(values.length / 128);
  return Array.from({ length: count }, (_, block) => values.slice(128 * block, 128 * block + 128));
}

/** With the blocks of some values, the newest first, until there are sixteen. */
function newest(moves: Moves, values: readonly number[], window: number): Moves {
  return wholeBlocks(values)
    .reverse()
    .reduce((sum, block) => (sum.blocks < 16 ? addMoves(sum, movesOf(block, window)) : sum), moves);
}

function withEarlier(moves: Moves, memory: RegimeMemory | undefined, window: number): Moves {
  const [own, blocks = 0, sum = 0, squares = 0] = memory?.slice(-4) ?? [];
  const room = 16 - moves.blocks;
  if (own !== window || blocks === 0 || room <= 0) return moves;
  return addMoves(moves, { blocks, sum, squares }, Math.min(1, room / blocks));
}

function movesOf(block: readonly number[], window: number): Moves {
  const count = Math.floor(block.length / window);
  const medians = Array.from({ length: count }, (_, part) =>
    median(block.slice(window * part, window * (part + 1))),
  );
  const move = Math.min(1e150, Math.max(...medians) - Math.min(...medians));
  return { blocks: 1, sum: move, squares: move * move };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [lower = 0, upper = 0] = [
    sorted[Math.ceil(sorted.length / 2) - 1],
    sorted[Math.floor(sorted.length / 2)],
  ];
  if (lower === upper) return lower;
  return Number.isFinite(lower + upper) ? (lower + upper) / 2 : lower / 2 + upper / 2;
}
