#!/usr/bin/env node
// Starts the command-line tool from its sources, from any folder: these are TypeScript, which Node 20 does not read itself.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
await import('./aed.ts');
