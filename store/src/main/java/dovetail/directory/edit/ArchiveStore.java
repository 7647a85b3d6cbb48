package dovetail.directory.edit;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Map;

/** Which domains have an archive that gets a copy of their mail. For any thread. */
@FunctionalInterface
public interface ArchiveStore {
  /** All of them, with the archive's address; other names of a domain have the domain's. */
  Map<Domain, Address> all() throws UnavailableException;
}
