// The live page in the browser: takes each moment from the stream and shows it; where the stream breaks off, the last moment
// stays, with since when.
import { render } from 'preact';
import { EMPTY_FLOOR, type Floor, nextFloor } from '../../floor/dots.ts';
import { NARROW_PLAN, WIDE_PLAN } from '../../floor/floor-plan.ts';
import { LIVE_PATHS, type LiveMoment } from '../../moment.ts';
import { LivePage } from './live-page.tsx';

const REPAINT_MS = 1_000;

const main = document.getElementById('main');
const isNarrow = matchMedia('(max-width: 45rem)');
const stream = new EventSource(LIVE_PATHS.events);

let moment: LiveMoment | null = null;
let receivedMs = 0;
let floor: Floor = EMPTY_FLOOR;
let silentSince: Date | null = null;

function paint(): void {
  if (main === null) throw new Error('The page has no element #main');
  const agoSeconds = (performance.now() - receivedMs) / 1_000;
  const plan = isNarrow.matches ? NARROW_PLAN : WIDE_PLAN;
  render(
    <LivePage moment={moment} agoSeconds={agoSeconds} floor={floor} plan={plan} silentSince={silentSince} />,
    main,
  );
}

stream.addEventListener('message', ({ data }: MessageEvent<string>) => {
  // Sent by the rehearsal that serves this page.
  moment = JSON.parse(data) as LiveMoment;
  receivedMs = performance.now();
  silentSince = null;
  floor = nextFloor(floor, moment.whereabouts);
  // It will not come back; without this the browser would go on asking for it.
  if (moment.ended !== null) stream.close();
  paint();
});
stream.addEventListener('error', () => {
  silentSince ??= new Date();
  paint();
});
isNarrow.addEventListener('change', paint);
// What counts down goes on between two moments.
setInterval(paint, REPAINT_MS);
paint();
