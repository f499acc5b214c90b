import { detectorHandler } from './detector/detector.ts';
import { telemetry } from './telemetry.ts';

export const handler = detectorHandler(process.env, telemetry());
