package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.authres.PythonDoctests.Example;
import dovetail.mail.HeaderField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every header that the doctests of Python's authres read or write. */
class AuthresSuiteTest {
  private static final String PREFIX = "Authentication-Results: ";

  /** The methods behind the names of Python's classes, where they differ. */
  private static final Map<String, String> METHODS =
      Map.of("dkimadsp", "dkim-adsp", "senderid", "sender-id", "smtpauth", "auth");

  private final Map<String, PythonCall> variables = new HashMap<>();
  private final List<Example> leftOver = new ArrayList<>();
  private Optional<AuthenticationResults> current = Optional.empty();
  private int read;
  private int asked;
  private int written;
  private int same;

  @Test
  void doctests() throws IOException {
    Path folder = Path.of(System.getProperty("dovetail.suites", "."), "authres");
    Path file = folder.resolve("authres-python-doctests.txt");
    assumeTrue(Files.exists(file), () -> "no conformance cases at " + file);
    List<String> lines = Files.readAllLines(file);
    PythonDoctests.read(lines).forEach(this::run);
    System.out.printf(
        "authres/authres-python-doctests.txt: %d headers read (%d questions), %d written"
            + " (%d letter for letter, folds aside)%n",
        read, asked, written, same);
    assertThat(leftOver).isEmpty();
    assertThat(read).isEqualTo(count(lines, ".parse("));
    assertThat(written).isEqualTo(count(lines, "AuthenticationResultsHeader(", ".header("));
  }

  private static long count(List<String> lines, String... calls) {
    return lines.stream().filter(line -> Stream.of(calls).anyMatch(line::contains)).count();
  }

  private void run(Example example) {
    String code = example.code();
    if (code.contains(".parse('")) {
      int start = code.indexOf(".parse('") + 8 + PREFIX.length();
      parse(example, code.substring(start, code.indexOf("')", start)));
    } else if (code.contains("Header(") || code.contains(".header(")) {
      write(example);
    } else if (code.startsWith("for result in arobj.results:")) {
      List<String> words =
          results().results().stream()
              .flatMap(each -> Stream.of("'" + each.method() + "'", "'" + each.result() + "'"))
              .toList();
      assertThat(words).as("%d", example.line()).isEqualTo(example.expected());
      asked++;
    } else if (code.contains("arobj.")) {
      ask(example);
    } else if (code.contains("Result(")) {
      int equals = code.indexOf(" = ");
      PythonCall call = (PythonCall) PythonCall.read(code.substring(equals + 3), variables);
      variables.put(code.substring(0, equals), call);
    } else if (!code.startsWith("import ")
        && !code.contains("FeatureContext(")
        && !code.contains("match_signature")) { // of their model, not of the field
      leftOver.add(example);
    }
  }

  private AuthenticationResults results() {
    return current.orElseThrow();
  }

  private void parse(Example example, String value) {
    current = Optional.of(Fields.parsed(" " + value));
    read++;
    // Python refuses an address with colons outside quotes, and a result that is only a name: we
    // read the first as it stands and read over the second.
    String shown = Fields.shown(results());
    switch (example.answer().replaceFirst(" at: .*", "")) {
      case "" -> {}
      case "Syntax error: Expected end of text" ->
          assertThat(shown).contains("iprev=pass policy.iprev<2001:748:100:40::2:2>; spf=none");
      case "Syntax error: Expected \"=\"" ->
          assertThat(shown)
              .isEqualTo(
                  "thehesiod.com; dkim=none (message not signed) header.d<none>;"
                      + " dmarc=none header.from<hotmail.com>");
      default -> leftOver.add(example);
    }
  }

  /** {@code str(arobj.authserv_id)} or {@code str(arobj.results[0]...)} with one attribute. */
  private void ask(Example example) {
    asked++;
    String code = example.code();
    String path = code.substring(code.indexOf("arobj.") + 6).split("[)\n]", 2)[0];
    String[] names = path.split("\\.", -1);
    if (example.answer().contains("object has no attribute")) {
      return; // of their classes: what a field may hold is open in ours
    }
    String answer = example.answer();
    if (path.equals("authserv_id")) {
      assertThat(results().authservId()).as("%d", example.line()).isEqualTo(answer);
      return;
    }
    MethodResult result = results().results().get(index(names[0]));
    if (names.length == 1) {
      MethodResult whole = Fields.parsed("a; " + answer).results().getFirst();
      assertThat(withoutComment(result)).as("%d", example.line()).isEqualTo(whole);
    } else if (names.length == 2) {
      assertThat(attribute(result, names[1])).as("%d", example.line()).isEqualTo(answer);
    } else {
      Property property = result.properties().get(index(names[1]));
      String part =
          switch (names[2]) {
            case "type" -> property.ptype();
            case "name" -> property.property();
            default -> property.value();
          };
      assertThat(part).as("%d", example.line()).isEqualTo(answer);
    }
  }

