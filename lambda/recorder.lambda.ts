import { recorderHandler } from './recorder/recorder.ts';
import { telemetry } from './telemetry.ts';

export const handler = recorderHandler(process.env, telemetry());
