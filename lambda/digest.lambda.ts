import { digestHandler } from './digest/digest.ts';
import { telemetry } from './telemetry.ts';

export const handler = digestHandler(process.env, telemetry());
