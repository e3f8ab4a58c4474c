// What the operator sees of the cache at one moment.
import type { ComponentChildren } from 'preact';
import { hitRatioOf, memoryText, percentText, turnOf } from '../../../contract/cache-figure-rules.ts';
import type { CacheFigures, ReadCounts } from '../../../contract/cache-figures.ts';

export type Shown = {
  /** Null until the first answer. */
  figures: CacheFigures | null;
  /** Since when the shop does not answer, by the browser's clock. */
  silentSince: Date | null;
};

/** `12,345`. */
const count = (value: number): string => value.toLocaleString('en');

const KINDS = [
  ['product', 'Product pages'],
  ['list', 'Lists'],
  ['customer', 'Customers for load'],
] as const;

export function CachePage({ figures, silentSince }: Shown) {
  return (
    <>
      <header>
        <h1>The cache</h1>
        {figures && <p class="faint">Policy {figures.cachePolicy}</p>}
        <p class={silentSince ? 'state away' : 'state'} role="status">
          {silentSince
            ? `The shop has not answered since ${silentSince.toLocaleTimeString('en-GB')}`
            : 'Live'}
        </p>
      </header>
      {figures ? <Figures {...figures} /> : <p class="faint">Nothing is known yet.</p>}
    </>
  );
}

function Figures(figures: CacheFigures) {
  return (
    <>
      <HotSet {...figures} />
      <section class="tiles" aria-label="At a glance">
        <Tile name="Hit ratio" value={percentText(hitRatioOf(Object.values(figures.reads)))}>
          of all reads since this process started
        </Tile>
        <RedisTile {...figures} />
        <Tile name="Evictions" value={count((figures.redis?.evictedCount ?? 0) + figures.evictedCount)}>
          entries that went for others
        </Tile>
      </section>
      <Reads reads={figures.reads} />
    </>
  );
}

function Tile({ name, value, children }: { name: string; value: string; children: ComponentChildren }) {
  return (
    <div class="tile">
      <h2>{name}</h2>
      <p class="value">{value}</p>
      <p class="faint">{children}</p>
    </div>
  );
}

function RedisTile({ redis }: CacheFigures) {
  if (redis === null)
    return (
      <Tile name="Redis memory" value="–">
        <strong class="away">Redis does not answer; the database is asked instead</strong>
      </Tile>
    );
  const of = redis.maxMemoryBytes === 0 ? 'without a bound' : `of ${memoryText(redis.maxMemoryBytes)}`;
  return (
    <Tile name="Redis memory" value={memoryText(redis.usedMemoryBytes)}>
      {of}
    </Tile>
  );
}

function HotSet({ meta, at, redis }: CacheFigures) {
  if (meta === null) return <p class="panel faint">{withoutSet(redis !== null)}</p>;
  const { elapsedSeconds, everySeconds, leftSeconds } = turnOf(meta, Date.parse(at));
  return (
    <section class="panel" aria-label="Hot set">
      <p class="turn">
        <span>{leftSeconds > 0 ? `Next refresh in ${leftSeconds} s` : 'A refresh is due'}</span>
        <span class="faint">
          {elapsedSeconds} of {everySeconds} s
        </span>
      </p>
      <progress aria-label="Time since the last refresh" value={elapsedSeconds} max={everySeconds} />
      <dl>
        <Fact name="Users" value={count(meta.customerCount)} />
        <Fact name="Products" value={count(meta.productCount)} />
        <Fact name="Refreshes" value={count(meta.version)} />
        <Fact name="The last took" value={`${Math.round(meta.durationMs)} ms`} />
      </dl>
    </section>
  );
}

function withoutSet(isRedisThere: boolean): string {
  return isRedisThere
    ? 'There is no hot set in Redis. It is laid down by role cache-worker, which runs under policy worker.'
    : 'Whether there is a hot set is not known: Redis does not answer.';
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Reads({ reads }: Pick<CacheFigures, 'reads'>) {
  return (
    <section class="panel">
      <h2>Reads by kind</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Hits</th>
            <th scope="col">Misses</th>
            <th scope="col">Past Redis</th>
            <th scope="col">Hit ratio</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map(([kind, name]) => (
            <ReadsRow key={kind} name={name} counts={reads[kind]} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ReadsRow({ name, counts }: { name: string; counts: ReadCounts }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{count(counts.hit)}</td>
      <td>{count(counts.miss)}</td>
      <td>{count(counts.bypass)}</td>
      <td>{percentText(hitRatioOf([counts]))}</td>
    </tr>
  );
}
