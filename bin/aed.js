#!/usr/bin/env node
// Starts the command-line tool from its sources, in any folder. They are TypeScript, which Node 20 cannot run itself.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
await import('./aed.ts');
