package dovetail.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a form or a query, as browsers encode them (application/x-www-form-urlencoded).
 * Values are octets, since they may be passwords, and are overwritten at the end.
 */
public final class FormFields implements AutoCloseable {
  private static final int HEX = 16;

  private final Map<String, byte[]> values = new HashMap<>();

  private FormFields() {}

  /**
   * Reads the body of a form.
   *
   * @throws BadRequestException if it is malformed or has two fields of a name
   */
  public static FormFields parse(byte[] body) throws BadRequestException {
    FormFields fields = new FormFields();
    try {
      int start = 0;
      for (int i = 0; i <= body.length; i++) {
        if (i == body.length || body[i] == '&') {
          fields.add(body, start, i);
          start = i + 1;
        }
      }
      return fields;
    } catch (BadRequestException e) {
      fields.close();
      throw e;
    }
  }

  static FormFields parse(String query) throws BadRequestException {
    return parse(query.getBytes(StandardCharsets.UTF_8));
  }

  private void add(byte[] body, int start, int end) throws BadRequestException {
    if (start == end) {
      return;
    }
    int equals = start;
    while (equals < end && body[equals] != '=') {
      equals++;
    }
    String name = new String(decoded(body, start, equals), StandardCharsets.UTF_8);
    byte[] value = decoded(body, Math.min(equals + 1, end), end);
    if (values.putIfAbsent(name, value) != null) {
      Arrays.fill(value, (byte) 0);
      throw new BadRequestException("two fields have one name");
    }
  }

  private static byte[] decoded(byte[] body, int start, int end) throws BadRequestException {
    byte[] octets = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      switch (body[i]) {
        case '+' -> octets[length++] = ' ';
        case '%' -> {
          octets[length++] = hex(body, i + 1, end);
          i += 2;
        }
        default -> octets[length++] = body[i];
      }
    }
    byte[] value = Arrays.copyOf(octets, length);
    Arrays.fill(octets, (byte) 0);
    return value;
  }

  private static byte hex(byte[] body, int start, int end) throws BadRequestException {
    int high = start + 1 < end ? Character.digit(body[start], HEX) : -1;
    int low = start + 1 < end ? Character.digit(body[start + 1], HEX) : -1;
    if (high < 0 || low < 0) {
      throw new BadRequestException("expected two hexadecimal digits behind %");
    }
    return (byte) (high * HEX + low);
  }

  /** A value; what is no UTF-8 in it is replaced. */
  public Optional<String> text(String name) {
    return octets(name).map(octets -> new String(octets, StandardCharsets.UTF_8));
  }

  /** The octets of a value, which are not to be changed and are overwritten at the end. */
  public Optional<byte[]> octets(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }

  /** Overwrites the values. */
  @Override
  public void close() {
    values.values().forEach(value -> Arrays.fill(value, (byte) 0));
  }
}
