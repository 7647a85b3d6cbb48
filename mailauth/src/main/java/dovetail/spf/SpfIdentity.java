package dovetail.spf;

import java.util.Locale;

/** In what name a client comes (RFC 7208 2.3, 2.4). */
public enum SpfIdentity {
  /** That of the return path. */
  MAILFROM,
  /** That by which it introduces itself. */
  HELO;

  /** The property of Authentication-Results that names it (RFC 8601 2.7.2). */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
