// How somebody's own shop is reached, and how long is waited for it.

/** How a shop is reached; the generator is told the same. */
export type YourShopSettings = {
  /** Absolute path of the file that describes it. */
  file: string;
  /** Its address; only the origin counts. */
  url: string;
  /** Goes with every request as `Stampede-Run`, and stands in the addresses of guests: letters, digits and dashes. */
  runId: string;
  /** Of Stampede, for `User-Agent`. */
  version: string;
};

export type YourShopDeadlines = {
  /** Of one request. */
  httpDeadlineMs: number;
  /** Of a verb, and of a checkout until its end is known. */
  outcomeDeadlineMs: number;
};
