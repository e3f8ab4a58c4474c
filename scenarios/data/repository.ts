// Where the project's own programs and the runs lie.
import { join } from 'node:path';

export const repositoryRoot = join(import.meta.dirname, '../..');
