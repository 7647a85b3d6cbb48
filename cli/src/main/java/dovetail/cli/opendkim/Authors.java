package dovetail.cli.opendkim;

import dovetail.mail.Domain;
import java.util.Optional;

/** Whose mail a row of a signing table is for. */
sealed interface Authors {
  /** Mail of one domain. */
  record Of(Domain domain) implements Authors {
    @Override
    public String toString() {
      return domain.ascii();
    }
  }

  /** Mail of all domains below one. */
  record Below(Domain domain) implements Authors {
    @Override
    public String toString() {
      return "*." + domain;
    }
  }

  /** Everybody's mail. */
  record All() implements Authors {
    @Override
    public String toString() {
      return "*";
    }
  }

  /**
   * Reads the key of a row.
   *
   * @param pattern whether {@code *} stands for anything in it
   * @return nothing for what is not about whole domains
   */
  static Optional<Authors> read(String key, boolean pattern) {
    if (key.equals("*") || (pattern && key.equals("*@*"))) {
      return Optional.of(new All());
    }
    String rest = pattern && key.startsWith("*@") ? key.substring(2) : key;
    if (pattern && rest.startsWith("*.")) {
      return Domain.parse(rest.substring(2)).map(Below::new);
    }
    if (!pattern && rest.startsWith(".")) {
      return Domain.parse(rest.substring(1)).map(Below::new);
    }
    // In a pattern a bare domain would have to be the whole address.
    return pattern && rest.equals(key) ? Optional.empty() : Domain.parse(rest).map(Of::new);
  }

  /** Whether these are among the others. */
  default boolean within(Authors others) {
    return switch (others) {
      case All _ -> true;
      case Of _ -> equals(others);
      case Below(Domain above) ->
          switch (this) {
            case Of(Domain domain) -> domain.isSubdomainOf(above);
            case Below(Domain domain) -> domain.equals(above) || domain.isSubdomainOf(above);
            case All _ -> false;
          };
    };
  }
}