  private static int index(String name) {
    return Integer.parseInt(name.substring(name.indexOf('[') + 1, name.indexOf(']')));
  }

  private static String attribute(MethodResult result, String name) {
    return switch (name) {
      case "method" -> result.method();
      case "result" -> result.result();
      case "reason" -> result.reason().orElse("None");
      default -> {
        int cut = name.indexOf('_');
        String property = name.substring(cut + 1).replace('_', '-');
        yield result.property(name.substring(0, cut), property).orElse("None");
      }
    };
  }

  private static MethodResult withoutComment(MethodResult result) {
    return new MethodResult(
        result.method(),
        result.version(),
        result.result(),
        Optional.empty(),
        result.reason(),
        result.properties());
  }

  /**
   * Writes what Python writes. Ours differs from its text in these points only: each result begins
   * a line, properties keep the order in which they are given, and what has no place in our model
   * is left out, which are comments on {@code none} and on properties.
   */
  private void write(Example example) {
    written++;
    PythonCall outer = (PythonCall) PythonCall.read(example.code(), variables);
    PythonCall header = (PythonCall) outer.arguments().sequencedValues().getFirst();
    List<String> leftOut = new ArrayList<>();
    AuthenticationResults parts = parts(header, leftOut);
    HeaderField field = AuthenticationResultsWriter.write(parts);
    assertThat(Fields.parsed(field)).as("%d", example.line()).isEqualTo(parts);
    String wanted = example.answer();
    for (String comment : leftOut) {
      assertThat(wanted).contains(" (" + comment + ")");
      wanted = wanted.replace(" (" + comment + ")", "");
    }
    AuthenticationResults theirs = Fields.parsed(" " + wanted.substring(PREFIX.length()));
    assertThat(unordered(parts)).as("%d", example.line()).isEqualTo(unordered(theirs));
    if (parts.equals(theirs)) {
      assertThat(PREFIX + field.unfolded().strip()).as("%d", example.line()).isEqualTo(wanted);
      same++;
    }
  }

  private static AuthenticationResults parts(PythonCall header, List<String> leftOut) {
    Map<String, Object> arguments = header.arguments();
    List<MethodResult> results = new ArrayList<>();
    if (arguments.get("results") instanceof List<?> list) {
      for (Object each : list) {
        PythonCall call = (PythonCall) each;
        if (call.function().endsWith("NoneAuthenticationResult")) {
          leftOut.add(text(call.arguments(), "comment"));
        } else {
          results.add(part(call, leftOut));
        }
      }
    }
    OptionalInt version =
        arguments.containsKey("version")
            ? OptionalInt.of(Integer.parseInt(text(arguments, "version")))
            : OptionalInt.empty();
    return new AuthenticationResults(text(arguments, "authserv_id"), version, results);
  }

  private static String text(Map<String, Object> arguments, String name) {
    return String.valueOf(arguments.get(name));
  }

  private static MethodResult part(PythonCall call, List<String> leftOut) {
    String type = call.function().substring(call.function().lastIndexOf('.') + 1);
    String name = type.replace("AuthenticationResult", "").toLowerCase(Locale.ROOT);
    String method = METHODS.getOrDefault(name, name);
    MethodResult result = MethodResult.of(method, text(call.arguments(), "result"));
    for (String key : call.arguments().sequencedKeySet()) {
      String value = text(call.arguments(), key);
      int cut = key.indexOf('_');
      switch (key) {
        case "result" -> {}
        case "policy_iprev_comment", "smtp_rrvs_comment" -> leftOut.add(value);
        case "result_comment" -> result = result.withComment(value);
        case "reason" -> result = result.withReason(value);
        case "policy" -> result = result.with("policy", method, value);
        default -> {
          String property = key.substring(cut + 1).replace('_', '-');
          result = result.with(key.substring(0, cut), property, value);
        }
      }
    }
    return result;
  }

  private static List<Object> unordered(AuthenticationResults results) {
    List<Object> parts = new ArrayList<>(List.of(results.authservId(), results.version()));
    for (MethodResult each : results.results()) {
      Set<Property> properties = new HashSet<>(each.properties());
      parts.add(List.of(each.method(), each.result(), each.comment(), each.reason(), properties));
    }
    return parts;
  }
}
