package dovetail.lookup.mtasts;

import java.util.Locale;

/** Why a policy could not be fetched. */
public enum FetchFailure {
  /** The policy host would have a name that no host can have in TLS. */
  BAD_NAME,
  /** The policy host has no address, or the DNS does not say. */
  NO_ADDRESS,
  /** The policy host has no address of the public internet. */
  NOT_PUBLIC,
  /** Nobody answers at the policy host. */
  UNREACHABLE,
  /** The certificate is not valid for the policy host, or TLS fails in another way. */
  TLS,
  /** It took too long. */
  TIMEOUT,
  /** The answer is no HTTP, or breaks off, or may do so for all that one can tell. */
  BAD_HTTP,
  /** The answer has another status than 200; redirects are not followed. */
  STATUS,
  /** The answer is no plain text. */
  MEDIA_TYPE,
  /** The answer is longer than a policy may be. */
  TOO_LONG,
  /** What came is no policy. */
  BAD_POLICY,
  /** As many policies as may be are being fetched. */
  BUSY,
  /** A fault of ours. */
  FAULT;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The failure in one word, for logs and metrics. */
  public String word() {
    return word;
  }
}
