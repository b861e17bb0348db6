// Plain JavaScript, because an old Node cannot even read the TypeScript that would say this.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `crm-federation needs Node 22.19 or newer and runs on ${process.versions.node}: run "npm ci" (on Linux and Windows it brings Node 24) and start it with "npm start", or install Node 24.\n`,
  );
  process.exit(1);
}
