// The floor plan with its people: a room for each kind of page, its number large, and dots that walk from room to room.
import { formatNumber } from '../../../../reports/format/format.ts';
import { ROOMS } from '../../../../sim/shopper/state/rooms.ts';
import type { Dot, Floor } from '../../floor/dots.ts';
import { type FloorPlan, isWideRoom, ROOM_NAMES, spotOf } from '../../floor/floor-plan.ts';
import type { LiveMoment, Room } from '../../moment.ts';

type FloorProps = { floor: Floor; plan: FloorPlan } & Pick<LiveMoment, 'whereabouts'>;

export function FloorDrawing({ floor, plan, whereabouts }: FloorProps) {
  const numberIn = (room: Room) => whereabouts?.inside[room] ?? 0;
  const door = { '--door-x': `${plan.door.x}px`, '--door-y': `${plan.door.y}px` };
  const told = ROOMS.map((room) => `${ROOM_NAMES[room]} ${numberIn(room)}`).join(', ');
  return (
    <section class="floor" aria-label="Where people are">
      <svg viewBox={`0 0 ${plan.width} ${plan.height}`} role="img" aria-label={told} style={door}>
        {ROOMS.map((room) => (
          <RoomDrawing key={room} room={room} plan={plan} people={numberIn(room)} />
        ))}
        <rect class="door" x={plan.door.x - 4} y={plan.door.y - 34} width="10" height="68" rx="5" />
        {/* Of another plan they are others: nobody is to fly across the screen when it is turned. */}
        <g key={plan.width}>
          {floor.dots.map((dot) => (
            <DotDrawing key={dot.id} dot={dot} plan={plan} />
          ))}
        </g>
      </svg>
    </section>
  );
}

function RoomDrawing({ room, plan, people }: { room: Room; plan: FloorPlan; people: number }) {
  const { x, y, width, height } = plan.rooms[room];
  const { nameSize, numberSize } = plan;
  const inset = nameSize * 0.55;
  const isWide = isWideRoom(plan, room);
  return (
    <g class={`room ${room}`}>
      <rect x={x} y={y} width={width} height={height} rx="10" />
      <text x={x + inset} y={y + nameSize * 1.35} font-size={nameSize}>
        {ROOM_NAMES[room]}
      </text>
      <text
        class="number"
        x={isWide ? x + width - inset : x + inset}
        y={isWide ? y + numberSize : y + 1.35 * nameSize + numberSize}
        font-size={numberSize}
        text-anchor={isWide ? 'end' : 'start'}
      >
        {formatNumber(people)}
      </text>
    </g>
  );
}

function DotDrawing({ dot: { room, slot }, plan }: { dot: Dot; plan: FloorPlan }) {
  const { x, y } = room === null ? plan.door : spotOf(plan, room, slot);
  const transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  return <circle class={`dot ${room ?? 'leaving'}`} r={plan.radius} style={{ transform }} />;
}
