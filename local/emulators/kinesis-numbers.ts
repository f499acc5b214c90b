import { createHash } from 'node:crypto';
import type { KinesisNumbers, SequencePieces } from 'kinesalite/db/index.js';

/** Hexadecimal digits of a sequence number in the version that kinesalite makes: it starts and ends with a 2. */
const sequenceDigits = 47;
/** kinesalite refuses times from this second on. */
const latestSecond = 16_025_175_000;

/**
 * Makes kinesalite work out hash keys and sequence numbers with native big integers, in place of bignumber.js: for every record that took
 * more than half of its processor time. The numbers are the same.
 */
export function useNativeNumbers(numbers: KinesisNumbers): void {
  const { parseSequence, stringifySequence } = numbers;

  numbers.partitionKeyToHashKey = (partitionKey) => {
    const hash = BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
    return { comparedTo: (other) => compare(hash, BigInt(other)) };
  };

  numbers.stringifySequence = (pieces) => {
    if (pieces.version !== undefined && pieces.version !== 2) return stringifySequence(pieces);
    const { shardCreateTime, seqIx = 0, byte1 = '00', seqTime = shardCreateTime, shardIx = 0 } = pieces;
    const digits = [
      '2',
      hex(Math.floor(shardCreateTime / 1000), 9),
      shardIx.toString(16).slice(-1),
      hex(BigInt(seqIx ?? 0), 16),
      byte1,
      hex(Math.floor((seqTime || shardCreateTime) / 1000), 9),
      hex(shardIx, 8),
      '2',
    ];
    return BigInt(`0x${digits.join('')}`).toString();
  };

  numbers.parseSequence = (sequenceNumber) => {
    const digits = BigInt(sequenceNumber).toString(16);
    const isOwn = digits.length === sequenceDigits && digits.startsWith('2') && digits.endsWith('2');
    const createdSecond = Number.parseInt(digits.slice(1, 10), 16);
    const [seqIx, shardIx] = [digits.slice(11, 27), digits.slice(38, 46)];
    // What kinesalite refuses, or takes for a negative number, is left to it.
    if (!isOwn || seqIx >= '8' || shardIx >= '8' || createdSecond >= latestSecond)
      return parseSequence(sequenceNumber);
    return {
      shardCreateTime: createdSecond * 1000,
      seqIx: BigInt(`0x${seqIx}`).toString(),
      byte1: digits.slice(27, 29),
      seqTime: Number.parseInt(digits.slice(29, 38), 16) * 1000,
      shardIx: Number.parseInt(shardIx, 16),
      version: 2,
    } satisfies SequencePieces;
  };
}

function hex(value: number | bigint, digits: number): string {
  return value.toString(16).padStart(digits, '0').slice(-digits);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
