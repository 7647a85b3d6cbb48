package dovetail.policy.rule;

import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A list of addresses or names that is kept in the DNS (RFC 5782).
 *
 * @param zone below which its entries are
 * @param counted which answers count
 * @param weight what it adds to the score if one of them comes; negative for a list of the good
 */
public record DnsList(Domain zone, OctetPattern counted, int weight) {
  /** No answer of a list is outside of it (RFC 5782 2.1). */
  private static final String ALL = "127.[0..255].[0..255].[0..255]";

  /** What Spamhaus and others say to somebody whom they do not answer. */
  private static final OctetPattern ERRORS =
      OctetPattern.parse("127.255.255.[0..255]").orElseThrow();

  private static final OctetPattern ANSWERS = OctetPattern.parse(ALL).orElseThrow();

  /** So much of a name is hidden as may be the key to it. */
  private static final int KEY = 16;

  /**
   * Reads one as Postfix's postscreen_dnsbl_sites has it: {@code zone=pattern*weight}, the pattern
   * and the weight left out or not.
   *
   * @return nothing if it is written otherwise
   */
  public static Optional<DnsList> parse(String text) {
    int star = text.indexOf('*');
    String site = star < 0 ? text : text.substring(0, star);
    String weight = star < 0 ? "1" : text.substring(star + 1);
    int equals = site.indexOf('=');
    Optional<Domain> zone = Domain.parse(equals < 0 ? site : site.substring(0, equals));
    Optional<OctetPattern> counted =
        OctetPattern.parse(equals < 0 ? ALL : site.substring(equals + 1));
    return zone.isPresent() && counted.isPresent() && weight.matches("-?[0-9]{1,4}")
        ? Optional.of(new DnsList(zone.get(), counted.get(), Integer.parseInt(weight)))
        : Optional.empty();
  }

  /** Whether one of these answers counts. */
  boolean counts(List<InetAddress> answers) {
    return answers.stream()
        .anyMatch(answer ->
            ANSWERS.matches(answer) && !ERRORS.matches(answer) && counted.matches(answer));
  }

  /** Whether these answers say that the list does not answer us. */
  static boolean isRefusal(List<InetAddress> answers) {
    return answers.stream().anyMatch(ERRORS::matches);
  }

  /** The zone for strangers: keys to lists that are paid for stand in front of them. */
  String shownZone() {
    String name = zone.ascii();
    int dot = name.indexOf('.');
    return dot >= KEY ? name.substring(dot + 1) : name;
  }
}
