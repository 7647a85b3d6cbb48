package dovetail.policy.rule;

import dovetail.counter.quota.Quota;
import java.util.Optional;

/** What a limit counts. */
public enum Unit {
  MESSAGES,
  /** Recipients of messages: one of ten recipients counts ten. */
  RECIPIENTS,
  BYTES;

  /** Reads how much of it may be used; bytes may be written as sizes. Nothing if it is no limit. */
  public Optional<Quota> quota(String text) {
    return switch (this) {
      case MESSAGES, RECIPIENTS -> Quota.parse(text);
      case BYTES -> Quota.parseBytes(text);
    };
  }

  /** How that is written. */
  public String example() {
    return switch (this) {
      case MESSAGES, RECIPIENTS -> "100/1h,500/1d";
      case BYTES -> "100MiB/1h,1GiB/1d";
    };
  }
}
