import { detectorHandler } from './detector.ts';

export const handler = detectorHandler(process.env);
