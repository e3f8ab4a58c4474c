// What somebody sees across the room: how many orders a second, where the people are, what is wrong.
import type { ComponentChildren } from 'preact';
import { formatNumber } from '../../../../reports/format/format.ts';
import { clockTime } from '../../../cell/clock-time.ts';
import type { Floor } from '../../floor/dots.ts';
import type { FloorPlan } from '../../floor/floor-plan.ts';
import type { LiveMoment } from '../../moment.ts';
import { FloorDrawing } from './floor-drawing.tsx';
import { ms, rate } from './number-text.ts';
import { OrdersCourse } from './orders-course.tsx';

export type Shown = {
  /** Null until the first one came. */
  moment: LiveMoment | null;
  /** How long ago it came. */
  agoSeconds: number;
  floor: Floor;
  plan: FloorPlan;
  /** Since when the rehearsal does not answer, by the browser's clock. */
  silentSince: Date | null;
};

export function LivePage({ moment, agoSeconds, floor, plan, silentSince }: Shown) {
  if (moment === null)
    return (
      <p class="waiting">{silentSince ? 'The rehearsal does not answer.' : 'Waiting for the rehearsal …'}</p>
    );
  const isAway = silentSince !== null && moment.ended === null;
  return (
    <>
      <header>
        <div>
          <h1>{moment.title}</h1>
          <p class="faint">{moment.question}</p>
        </div>
        <p class={isAway ? 'state away' : 'state'} role="status">
          {isAway
            ? `No word since ${silentSince.toLocaleTimeString('en-GB')}`
            : stateText(moment, agoSeconds)}
        </p>
      </header>
      {moment.ended && <End {...moment.ended} />}
      <Faults {...moment} />
      <section class="tiles" aria-label="At a glance">
        <Orders {...moment} />
        <People {...moment} peoplePerDot={floor.peoplePerDot} />
        <Waits {...moment} />
        <Tile
          name="Failed requests"
          value={formatNumber(moment.failedCount)}
          isWrong={moment.failedCount > 0}
        >
          since the start
        </Tile>
        {moment.pushes.map(({ what, perSecond, count: sent }) => (
          <Tile key={what} name={`${capital(what)} pushed a second`} value={rate(perSecond)}>
            {formatNumber(sent)} since the start
          </Tile>
        ))}
      </section>
      <FloorDrawing floor={floor} plan={plan} whereabouts={moment.whereabouts} />
    </>
  );
}

/** "rehearsing peak-hour · 1:05 left", "begins in 0:04", "over". */
function stateText({ phase, secondsLeft, second, ended }: LiveMoment, agoSeconds: number): string {
  if (ended !== null) return 'Over';
  if (second !== null && second < 0) return `Begins in ${clockTime(-second - agoSeconds)}`;
  return secondsLeft === null ? phase : `${phase} · ${clockTime(secondsLeft - agoSeconds)} left`;
}

function People({ peoplePerDot, ...moment }: LiveMoment & Pick<Floor, 'peoplePerDot'>) {
  const people = insideOf(moment);
  const dots =
    peoplePerDot === 1 ? 'each a dot below' : `a dot below is ${formatNumber(peoplePerDot)} of them`;
  return (
    <Tile name="People inside" value={formatNumber(people)}>
      {people === 0 ? 'nobody' : dots}
    </Tile>
  );
}

const insideOf = ({ whereabouts }: LiveMoment): number =>
  Object.values(whereabouts?.inside ?? {}).reduce((sum, people) => sum + people, 0);

type TileProps = { name: string; value: string; isWrong?: boolean; children: ComponentChildren };

function Tile({ name, value, isWrong = false, children }: TileProps) {
  return (
    <div class={isWrong ? 'tile wrong' : 'tile'}>
      <h2>{name}</h2>
      <p class="value">{value}</p>
      <p class="faint">{children}</p>
    </div>
  );
}

function Orders({ orders, second }: LiveMoment) {
  if (orders === null) return null;
  const { perSecond, confirmedCount, rejectedCount, recent } = orders;
  return (
    <div class="tile large">
      <h2>Orders a second</h2>
      <div class="going">
        <p class="value">{second === null ? '–' : rate(perSecond)}</p>
        <OrdersCourse recent={recent} />
      </div>
      <p class="faint">
        {formatNumber(confirmedCount)} confirmed
        {rejectedCount > 0 && `, ${formatNumber(rejectedCount)} rejected`}
      </p>
    </div>
  );
}

function Waits({ waits }: Pick<LiveMoment, 'waits'>) {
  return waits.map(({ label, p50Ms, p99Ms }) => (
    <Tile key={label} name={capital(label)} value={ms(p50Ms)}>
      half sooner; 1 in 100 after {ms(p99Ms)}
    </Tile>
  ));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function Faults({ faults, second }: Pick<LiveMoment, 'faults' | 'second'>) {
  if (faults.length === 0) return null;
  return (
    <ul class="faults" aria-label="Faults" role="alert">
      {faults.map((fault) => (
        <li key={fault.label} class={fault.isOver ? 'over' : 'now'}>
          <strong>{fault.label}</strong> {agoText(fault, second)}
        </li>
      ))}
    </ul>
  );
}

function agoText({ second: struck, isOver }: LiveMoment['faults'][number], second: number | null): string {
  const ago = second === null ? null : Math.max(0, second - struck);
  const when = ago === null ? null : ago === 0 ? 'now' : `${clockTime(ago)} ago`;
  return [when, isOver ? 'has struck' : null].filter((text) => text !== null).join('; ');
}

function End({ verdict, answer }: NonNullable<LiveMoment['ended']>) {
  return (
    <section class={`end ${verdict === 'PASS' ? 'good' : 'bad'}`} aria-label="The end">
      {verdict !== null && <strong>{verdict}</strong>}
      <p>{answer}</p>
    </section>
  );
}
