package dovetail.auth.wire;

import dovetail.server.io.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of a name, a tab and a value each, values with the escapes of fields: what a Lua script
 * inside Dovecot can write and read, which has no JSON. Values are octets, since they may be
 * passwords, and are overwritten at the end.
 */
public final class TabLines implements AutoCloseable {
  private final Map<String, byte[]> values = new HashMap<>();

  private TabLines() {}

  /**
   * Reads lines; the last one may lack its LF.
   *
   * @throws ProtocolException if a line has no tab, an escape no end, or two lines one name; quotes
   *     nothing of them
   */
  public static TabLines parse(byte[] octets) throws ProtocolException {
    TabLines lines = new TabLines();
    try {
      int start = 0;
      while (start < octets.length) {
        int end = indexOf(octets, (byte) '\n', start, octets.length);
        lines.add(octets, start, end);
        start = end + 1;
      }
      return lines;
    } catch (ProtocolException e) {
      lines.close();
      throw e;
    }
  }

  private void add(byte[] octets, int start, int end) throws ProtocolException {
    int tab = indexOf(octets, (byte) '\t', start, end);
    if (tab == start || tab == end) {
      throw new ProtocolException("expected a name, a tab and a value in each line");
    }
    if (escapes(octets, tab + 1, end)) {
      throw new ProtocolException("a line ends inside an escape");
    }
    String name = new String(octets, start, tab - start, StandardCharsets.UTF_8);
    byte[] value = TabText.octets(octets, tab + 1, end);
    if (values.putIfAbsent(name, value) != null) {
      Arrays.fill(value, (byte) 0);
      throw new ProtocolException("two lines have one name");
    }
  }

  /** Whether the last octet begins an escape: the number of them in a row says it. */
  private static boolean escapes(byte[] octets, int start, int end) {
    boolean open = false;
    for (int i = start; i < end; i++) {
      open = !open && octets[i] == TabText.ESCAPE;
    }
    return open;
  }

  private static int indexOf(byte[] octets, byte wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (octets[i] == wanted) {
        return i;
      }
    }
    return end;
  }

  /** A value; what is no UTF-8 in it is replaced. */
  public Optional<String> text(String name) {
    return octets(name).map(octets -> new String(octets, StandardCharsets.UTF_8));
  }

  /** The octets of a value, which are not to be changed and are overwritten at the end. */
  public Optional<byte[]> octets(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** One line, with its LF. */
  public static String line(String name, String value) {
    return name + "\t" + TabText.escaped(value) + "\n";
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
