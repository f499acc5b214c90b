import type { TableCall } from '../../../bench/detector/table-call.ts';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import type { DetectedSeries } from '../../../lambda/detector/look-parts.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { regimeLimits as deployed } from '../../../lambda/regime/regime-limits.ts';
import type { Wave } from '../../../lambda/tables/wave.ts';
import { KeptEvents } from './interleavings/kept-events.ts';
import { newWorld, seriesId, type World } from './interleavings/world.ts';

/** Chunks of few points, made as soon as they can be. */
const small = { ...deployed, chunkPoints: 10, newestPoints: 5, leastLifeMs: 0 };

/** A look, with the calls of the tables that it made. */
type Look = (...waves: readonly Wave[]) => Promise<DetectedSeries & { readonly calls: readonly string[] }>;

/** A series whose events a test stores wave by wave, and at which instances of the detector look. */
export class LookedAtSeries {
  readonly world: World;
  readonly events: KeptEvents;
  /** Milliseconds since the first event. */
  age = 0;
  #calls: TableCall[] = [];

  constructor({ maxRegimeLength = 10_000 } = {}) {
    const start = Date.parse('2026-01-01T00:00:00Z');
    this.world = newWorld(
      { maxRegimeLength },
      () => new Date(start + this.age),
      (call) => {
        this.#calls.push(call);
        return undefined;
      },
    );
    this.events = new KeptEvents([this.world], start);
  }

  /** Stores the next events as a wave. */
  wave(count: number, level = 0): Wave {
    return this.closed(this.events.add(count, level));
  }

  closed(keys: readonly string[]): Wave {
    const [wave] = this.events.close(keys);
    if (wave === undefined) throw new Error('a wave must have events');
    return wave;
  }

  /** An instance that remembers nothing yet. */
  instance(replaced: Partial<World['parts']> = {}, limits: Partial<typeof small> = {}): Look {
    const regimeLimits = { ...small, ...limits };
    const remembered = new RememberedRegimes(regimeLimits, () => 0);
    return async (...waves) => {
      this.#calls = [];
      const parts = { ...this.world.parts, remembered, regimeLimits, ...replaced };
      const found = await detectSeries(seriesId, waves, parts);
      return { ...found, calls: this.#calls.map(({ operation }) => operation) };
    };
  }

  /** Puts a HEAD in the place of the stored one. An attribute that is `undefined` goes. */
  editHead(edits: object): void {
    const { items } = this.world;
    const head = this.world.head() ?? {};
    const edited = Object.entries({ ...head, ...edits }).filter(([, value]) => value !== undefined);
    items.splice(items.indexOf(head), 1, Object.fromEntries(edited));
  }

  /** The slots of the chunks in the table. */
  get slots(): readonly number[] {
    const keys = this.world.items.map(({ sortKey }) => sortKey?.S ?? '');
    return keys.filter((key) => key.startsWith('HEAD#')).map((key) => Number(key.slice('HEAD#'.length)));
  }

  /** Takes a chunk away. */
  deleteChunk(slot: number): void {
    const { items } = this.world;
    items.splice(
      items.findIndex(({ sortKey }) => sortKey?.S === `HEAD#${String(slot).padStart(5, '0')}`),
      1,
    );
  }
}
