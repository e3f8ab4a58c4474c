// Whether this process can do its work. Each part adds a check; readiness asks them all at the same time.

const CHECK_TIMEOUT_MS = 2_000;

/** null = fine, else in words why not. A check that throws or takes longer than 2 s counts as failed. */
export type HealthCheck = () => Promise<string | null>;

export type Readiness = { ready: boolean; reasons: Record<string, string> };

export type Health = {
  add(name: string, check: HealthCheck): void;
  readiness(): Promise<Readiness>;
};

async function runCheck(check: HealthCheck): Promise<string | null> {
  const timeout = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  const tooLate = new Promise<string>((resolve) => {
    timeout.addEventListener('abort', () => resolve(`no answer within ${CHECK_TIMEOUT_MS} ms`), {
      once: true,
    });
  });
  try {
    return await Promise.race([check(), tooLate]);
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
}

/** An empty list of checks is ready. */
export function createHealth(): Health {
  const checks = new Map<string, HealthCheck>();
  return {
    add(name, check) {
      if (checks.has(name)) throw new Error(`Health check "${name}" was added twice; names must differ`);
      checks.set(name, check);
    },
    async readiness() {
      const results = await Promise.all(
        [...checks].map(async ([name, check]) => ({ name, reason: await runCheck(check) })),
      );
      const reasons: Record<string, string> = {};
      for (const { name, reason } of results) if (reason !== null) reasons[name] = reason;
      return { ready: Object.keys(reasons).length === 0, reasons };
    },
  };
}
