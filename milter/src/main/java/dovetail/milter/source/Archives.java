package dovetail.milter.source;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Optional;

/** Which domains have an archive that gets a copy of their mail. */
public interface Archives {
  /** No domain has. */
  Archives NONE = ArchiveTable.EMPTY;

  /** The address of a domain's archive, if it is known to have one. */
  Optional<Address> find(Domain domain);

  /** Whether that address is an archive's, whatever domain has it. */
  boolean isArchive(Address address);

  /** Whether it is known at the moment what {@link #find} should answer. */
  boolean isKnown(Domain domain);

  /** Whether it is known that no domain has an archive, so that nobody need be asked about. */
  boolean isEmpty();
}
