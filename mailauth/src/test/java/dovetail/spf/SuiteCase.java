package dovetail.spf;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MailExchange;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.mail.Domain;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One case of the conformance data, and the DNS that it describes. */
final class SuiteCase {
  private final Map<String, Object> fields;
  private MapResolver resolver = new MapResolver(Map.of());

  private SuiteCase(Map<String, Object> fields) {
    this.fields = fields;
    Map<String, List<Map<String, Object>>> zone = new HashMap<>();
    object(field("zone"))
        .forEach((name, rows) ->
            zone.put(
                name.toLowerCase(Locale.ROOT),
                list(rows).stream().map(SuiteCase::object).toList()));
    for (String name : zone.keySet()) {
      add(RecordType.TXT, name, zone);
      add(RecordType.MX, name, zone);
      add(RecordType.A, name, zone);
      add(RecordType.AAAA, name, zone);
      add(RecordType.PTR, name, zone);
    }
  }

  static SuiteCase parse(String line) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      return new SuiteCase(object(value(parser)));
    }
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      default -> parser.getString();
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private <T> void add(
      RecordType<T> type, String name, Map<String, List<Map<String, Object>>> zone) {
    Domain domain = Domain.asked(name).orElseThrow();
    resolver = resolver.with(type, domain, answer(type, name, zone, 0));
  }

  private static <T> Answer<T> answer(
      RecordType<T> type, String name, Map<String, List<Map<String, Object>>> zone, int aliases) {
    List<T> records = new ArrayList<>();
    for (Map<String, Object> row : zone.getOrDefault(name, List.of())) {
      String is = String.valueOf(row.get("type"));
      if (is.equals("CNAME")) {
        String other = text(row).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return aliases > 8
            ? new Answer.Failed<>(Failure.ALIAS_LOOP)
            : zone.containsKey(other)
                ? answer(type, other, zone, aliases + 1)
                : new Answer.NoSuchName<>();
      }
      boolean mine = is.equals(type.name());
      if ((is.equals("TIMEOUT") && records.isEmpty()) || (mine && row.containsKey("timeout"))) {
        return new Answer.Failed<>(Failure.TIMEOUT);
      }
      if (mine) {
        records.add(type.data(data(is, row)));
      }
    }
    return records.isEmpty() ? new Answer.NoData<>() : new Answer.Records<>(records, false);
  }

  private static Object data(String type, Map<String, Object> row) {
    return switch (type) {
      case "MX" -> new MailExchange(Integer.parseInt(String.valueOf(row.get("pref"))), text(row));
      case "A" -> InetAddress.ofLiteral(text(row));
      case "AAAA" -> Inet6Address.ofLiteral(text(row));
      case "TXT" ->
          String.join(
              "", list(row.getOrDefault("data", List.of())).stream().map(String::valueOf).toList());
      // As our resolver has names.
      default -> text(row).replaceFirst("\\.$", "");
    };
  }

  private static String text(Map<String, Object> row) {
    return String.valueOf(row.get("data"));
  }

  private Object field(String name) {
    return Optional.ofNullable(fields.get(name)).orElseThrow();
  }

  String name() {
    return String.valueOf(fields.get("name"));
  }

  List<String> expected() {
    return list(field("expect")).stream().map(String::valueOf).toList();
  }

  Optional<String> explanation() {
    return Optional.ofNullable(fields.get("explanation")).map(String::valueOf);
  }

  MapResolver resolver() {
    return resolver;
  }

  SpfClient client() {
    return new SpfClient(
        InetAddress.ofLiteral(String.valueOf(fields.get("ip"))),
        String.valueOf(fields.get("helo")));
  }

  String mailFrom() {
    return String.valueOf(fields.get("mailfrom"));
  }
}
