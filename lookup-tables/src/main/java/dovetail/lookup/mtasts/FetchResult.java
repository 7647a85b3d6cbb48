package dovetail.lookup.mtasts;

/** What has come of fetching a policy. */
sealed interface FetchResult {
  /** It is there. */
  record Fetched(Policy policy) implements FetchResult {}

  /**
   * It is not to be had.
   *
   * @param why in one of few ways
   * @param detail more about it, for the log alone; may be empty
   */
  record Refused(FetchFailure why, String detail) implements FetchResult {}
}
