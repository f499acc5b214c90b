import type { ResolvedOptions } from '../options.ts';

/** What a scan looks for. */
export type ScanOptions = Pick<
  ResolvedOptions,
  | 'practicalThreshold'
  | 'falseAlarmEvery'
  | 'minimumLength'
  | 'startup'
  | 'dependence'
  | 'restlessAfter'
  | 'period'
>;
