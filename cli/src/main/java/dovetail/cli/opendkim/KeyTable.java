package dovetail.cli.opendkim;

import dovetail.cli.opendkim.Dataset.Entry;
import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dkim.SigningKey;
import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The keys by their names, each read when it is first used. */
final class KeyTable {
  /** In place of a domain: the author's. */
  static final String AUTHOR = "%";

  private static final int MOST_OCTETS = 64 * 1024;

  private final Map<String, Entry> entries = new HashMap<>();
  private final SequencedMap<String, Signing.Key> known = new LinkedHashMap<>();

  KeyTable(Dataset table) {
    for (Entry entry : table.entries()) {
      entries.putIfAbsent(entry.key(), entry);
    }
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  List<String> names() {
    return entries.keySet().stream().sorted().toList();
  }

  /** All keys that were used. */
  List<Signing.Key> used() {
    return new ArrayList<>(known.sequencedValues());
  }

  /** Whether the key of that name signs for whatever domain the author is of. */
  boolean isForAuthor(String name) throws OpenDkimException {
    return parts(name)[0].equals(AUTHOR);
  }

  private String[] parts(String name) throws OpenDkimException {
    Entry entry = entries.getOrDefault(name, new Entry("", name, ""));
    String[] parts = entry.value().split(":", 3);
    if (parts.length < 3) {
      throw new OpenDkimException(
          entry.place() + ": expected a name, and domain:selector:key behind it");
    }
    return parts;
  }

  /**
   * The key of that name.
   *
   * @param author the domain for which it signs, if that is one
   */
  Signing.Key key(String name, Optional<Domain> author) throws OpenDkimException {
    String[] parts = parts(name);
    String place = entries.getOrDefault(name, new Entry("", name, "")).place();
    String owner = author.map(Domain::ascii).orElse(AUTHOR);
    Domain domain =
        Domain.parse(parts[0].equals(AUTHOR) ? owner : parts[0].strip())
            .orElseThrow(() -> new OpenDkimException(place + ": '" + parts[0] + "' is no domain"));
    String content = parts[2].strip().replace(AUTHOR, owner);
    try {
      String pem = pem(content);
      DkimKey key = DkimKey.parse(pem.getBytes(StandardCharsets.ISO_8859_1));
      Signing.Key read = new Signing.Key(new SigningKey(domain, parts[1].strip(), key), pem);
      Signing.Key before = known.putIfAbsent(read.toString(), read);
      if (before != null && !before.pem().equals(pem)) {
        throw new OpenDkimException(place + ": another key is called " + read + ", too");
      }
      return before == null ? read : before;
    } catch (DkimKeyException e) {
      String what = isPath(content) ? content : "the key";
      throw new OpenDkimException(place + ": " + what + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new OpenDkimException(place + ": " + e.getMessage(), e);
    }
  }

  private static boolean isPath(String content) {
    return content.startsWith("/") || content.startsWith("./") || content.startsWith("../");
  }

  private static String pem(String content) throws OpenDkimException {
    if (isPath(content)) {
      return new String(TextFile.read(Path.of(content), MOST_OCTETS), StandardCharsets.ISO_8859_1);
    }
    return content.contains("-----BEGIN") ? content : wrapped(content);
  }

  /** DER in base64, of either form that a private key has. */
  private static String wrapped(String base64) {
    String pkcs1 = block("RSA PRIVATE KEY", base64);
    try {
      DkimKey.parse(pkcs1.getBytes(StandardCharsets.ISO_8859_1));
      return pkcs1;
    } catch (DkimKeyException _) {
      return block("PRIVATE KEY", base64);
    }
  }

  private static String block(String kind, String base64) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, base64.replaceAll("\\s+", "").replaceAll("(.{64})(?=.)", "$1\n"), kind);
  }
}
