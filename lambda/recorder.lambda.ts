import { recorderHandler } from './recorder.ts';
import { telemetry } from './telemetry.ts';

export const handler = recorderHandler(process.env, telemetry());
