package dovetail.store.postfixadmin;

import dovetail.mail.Domain;
import java.util.Optional;
import java.util.Set;

/**
 * What a database of PostfixAdmin does not say itself.
 *
 * @param tablePrefix what stands before the names of its tables; usually nothing
 * @param quotaMultiplier bytes in a megabyte, $CONF['quota_multiplier']: the quotas of domains are
 *     in megabytes, those of mailboxes in bytes that were made with it
 * @param mailBase the folder below which the folders of mailboxes are; without it they are left out
 * @param bare what passwords without a mark are
 * @param aliasType {@code alias} if the targets of an alias may send in its name, or {@code list}
 * @param only take these domains; all if there are none
 */
public record ImportOptions(
    String tablePrefix,
    long quotaMultiplier,
    Optional<String> mailBase,
    BarePasswords bare,
    String aliasType,
    Set<Domain> only) {
  /** The usual value of $CONF['quota_multiplier']. */
  public static final long USUAL_MULTIPLIER = 1_024_000;

  public ImportOptions {
    only = Set.copyOf(only);
  }

  /** As PostfixAdmin comes. */
  public static final ImportOptions USUAL =
      new ImportOptions(
          "", USUAL_MULTIPLIER, Optional.empty(), BarePasswords.UNKNOWN, "list", Set.of());

  boolean wants(String domain) {
    return only.isEmpty() || Domain.parse(domain).filter(only::contains).isPresent();
  }
}
