/** A project that compiles a module with `@aed/core` and runs what comes out. */
export interface CoreProject {
  readonly name: string;
  /** Versions of TypeScript, each of which must do. */
  readonly compilers: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  /** The source, and what the compiler makes of it. */
  readonly source: string;
  readonly compiled: string;
}

/** The oldest that is supported; the last two that know the old ways of resolution; that of the repository. */
const [oldest, five, six, newest] = ['4.9.5', '5.9.3', '6.0.3', '7.0.2'] as const;

export const jestVersion = '29.7.0';

/** Projects of all kinds that there are: how modules are found and what they become. */
export const coreProjects: readonly CoreProject[] = [
  {
    name: 'node10',
    compilers: [oldest, five],
    options: { module: 'commonjs', moduleResolution: 'node' },
    source: 'use.ts',
    compiled: 'use.js',
  },
  {
    name: 'node16, CommonJS',
    compilers: [oldest, five, six, newest],
    options: { module: 'node16', moduleResolution: 'node16' },
    source: 'use.cts',
    compiled: 'use.cjs',
  },
  {
    name: 'node16, ES module',
    compilers: [oldest, five, six, newest],
    options: { module: 'node16', moduleResolution: 'node16' },
    source: 'use.mts',
    compiled: 'use.mjs',
  },
  {
    name: 'bundler',
    compilers: [five, six, newest],
    options: { module: 'esnext', moduleResolution: 'bundler' },
    source: 'use.ts',
    compiled: 'use.js',
  },
];

/** What each of them compiles. */
export const coreUse = `import { AedDetector, type ChangePoint, type DetectorState, detectChangePoints } from '@aed/core';

const series = [...Array<number>(20).fill(0), ...Array<number>(20).fill(5)];
const detector = new AedDetector({ practicalThreshold: 2 });
const found: ChangePoint[] = [];
for (const value of series) {
  const change = detector.push(value);
  if (change !== undefined) found.push(change);
}
const state: DetectorState = detector.toJSON();
const whole = detectChangePoints(series, state.options);
if (JSON.stringify(found) !== JSON.stringify(whole)) throw new Error('the stream must give what the series gives');
console.log(\`changed at \${found[0]?.changedAt}\`);
// @ts-expect-error: were the types lost on the way, this would pass
export const direction: ChangePoint['direction'] = 'sideways';
`;

/** The same, as a test of Jest, which takes CommonJS. */
export const jestUse = `const { detectChangePoints } = require('@aed/core');
test('finds a change', () => {
  const [found] = detectChangePoints([...Array(20).fill(0), ...Array(20).fill(5)]);
  expect(found.changedAt).toBe(20);
});
`;
