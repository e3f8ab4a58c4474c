// The child's side of a bench program: takes jobs over IPC, one after the other, and answers each.
import type { JobAnswer, JobMessage } from './bench-program.ts';

/** Answers every job with what `work` gives; ends with the parent. */
export function serveJobs<Job>(work: (job: Job) => Promise<unknown> | unknown): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', async ({ id, job }: JobMessage) => {
    let answer: JobAnswer;
    try {
      answer = { id, result: await work(job as Job) };
    } catch (error) {
      answer = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.send?.(answer);
  });
}
