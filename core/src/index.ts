export type { ChangeKind, ChangePoint, Direction, Interval, Level } from './change-point.ts';
export type { Dependence } from './current/dependence.ts';
export type { CurrentEvidence } from './current/evidence.ts';
export type { CurrentLevel } from './current/level.ts';
export { detectChangePoints } from './detect-change-points.ts';
export { AedDetector } from './detector.ts';
export type { DetectorState } from './detector-state.ts';
export type { MaybeMissing, MissingValues } from './gaps/missing.ts';
export { mannKendallTest, type TrendResult } from './mann-kendall.ts';
export { falseAlarmProbability } from './mpp/false-alarm-probability.ts';
export { alphaAt, falseAlarmEveryAt } from './mpp/mpp-alpha.ts';
export { type MppResult, mppTest } from './mpp-test.ts';
export type { OptionRow, OptionsAbove } from './option-row.ts';
export { type OptionTexts, optionsFromText, optionsToText } from './option-texts.ts';
export {
  type DetectorOptions,
  type OptionName,
  optionTable,
  type ResolvedOptions,
  resolveOptions,
} from './options.ts';
export { pValueAt, statisticAt } from './p-value.ts';
export { RegimeEvidence } from './regime-evidence.ts';
export type { Evidence, RegimeMemory, TestResult } from './regime-test.ts';
export { type ScanResult, scanTest } from './scan-test.ts';
export { phaseAt } from './seasons/phase-at.ts';
export { type Segment, segments } from './segments.ts';
export type { Trend } from './trend.ts';
