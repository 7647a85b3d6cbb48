package dovetail.cli;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Optional;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Which rows are wanted.
 *
 * @param domain only those of that domain
 * @param address only those of that mailbox
 */
record RowFilter(Optional<String> domain, Optional<String> address) {
  /** Adds the parameter that narrows a list. */
  static void addTo(RowVerb verb) {
    boolean ofMailboxes = verb.kind() == Kind.APP_PASSWORD;
    verb.spec()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel(ofMailboxes ? "ADDRESS|DOMAIN" : "DOMAIN")
                .description(
                    ofMailboxes
                        ? "Only those of this mailbox or domain."
                        : "Only those of this domain.")
                .build());
  }

  /** What the parameter says. */
  static RowFilter of(RowVerb verb) {
    String text = verb.spec().positionalParameters().getLast().getValue();
    if (text == null) {
      return new RowFilter(Optional.empty(), Optional.empty());
    }
    Optional<Address> address =
        verb.kind() == Kind.APP_PASSWORD
            ? Address.parse(text).map(Address::canonical)
            : Optional.empty();
    Domain domain = address.map(Address::domain).orElseGet(() -> Domains.read(verb.spec(), text));
    return new RowFilter(Optional.of(domain.ascii()), address.map(Address::toString));
  }

  /** Whether a row of the domain is wanted. */
  boolean takes(Row row) {
    return address.isEmpty() || address.get().equals(row.key().getFirst());
  }
}
