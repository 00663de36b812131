// Owns a local AWS in a process of its own, so that a test can kill it: `node owner.ts <state folder>`.
import { startCloud } from './cloud.ts';
import { grantsTable } from './cloud.ts';

const { endpoint } = await startCloud({}, { stateDir: process.argv[2] ?? '', tables: [grantsTable] });
console.log(endpoint);
