// One direction between folders, too, within the rooms as between them. Tests and their helpers may look from anywhere.
const { options } = require('./.dependency-cruiser.cjs');

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles-of-folders', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
  ],
  options: {
    ...options,
    exclude: { path: '\\.test\\.ts$|testing\\.ts$|/testing/|^system/faults/|^node_modules|^node:' },
  },
};
