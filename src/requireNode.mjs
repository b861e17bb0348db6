// Plain JavaScript, because an old Node cannot even read the TypeScript that would say this.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `crm-federation needs Node 22.19 or newer and runs on ${process.versions.node}: install Node 26. In a checkout on Linux or Windows "npm ci" brings it, for "npm start".\n`,
  );
  process.exit(1);
}
