import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/** A headless Chromium that needs no graphics card and asks the network for nothing. */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...flags,
    ],
  });
}
