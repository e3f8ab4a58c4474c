// The plan of a run: who comes when, written before anything starts.

export type PlannedSession = {
  index: number;
  /** Offset from the start of the measured span; negative in the lead-in. */
  startMs: number;
  personId: number;
};

/** All sessions in order of their start, and the pool from which a replacement is drawn when a person is still busy. */
export type SessionPlan = {
  seed: number;
  sessions: PlannedSession[];
  /** Candidates by id with their scores: who may take a start when the planned person's session is still open. */
  candidates: { personId: number; score: number }[];
};
