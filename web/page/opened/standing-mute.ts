import type { Mute } from '../../wire.ts';

/** A browser's timer runs for no longer, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/**
 * Whether a mute still stands.
 *
 * @param onEnd - called when the one that was asked for last ends
 * @returns a function that gives a mute back while it stands
 */
export function standingMute(onEnd: () => void): (mute: Mute | undefined) => Mute | undefined {
  let ending: ReturnType<typeof setTimeout> | undefined;
  return (mute) => {
    clearTimeout(ending);
    const left = mute === undefined ? 0 : Date.parse(mute.until) - Date.now();
    if (!(left > 0)) return undefined;
    ending = setTimeout(onEnd, Math.min(left, longestTimer));
    return mute;
  };
}
