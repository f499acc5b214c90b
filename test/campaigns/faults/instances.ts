import type { Agent } from 'node:http';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import type { RegimeLimits } from '../../../lambda/regime/regime-limits.ts';
import type { Environment } from '../../../lambda/settings.ts';
import { realSurroundings, type Surroundings } from '../../../lambda/surroundings.ts';
import type { Backend } from '../../../local/backend.ts';
import type { Call, Instance } from './call.ts';
import { damageChunk } from './damage-chunk.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { PassingTime } from './passing-time.ts';
import { type FaultyProxy, startProxy } from './proxy.ts';
import type { FaultKind } from './schedule.ts';

/** The instance died during the invocation. */
class InstanceDiedError extends Error {
  override readonly name = 'InstanceDiedError';
}

type Handle<Event, Result> = (event: Event) => Promise<Result>;

/** One invocation. It has no result if it failed. */
export interface Invocation<Event, Result> {
  readonly event: Event;
  readonly instance: Instance;
  readonly invocation: number;
  readonly result?: Result;
}

export interface FunctionParts<Event, Result> {
  readonly name: string;
  /** Creates the handler of a new instance, with clients of its own. */
  readonly create: (environment: Environment, surroundings: Surroundings) => Handle<Event, Result>;
  readonly plan: FaultPlan;
}

/** The parts that all functions of a run share. */
export interface Surface {
  readonly backend: Backend;
  readonly environment: Environment;
  readonly agent: Agent;
  readonly time: PassingTime;
  /** What every call to the topic meets, while it is down. */
  readonly topic: { down?: FaultKind | undefined };
  /** Every call of every instance, in the order in which the proxies received them. */
  readonly log: Call[];
  readonly regimeLimits: RegimeLimits;
}

interface Running<Event, Result> extends Instance {
  readonly proxy: FaultyProxy;
  readonly handle: Handle<Event, Result>;
  readonly death: Promise<never>;
  invocations: number;
}

/**
 * A function as Lambda runs it. Each concurrent invocation has an instance, which is reused until it dies.
 */
export class Instances<Event, Result> {
  readonly #parts: FunctionParts<Event, Result>;
  readonly #surface: Surface;
  readonly #all: Running<Event, Result>[] = [];
  readonly #idle: Running<Event, Result>[] = [];
  readonly invocations: Invocation<Event, Result>[] = [];

  constructor(parts: FunctionParts<Event, Result>, surface: Surface) {
    this.#parts = parts;
    this.#surface = surface;
  }

  get count(): number {
    return this.#all.length;
  }

  /** @throws what the handler throws; InstanceDiedError if its instance dies before it has answered */
  readonly invoke = async (event: Event): Promise<Result> => {
    const running = this.#idle.pop() ?? (await this.#start());
    const invocation = ++running.invocations;
    running.proxy.invocation = invocation;
    try {
      const result = await Promise.race([running.handle(event), running.death]);
      this.invocations.push({ event, instance: running, invocation, result });
      return result;
    } catch (error) {
      this.invocations.push({ event, instance: running, invocation });
      // Its calls under way end before the retry: Lambda takes longer to notice a death than DynamoDB to end a call.
      if (running.died) await running.proxy.quiet();
      throw error;
    } finally {
      this.#surface.time.ended(running);
      if (running.alive) this.#idle.push(running);
    }
  };

  /** Resolves when all calls are over, including those of dead instances. */
  async quiet(): Promise<void> {
    await Promise.all(this.#all.map(({ proxy }) => proxy.quiet()));
  }

  /** Ends all instances. Resolves when all their calls are over. */
  async close(): Promise<void> {
    for (const running of this.#all) running.alive = false;
    await Promise.all(this.#all.map(({ proxy }) => proxy.close()));
  }

  async #start(): Promise<Running<Event, Result>> {
    const { name, create, plan } = this.#parts;
    const { backend, environment, agent, time, topic, log, regimeLimits } = this.#surface;
    const instance: Instance = { name: `${name} ${this.#all.length + 1}`, alive: true, died: false };
    let die: (error: Error) => void = () => {};
    const death = new Promise<never>((_, reject) => {
      die = reject;
    });
    death.catch(() => {});
    const running = Object.assign(instance, { invocations: 0, death });
    const proxy = await startProxy(instance, backend.endpoints, agent, {
      fault: (call) => plan.next(call) ?? (call.target === 'publish' ? topic.down : undefined),
      damage: (kind, body) => damageChunk(kind, body, backend.clients.dynamoDb),
      received(call) {
        log.push(call);
        time.received(call);
      },
      effective: (call) => time.effective(call),
      died() {
        time.ended(instance);
        die(new InstanceDiedError(`${instance.name} died`));
      },
    });
    const handle = create(
      {
        ...environment,
        AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
        AWS_ENDPOINT_URL_SNS: proxy.endpoint,
        AWS_ENDPOINT_URL_S3: proxy.endpoint,
      },
      {
        ...realSurroundings,
        clock: time.clock,
        backoff: { wait: (milliseconds) => time.wait(milliseconds, instance), random: () => 1 },
        // No deadline: simulated time must not end an invocation of a living instance.
        deadline: () => new AbortController().signal,
        regimeLimits,
        retryStrategy: new ConfiguredRetryStrategy(processingLimits.sdkAttempts, 0),
      },
    );
    const started = Object.assign(running, { proxy, handle });
    this.#all.push(started);
    return started;
  }
}
