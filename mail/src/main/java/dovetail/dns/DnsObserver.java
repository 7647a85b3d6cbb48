package dovetail.dns;

import java.time.Duration;

/** Sees what a {@link CachingResolver} does, to count it. Called on any thread, never to block. */
public interface DnsObserver {
  /** Sees nothing. */
  DnsObserver NONE =
      new DnsObserver() {
        @Override
        public void known() {}

        @Override
        public void joined() {}

        @Override
        public void answered(Answer<?> answer, Duration took) {}
      };

  /** An answer was in the cache. */
  void known();

  /** Somebody waits for a question that has already been sent for somebody else. */
  void joined();

  /**
   * A question has ended.
   *
   * @param took since it was sent; zero for one too many, which is not sent
   */
  void answered(Answer<?> answer, Duration took);
}
