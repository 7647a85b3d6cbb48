package dovetail.dkim;

/** What a TXT record at the place of a key is found to be. */
sealed interface ParsedKey permits PublicKeyRecord, ParsedKey.Unusable, ParsedKey.Foreign {
  /** A key record that no signature can be checked with. */
  record Unusable(DkimReason reason, String detail) implements ParsedKey {}

  /** A record that is none of DKIM (RFC 6376 3.6.1: to be ignored). */
  record Foreign() implements ParsedKey {}
}
