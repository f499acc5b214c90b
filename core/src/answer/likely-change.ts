import type { ChangeKind } from '../change-point.ts';
import type { LikelyPlace } from './place.ts';

/** Where a regime changed, and how. */
export interface LikelyChange {
  readonly place: LikelyPlace;
  readonly kind: ChangeKind;
}
