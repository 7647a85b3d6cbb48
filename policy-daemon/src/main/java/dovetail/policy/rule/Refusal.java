package dovetail.policy.rule;

import dovetail.policy.wire.Reply;
import java.util.Optional;

/**
 * How a rule refuses.
 *
 * @param code the reply code, 400 to 599
 * @param text the administrator's text instead of the rule's
 */
public record Refusal(int code, Optional<String> text) {
  /** A refusal in the rule's words. */
  public static Refusal with(int code) {
    return new Refusal(code, Optional.empty());
  }

  public Refusal {
    if (code < 400 || code > 599) {
      throw new IllegalArgumentException("expected a reply code from 400 to 599");
    }
  }

  /** The same for somebody who may come back. */
  Refusal temporary() {
    return code < 500 ? this : new Refusal(450, text);
  }

  /**
   * The answer.
   *
   * @param detail the enhanced status code (RFC 3463) behind its class: "7.1"
   * @param words the rule's text
   */
  public Reply reply(String detail, String words) {
    return new Reply.Refuse(code, code / 100 + "." + detail, text.orElse(words));
  }
}
