// Writes the dashboard's JSON from its plan: node deploy/grafana/write-dashboard.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOut } from './plan/lay-out.ts';
import { PIPELINE } from './plan/pipeline.ts';

const file = join(import.meta.dirname, 'dashboards', 'shop.json');
writeFileSync(file, layOut(PIPELINE));
console.log(`${file} is written.`);
