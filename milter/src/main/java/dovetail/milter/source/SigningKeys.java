package dovetail.milter.source;

import dovetail.dkim.SigningKey;
import dovetail.mail.Domain;
import java.util.List;

/** Which keys sign for an author's domain. */
@FunctionalInterface
public interface SigningKeys {
  /**
   * The keys for mail whose From field is of that domain, in the order of signing; none is empty.
   */
  List<SigningKey> find(Domain author);

  /** Whether it is known at the moment which keys there are; if not, {@link #find} gives none. */
  default boolean isKnown(Domain author) {
    return true;
  }
}
