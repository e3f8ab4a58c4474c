// The orders of the last two minutes as a line without axes: whether it goes up or down, no more.

const WIDTH = 120;
const HEIGHT = 28;
const SMOOTHED_SECONDS = 5;

export function OrdersCourse({ recent }: { recent: readonly number[] }) {
  const means = recent.map((_, index) => {
    const window = recent.slice(Math.max(0, index + 1 - SMOOTHED_SECONDS), index + 1);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
  const most = Math.max(1, ...means);
  const points = means.map((mean, index) => {
    const x = WIDTH - means.length + index;
    return `${x},${(HEIGHT - 2 - (mean / most) * (HEIGHT - 4)).toFixed(1)}`;
  });
  return (
    <svg class="course" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {points.length > 1 && <polyline points={points.join(' ')} />}
    </svg>
  );
}
