import { type IntegerRule, integerFromText, integerSettings } from '../lambda/settings.ts';
import { limits } from './limits.ts';

const { recorder, detector } = limits;
/** What Lambda allows a mapping of a stream. */
const batchWindowSeconds = { least: 0, most: 300 };
const parallelizationFactor = { least: 1, most: 10 };

/** The settings that are whole numbers: the stack's, and those that the functions get. */
export const integers = {
  shards: { least: 1, most: 10_000, byDefault: 1 },
  streamRetentionHours: { least: 24, most: 8_760, byDefault: limits.streamRetentionHours },
  recorderBatchWindowSeconds: { ...batchWindowSeconds, byDefault: recorder.mapping.batchWindowSeconds },
  recorderParallelizationFactor: {
    ...parallelizationFactor,
    byDefault: recorder.mapping.parallelizationFactor,
  },
  detectorBatchWindowSeconds: { ...batchWindowSeconds, byDefault: detector.mapping.batchWindowSeconds },
  detectorParallelizationFactor: {
    ...parallelizationFactor,
    byDefault: detector.mapping.parallelizationFactor,
  },
  ...integerSettings,
} as const satisfies Record<string, IntegerRule>;

export type IntegerSetting = keyof typeof integers;

/**
 * The number, or the default without one.
 *
 * @throws RangeError naming the setting, its bounds and the value
 */
export function checkedInteger(name: IntegerSetting, value: string | number | undefined): number {
  return integerFromText(name, value === undefined ? undefined : String(value), integers[name]);
}
