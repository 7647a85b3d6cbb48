package dovetail.milter.source;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.mail.Domain;
import java.util.Optional;

/** Which author domains a row of the configuration is for. */
public sealed interface AuthorPattern {
  /** This domain alone. */
  record Exact(Domain domain) implements AuthorPattern {
    @Override
    public boolean matches(Domain author) {
      return author.equals(domain);
    }
  }

  /** All domains below this one. */
  record Below(Domain domain) implements AuthorPattern {
    @Override
    public boolean matches(Domain author) {
      return author.isSubdomainOf(domain);
    }
  }

  /** Every domain. */
  record Any() implements AuthorPattern {
    @Override
    public boolean matches(Domain author) {
      return true;
    }
  }

  /** Whether it is for mail of that domain. */
  boolean matches(Domain author);

  /** Reads a domain, {@code *.domain} or {@code *}. */
  static AuthorPattern read(ConfigValue value) throws ConfigException {
    String text = value.asString();
    if (text.equals("*")) {
      return new Any();
    }
    boolean below = text.startsWith("*.");
    Optional<Domain> domain = Domain.parse(below ? text.substring(2) : text);
    if (domain.isEmpty()) {
      throw value.error("expected a domain, \"*.\" and a domain, or \"*\", found \"" + text + "\"");
    }
    return below ? new Below(domain.get()) : new Exact(domain.get());
  }
}
