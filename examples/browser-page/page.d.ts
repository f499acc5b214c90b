import type { detectChangePoints } from '@aed/core';

/** @param document - of the page, or a stand-in for it */
export function watchPage(document: object, detect: typeof detectChangePoints): void;
