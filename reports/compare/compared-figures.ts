// Which figures of two finished runs are compared: those that a run declares in its scenario, then those its limits are
// on. One figure is a metric with one of its statistics; the values of its cells are read by cell-values.ts.
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { betterOf, isHigherBetter } from '../metrics/find-metric.ts';
import type { ComparedRun } from './compared-run.ts';

export type ComparedFigure = {
  metric: string;
  /** p50, p95, mean, … of a latency; `value` of a plain value. */
  statistic: string;
  role: 'primary' | 'exploratory';
  higherIsBetter: boolean;
};

export type ComparedFigures = {
  /** Primary ones first, each metric and statistic once. */
  figures: ComparedFigure[];
  /** The margin declared with the comparison; null where there is none. */
  marginRatio: number | null;
  /** True where no run declares a primary metric, and the first limit's metric stands in at its median. */
  primaryStandsIn: boolean;
};

const DeclaredMetric = Type.Object({
  metric: Type.String(),
  statistic: Type.String(),
  /** Only in older records; the catalogue knows it now. */
  higherIsBetter: Type.Optional(Type.Boolean()),
});
/** The part of an effective scenario that is read here; manifests keep the scenario in the form of its time. */
const ComparingScenario = Type.Object({
  comparison: Type.Object({
    primary: Type.Array(DeclaredMetric),
    exploratory: Type.Array(DeclaredMetric),
    marginRatio: Type.Number({ minimum: 0, exclusiveMaximum: 1 }),
  }),
});
type DeclaredComparison = Static<typeof ComparingScenario>['comparison'];

/** The candidate's declaration counts before the baseline's; limits of both are explored. */
export function comparedFigures(baseline: ComparedRun, candidate: ComparedRun): ComparedFigures {
  const declared = declaredComparison(candidate) ?? declaredComparison(baseline);
  const own = declared === null ? recordedFigures(candidate) : declaredFigures(declared);
  const known = own.length > 0 ? own : recordedFigures(baseline);
  const limits = [...limitFigures(candidate), ...limitFigures(baseline)];
  const hasPrimary = known.some(({ role }) => role === 'primary');
  const standIn = hasPrimary ? [] : limits.slice(0, 1).map(atItsMedian);
  const figures = [...standIn, ...known, ...limits];
  return {
    figures: onceEach(figures).sort((a, b) => Number(b.role === 'primary') - Number(a.role === 'primary')),
    marginRatio: declared?.marginRatio ?? recordedMargin(candidate) ?? recordedMargin(baseline),
    primaryStandsIn: standIn.length > 0,
  };
}

function declaredComparison({ manifest }: ComparedRun): DeclaredComparison | null {
  const scenario = manifest.effectiveScenario;
  return Value.Check(ComparingScenario, scenario) ? scenario.comparison : null;
}

function declaredFigures({ primary, exploratory }: DeclaredComparison): ComparedFigure[] {
  const directed = (figure: Static<typeof DeclaredMetric>, role: ComparedFigure['role']): ComparedFigure => ({
    ...figure,
    role,
    higherIsBetter: figure.higherIsBetter ?? isHigherBetter(figure.metric),
  });
  return [
    ...primary.map((figure) => directed(figure, 'primary')),
    ...exploratory.map((figure) => directed(figure, 'exploratory')),
  ];
}

/** What the run itself compared; comparisons with a baseline are left out, they follow from the same choice. */
function recordedFigures({ result }: ComparedRun): ComparedFigure[] {
  return result.comparisons
    .filter(({ kind }) => kind === 'paired')
    .map(({ metric, statistic, role }) => ({
      metric,
      statistic,
      role,
      higherIsBetter: isHigherBetter(metric),
    }));
}

function recordedMargin({ result }: ComparedRun): number | null {
  return result.comparisons.find(({ kind }) => kind === 'paired')?.marginRatio ?? null;
}

/** Of a metric that is better neither way, a limit with a lower side only wants more. */
function limitFigures({ result }: ComparedRun): ComparedFigure[] {
  return result.thresholds.map(({ metric, statistic, atMost, atLeast }) => ({
    metric,
    statistic,
    role: 'exploratory',
    higherIsBetter:
      betterOf(metric) === 'neither' ? atLeast !== undefined && atMost === undefined : isHigherBetter(metric),
  }));
}

/** Tails vary too much from run to run to carry a verdict. */
function atItsMedian(figure: ComparedFigure): ComparedFigure {
  return { ...figure, role: 'primary', statistic: figure.statistic === 'value' ? 'value' : 'p50' };
}

function onceEach(figures: ComparedFigure[]): ComparedFigure[] {
  const first = new Map<string, ComparedFigure>();
  for (const figure of figures) {
    const key = `${figure.metric} ${figure.statistic}`;
    if (!first.has(key)) first.set(key, figure);
  }
  return [...first.values()];
}
