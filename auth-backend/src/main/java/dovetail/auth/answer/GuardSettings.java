package dovetail.auth.answer;

import dovetail.server.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * How patient we are with whoever tries passwords.
 *
 * @param window for how long a wrong password counts
 * @param client how many different ones a client may try, of whatever accounts
 * @param account how many may be tried of an account by clients that it is not known to use
 * @param block for how long is stopped who tries more
 * @param delay how long the answer to the first wrong one is held back; each further one doubles it
 * @param mostDelay the longest that an answer is held back; Postfix waits no longer than 10 seconds
 * @param exempt networks whose clients are never stopped as such, since many people share them;
 *     what is tried there counts by account
 */
public record GuardSettings(
    Duration window,
    int client,
    int account,
    Duration block,
    Duration delay,
    Duration mostDelay,
    List<Network> exempt) {
  public GuardSettings {
    exempt = List.copyOf(exempt);
  }

  boolean isExempt(InetAddress client) {
    return Network.anyContains(exempt, client);
  }

  Duration delay(int distinct) {
    if (distinct == 0) {
      return Duration.ZERO;
    }
    // Past thirty doublings it is more than the most in any case.
    Duration grown = delay.multipliedBy(1L << Math.min(distinct - 1, 30));
    return grown.compareTo(mostDelay) < 0 ? grown : mostDelay;
  }

  Marks.Span clientSpan() {
    return new Marks.Span(window.toSeconds(), client + 1);
  }

  Marks.Span accountSpan() {
    return new Marks.Span(window.toSeconds(), account + 1);
  }
}
