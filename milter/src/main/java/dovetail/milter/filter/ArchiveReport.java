package dovetail.milter.filter;

import dovetail.mail.Address;
import dovetail.milter.filter.Archival.Gap;
import java.util.List;
import java.util.Set;

/**
 * All that counts for the question who gets a copy of a message that is taken.
 *
 * @param wanted the archives of those who have sent it or get it
 * @param recipients archives that are among its recipients, as {@link Address#canonical}
 * @param copied archives that have got it before, likewise
 * @param unseen why {@code wanted} may not be all
 * @param mta which recipients may be added
 */
record ArchiveReport(
    List<Address> wanted, Set<Address> recipients, Set<Address> copied, Gap unseen, Additions mta) {
  ArchiveReport {
    wanted = List.copyOf(wanted);
    recipients = Set.copyOf(recipients);
    copied = Set.copyOf(copied);
  }
}
