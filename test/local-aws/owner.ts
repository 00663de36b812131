// Owns a local AWS in a process of its own, so that a test can kill it: `node owner.ts <spec as JSON>`.
import type { AwsSpec } from '../../local/aws/start.ts';
import { startAws } from '../../local/aws/start.ts';

const spec = JSON.parse(process.argv[2] ?? '') as Omit<AwsSpec, 'log'>;
const { endpoint } = await startAws({ ...spec, log: console.error });
console.log(endpoint);
