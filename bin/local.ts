/** `npm start`: synthesizes the stack and runs it on this machine, with no AWS account. */
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(`gatehouse: Node ${process.versions.node} is too old: install Node 24 or later\n`);
  process.exit(1);
}
const { run } = await import('../local/run.ts');
await run(process.argv.slice(2));

export {};
