import { recorderHandler } from './recorder.ts';

export const handler = recorderHandler(process.env);
