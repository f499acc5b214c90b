import type { detectChangePoints } from '@aed/core';

/** @param document - the page's document, or a test's replacement for it */
export function watchPage(document: object, detect: typeof detectChangePoints): void;
