package dovetail.milter.source;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Optional;

/**
 * The archives of the configuration and of the database. What the configuration says of a domain
 * holds, whatever is in the database.
 *
 * @param rows those of the configuration
 * @param stored those of the database; nothing if none is used
 */
public record AllArchives(ArchiveTable rows, Optional<StoredArchives> stored) implements Archives {
  @Override
  public Optional<Address> find(Domain domain) {
    return rows.find(domain).or(() -> ofDatabase().flatMap(table -> table.find(domain)));
  }

  @Override
  public boolean isArchive(Address address) {
    return rows.isArchive(address)
        || ofDatabase().filter(table -> table.isArchive(address)).isPresent();
  }

  @Override
  public boolean isKnown(Domain domain) {
    return stored.isEmpty() || ofDatabase().isPresent() || rows.find(domain).isPresent();
  }

  @Override
  public boolean isEmpty() {
    return rows.isEmpty()
        && (stored.isEmpty() || ofDatabase().filter(ArchiveTable::isEmpty).isPresent());
  }

  private Optional<ArchiveTable> ofDatabase() {
    return stored.flatMap(StoredArchives::table);
  }
}
