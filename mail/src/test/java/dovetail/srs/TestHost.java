package dovetail.srs;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.mail.MalformedException;
import dovetail.srs.Rewriting.Reason;
import dovetail.srs.Rewriting.Rewritten;
import dovetail.srs.Rewriting.Unchanged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Hosts that forward. */
final class TestHost {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String SECRET = "correct horse battery";

  private TestHost() {}

  static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  static List<SrsSecret> secrets(String... lines) {
    try {
      return SrsSecret.read(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The default settings with these secrets, in the SRS domain srs.example. */
  static SrsSettings settings(String... secrets) {
    return SrsSettings.of(domain("srs.example"), secrets(secrets));
  }

  /** With those settings, the local domain ours.example besides, and the clock standing at NOW. */
  static SrsRewriter host(SrsSettings settings) {
    return host(settings, NOW);
  }

  static SrsRewriter host(SrsSettings settings, Instant now) {
    return new SrsRewriter(settings, domain("ours.example")::equals, InstantSource.fixed(now));
  }

  static SrsRewriter host() {
    return host(settings(SECRET));
  }

  /** Those settings with other limits. */
  static SrsSettings limits(SrsSettings of, int hashLength, int minHashLength, Duration maxAge) {
    return new SrsSettings(
        of.srsDomain(), of.secrets(), of.separator(), hashLength, minHashLength, maxAge);
  }

  /** Those settings with another separator. */
  static SrsSettings separator(SrsSettings of, char separator) {
    return new SrsSettings(
        of.srsDomain(), of.secrets(), separator, of.hashLength(), of.minHashLength(), of.maxAge());
  }

  /** The new address; an AssertionError if there is none. */
  static String rewritten(Rewriting rewriting) {
    return switch (rewriting) {
      case Rewritten(Address address) -> address.toString();
      case Unchanged(Reason reason) -> throw new AssertionError("unchanged: " + reason);
    };
  }

  static Rewriting unchanged(Reason reason) {
    return new Unchanged(reason);
  }

  static Rewriting to(String address) {
    return new Rewritten(address(address));
  }
}
