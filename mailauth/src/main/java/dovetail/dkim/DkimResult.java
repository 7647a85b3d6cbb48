package dovetail.dkim;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * What is known of one signature after its check.
 *
 * @param reason how the check ended and why
 * @param detail what exactly was wrong, in fixed words; empty where the reason says it all
 * @param claims what the signature says of itself, as far as it could be read
 * @param key the key that it was checked with, if the check came so far
 */
public record DkimResult(DkimReason reason, String detail, Claims claims, Optional<KeyFacts> key) {
  /**
   * What a signature says of itself. Its writer may be anybody: nothing of it may be believed
   * unless the status is pass, nor written anywhere unescaped.
   *
   * @param domain the d= tag
   * @param selector the s= tag
   * @param identity the i= tag, its encoding undone
   * @param algorithm the a= tag
   * @param start the first characters of the b= tag, which tell signatures of one domain apart (RFC
   *     6008 4)
   */
  public record Claims(
      Optional<Domain> domain,
      Optional<String> selector,
      Optional<String> identity,
      Optional<String> algorithm,
      Optional<String> start) {}

  /**
   * What is known of a key.
   *
   * @param bits its size
   * @param testing whether its domain only tests DKIM (t=y)
   * @param authentic whether DNSSEC vouches for it
   */
  public record KeyFacts(int bits, boolean testing, boolean authentic) {}

  /** The result in one word. */
  public DkimStatus status() {
    return reason.status();
  }

  /** The reason with its detail, for people. */
  public String words() {
    return reason.words(detail);
  }
}
