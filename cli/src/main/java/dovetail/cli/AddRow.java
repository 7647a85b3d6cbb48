package dovetail.cli;

import dovetail.directory.edit.Change;
import dovetail.directory.edit.Field;
import dovetail.directory.edit.FieldType;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code add} and {@code set}. */
final class AddRow extends RowVerb {
  private final boolean change;
  private final RowSecrets secrets;

  /**
   * @param change whether the row is there and is to be changed
   */
  AddRow(Kind kind, InputStream in, boolean change) {
    super(
        kind,
        change ? "set" : "add",
        change
            ? "Changes what is named; an empty value stands for the usual one."
            : "Adds one; what is not named gets its usual value.");
    this.change = change;
    RowCommands.addKeys(spec(), kind);
    for (Field field : kind.others()) {
      if (isParameter(field)) {
        spec().addPositional(parameter(field));
      } else if (!field.secret() && !field.told()) {
        String words = field.doc() + ": " + field.type().words();
        String usual = field.initial().map(value -> " (" + value + ")").orElse("");
        spec()
            .addOption(
                RowCommands.option(
                    "--" + field.name(),
                    field.name().toUpperCase(Locale.ROOT).replace('-', '_'),
                    words + usual));
      }
    }
    this.secrets = new RowSecrets(kind, change, spec(), in);
  }

  /** What stands behind the name without an option, since no row is without it. */
  private static boolean isParameter(Field field) {
    return switch (field.type()) {
      case TARGETS, NEXTHOP -> true;
      default -> field.name().equals("value");
    };
  }

  private PositionalParamSpec parameter(Field field) {
    int index = kind().keys().size();
    boolean many = field.type() == FieldType.TARGETS;
    return PositionalParamSpec.builder()
        .index(many ? index + "..*" : String.valueOf(index))
        .arity((change ? "0" : "1") + (many ? "..*" : change ? "..1" : ""))
        .required(!change)
        .type(many ? List.class : String.class)
        .auxiliaryTypes(String.class)
        .paramLabel(field.name().toUpperCase(Locale.ROOT))
        .description(field.doc() + ": " + field.type().words())
        .build();
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> texts = named();
    for (Field field : kind().others()) {
      if (!field.secret()) {
        given(field).ifPresent(value -> texts.put(field.name(), value));
      }
    }
    Row rest = row(texts); // what is wrong with it is said before a password is asked for
    StoreAccess store = store();
    RowSecrets.Given given = secrets.take(rest.values(), store.keepsScramKeys());
    texts.putAll(given.values());
    Row row = row(texts);
    if (change && row.values().size() == kind().keys().size()) {
      throw misused("nothing is to be changed");
    }
    store.apply(change ? new Change.Set(row) : new Change.Add(row));
    given.told().forEach(out()::println);
    return Exit.GOOD.status();
  }

  private Optional<String> given(Field field) {
    if (!isParameter(field)) {
      OptionSpec option = spec().findOption("--" + field.name());
      return Optional.ofNullable(option == null ? null : option.getValue());
    }
    Object value = spec().positionalParameters().getLast().getValue();
    return switch (value) {
      case null -> Optional.empty();
      case List<?> many when many.isEmpty() -> Optional.empty();
      case List<?> many ->
          Optional.of(String.join(" ", many.stream().map(String::valueOf).toList()));
      default -> Optional.of(value.toString());
    };
  }
}
