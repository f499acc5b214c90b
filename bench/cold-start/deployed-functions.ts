import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A function as the stack deploys it. */
export interface DeployedFunction {
  /** Its logical id in the template. */
  readonly name: string;
  /** The folder of its bundle. */
  readonly bundle: string;
  /** Its environment variables. A value that only a deployment knows is replaced by its logical id. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The functions of a stack that was synthesized into a folder. */
export function deployedFunctions(output: string, stackName: string): readonly DeployedFunction[] {
  const template = JSON.parse(readFileSync(join(output, `${stackName}.template.json`), 'utf8'));
  return Object.entries<FunctionResource>(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([name, { Properties, Metadata }]) => ({
      name,
      bundle: join(output, Metadata['aws:asset:path']),
      environment: Object.fromEntries(
        Object.entries(Properties.Environment.Variables).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : value.Ref,
        ]),
      ),
    }));
}

interface FunctionResource {
  readonly Type: string;
  readonly Properties: {
    readonly Environment: { readonly Variables: Record<string, string | { Ref: string }> };
  };
  readonly Metadata: { readonly 'aws:asset:path': string };
}

/** The exit code and the output of a process. */
export interface Outcome {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Loads a function's bundle in a process of its own, with only the function's variables, as Lambda does at a cold start.
 *
 * @returns the outcome; its `stdout` is JSON: `milliseconds` of the load, and in `handler` the type of that export
 */
export function loadFunction({ bundle, environment }: DeployedFunction): Promise<Outcome> {
  const url = pathToFileURL(join(bundle, 'index.mjs')).href;
  const script = `
    const start = performance.now();
    const { handler } = await import(${JSON.stringify(url)});
    process.stdout.write(JSON.stringify({ milliseconds: performance.now() - start, handler: typeof handler }));`;
  return run(['--input-type=module', '--eval', script], { ...environment, AWS_REGION: 'eu-central-1' });
}

/** Runs this Node with these arguments and variables. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), stdout, stderr });
    });
  });
}
