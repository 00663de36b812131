// Plain JavaScript, so that an old Node can read it: `npm start` runs TypeScript as it is, which needs Node 24.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `gatehouse: Node 24 or newer is needed, this is ${process.version}. Install it from https://nodejs.org`,
  );
  process.exit(1);
}
