package dovetail.dns.dnsjava;

import dovetail.dns.Failure;
import org.xbill.DNS.Message;

/** What asking servers has come to. */
sealed interface Reply {
  /**
   * A server knows.
   *
   * @param checked whether it has checked the answer by DNSSEC, and is believed
   */
  record Knows(Message message, boolean checked) implements Reply {}

  /**
   * No server knows, or this one does not.
   *
   * @param again whether it may yet, if it is asked once more: the question or the answer was lost
   */
  record KnowsNot(Failure failure, boolean again) implements Reply {}
}
