// `npm run stack -- up` and `down`: services that outlive the command, and their end.
import { endProcess } from '../programs/ending.ts';
import { removeRecord, runningRecords } from '../programs/program-records.ts';
import { endOrphans } from '../programs/programs.ts';
import { StackError } from '../programs/stack-error.ts';
import { stampedeHome } from '../programs/state-directory.ts';
import { lockOrWait } from '../programs/wait-for-lock.ts';
import { bringUpServices, type Services, type StackOptions, stopServices } from '../services/stack.ts';
import { SERVICE_NAMES } from '../services/stack-service.ts';
import { type LeftService, leftServices, notedServices, writeLeftServices } from '../services/stack-state.ts';

/** Brings the services up and leaves them running; those that run already stay as they are. Gives all. `wait`: for another run. */
export async function leaveUp({
  wait = false,
  ...options
}: StackOptions & { wait?: boolean } = {}): Promise<Services> {
  const home = options.home ?? stampedeHome();
  const lock = await lockOrWait('stack up', {
    wait,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  try {
    refuseOtherBrokerCount(home, options.brokerCount);
    const services = await bringUpServices(options);
    try {
      const before = leftServices(home);
      const now: LeftService[] = services.started.map(({ url, service, programs }) => ({
        url,
        service: { ...service, origin: 'stack-up' },
        programs: programs.map(({ record }) => ({ ...record, owner: 'stack' })),
      }));
      const replaced = new Set(now.map(({ service }) => service.name));
      const kept = [...SERVICE_NAMES, 'opensearch' as const].flatMap((name) =>
        replaced.has(name) ? [] : (before[name] ?? []),
      );
      writeLeftServices(home, [...kept, ...now]);
    } catch (error) {
      await stopServices(services.started);
      throw error;
    }
    for (const { programs } of services.started) for (const program of programs) program.leaveToStack();
    return services;
  } finally {
    lock.release();
  }
}

/** Ends what `up` started, and what killed runs left. Gives the names of what was ended. */
export async function takeDown(home = stampedeHome()): Promise<string[]> {
  const orphans = await endOrphans(home);
  const left = [
    ...notedServices(home).flatMap(({ programs }) => programs),
    ...runningRecords(home).filter(({ owner }) => owner === 'stack'),
  ];
  const byPid = new Map(left.map((record) => [record.process.pid, record]));
  const running = runningRecords(home).filter(({ process: { pid } }) => byPid.has(pid));
  await Promise.all(
    running.map(async (record) => {
      await endProcess({ process: record.process, signal: record.stopSignal, graceMs: record.graceMs });
      removeRecord(home, record);
    }),
  );
  writeLeftServices(home, []);
  return [...orphans, ...running].map(({ name }) => name).sort();
}

function refuseOtherBrokerCount(home: string, wanted: number | undefined): void {
  const kafka = leftServices(home).kafka;
  const found = Number(kafka?.service.settings.brokers);
  if (wanted === undefined || kafka === undefined || found === wanted) return;
  throw new StackError(
    `Kafka is up with ${found} broker(s); ${wanted} are wanted. End the stack first: npm run stack -- down`,
  );
}
