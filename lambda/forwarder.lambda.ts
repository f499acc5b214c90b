import { forwarderHandler } from './forwarder/forwarder.ts';
import { telemetry } from './telemetry.ts';

export const handler = forwarderHandler(process.env, telemetry());
