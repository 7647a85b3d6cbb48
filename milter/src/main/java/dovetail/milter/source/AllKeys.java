package dovetail.milter.source;

import dovetail.dkim.SigningKey;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Optional;

/**
 * The keys of files and of the database. What the files say of a domain holds, whatever is in the
 * database.
 *
 * @param files the keys of files, with the signing table
 * @param stored the keys of the database; nothing if none is used
 */
public record AllKeys(SigningKeys files, Optional<StoredKeys> stored) implements SigningKeys {
  @Override
  public List<SigningKey> find(Domain author) {
    List<SigningKey> found = files.find(author);
    return found.isEmpty() ? ofDatabase(author).orElse(List.of()) : found;
  }

  @Override
  public boolean isKnown(Domain author) {
    return !files.find(author).isEmpty() || ofDatabase(author).isPresent();
  }

  private Optional<List<SigningKey>> ofDatabase(Domain author) {
    return stored.isEmpty() ? Optional.of(List.of()) : stored.get().find(author);
  }
}
