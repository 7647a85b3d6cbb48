package dovetail.dkim;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How signatures are made.
 *
 * @param canonicalization the c= tag
 * @param signed the names of the header fields to sign, in the order of the h= tag; every field of
 *     such a name is signed. From is among them
 * @param oversigned those of them that nobody may add later: h= names them once more than the
 *     message has them (RFC 6376 5.4, 8.15). From always is. Never a field that honest mailing
 *     lists, forwarders or relays add
 * @param expiry how long a signature is good for, the x= tag; none by default
 * @param identity the i= tag; left out of signatures of domains that may not name it
 */
public record SignatureSettings(
    CanonicalizationPair canonicalization,
    List<String> signed,
    Set<String> oversigned,
    Optional<Duration> expiry,
    Optional<Identity> identity) {
  /**
   * What RFC 6376 5.4.1 names, with Sender, Message-ID and the MIME fields, which change what a
   * reader sees, and List-Unsubscribe-Post, which RFC 8058 4 wants signed. No trace fields.
   */
  public static final List<String> SIGNED =
      List.of(
          "From",
          "Sender",
          "Reply-To",
          "To",
          "Cc",
          "Subject",
          "Date",
          "Message-ID",
          "In-Reply-To",
          "References",
          "MIME-Version",
          "Content-Type",
          "Content-Transfer-Encoding",
          "Resent-Date",
          "Resent-From",
          "Resent-To",
          "Resent-Cc",
          "List-Id",
          "List-Help",
          "List-Unsubscribe",
          "List-Unsubscribe-Post",
          "List-Subscribe",
          "List-Post",
          "List-Owner",
          "List-Archive");

  private static final Set<String> ADDED_ON_THE_WAY =
      Set.of("received", "return-path", "authentication-results", "dkim-signature");

  /**
   * Takes names in any case.
   *
   * @throws IllegalArgumentException if From is not signed, a name is no field name or is there
   *     twice, an oversigned name is not signed or is one that others add on the way, or the expiry
   *     is shorter than a second
   */
  public SignatureSettings {
    Set<String> names = caseless(signed);
    for (String name : signed) {
      if (!isFieldName(name)) {
        throw new IllegalArgumentException("\"" + name + "\" is not the name of a header field");
      }
    }
    if (names.size() != signed.size()) {
      throw new IllegalArgumentException("a header field is named twice: " + signed);
    }
    if (!names.contains("From")) { // RFC 6376 5.4
      throw new IllegalArgumentException("From must be signed");
    }
    Set<String> more = caseless(oversigned);
    more.add("From");
    for (String name : more) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(name + " cannot be oversigned: it is not signed");
      }
      if (isAddedOnTheWay(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            name + " must not be oversigned: mailing lists, forwarders or relays add it");
      }
    }
    if (expiry.isPresent() && expiry.get().toSeconds() < 1) {
      throw new IllegalArgumentException("signatures must be good for a second at least");
    }
    signed = List.copyOf(signed);
    oversigned = Collections.unmodifiableSet(more);
  }

  /** relaxed/relaxed, the fields of {@link #SIGNED}, From oversigned, no expiry, no identity. */
  public static SignatureSettings defaults() {
    return new SignatureSettings(
        CanonicalizationPair.RELAXED, SIGNED, Set.of(), Optional.empty(), Optional.empty());
  }

  /** These settings with another identity. */
  public SignatureSettings withIdentity(Optional<Identity> other) {
    return identity.equals(other)
        ? this
        : new SignatureSettings(canonicalization, signed, oversigned, expiry, other);
  }

  /** Whether fields of that name are oversigned; case does not count. */
  boolean isOversigned(String name) {
    return oversigned.contains(name);
  }

  private static boolean isAddedOnTheWay(String name) {
    return name.startsWith("list-")
        || name.startsWith("resent-")
        || name.startsWith("arc-")
        || ADDED_ON_THE_WAY.contains(name);
  }

  private static Set<String> caseless(Collection<String> names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(names);
    return set;
  }

  /** RFC 5322 3.6.8, without the semicolon, which would end the h= tag. */
  private static boolean isFieldName(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':' && c != ';');
  }
}
