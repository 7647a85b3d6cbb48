package dovetail.doctor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings of Dovecot as {@code doveconf -n} prints them: a block, and the blocks in it.
 *
 * @param kind "passdb", "service"; empty: the whole
 * @param name what stands behind the kind, without quotes; may be empty
 */
public record DovecotBlock(
    String kind, String name, Map<String, String> settings, List<DovecotBlock> blocks) {

  /** What stands in place of values that might be secret. */
  public static final String HIDDEN = "# hidden";

  /** Reads what {@code doveconf} printed, as far as it is not hidden. */
  public static DovecotBlock parse(String text) {
    DovecotBlock root = new DovecotBlock("", "", new LinkedHashMap<>(), new ArrayList<>());
    Deque<DovecotBlock> open = new ArrayDeque<>(List.of(root));
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.equals("}")) {
        if (open.size() > 1) {
          open.pop();
        }
      } else if (line.endsWith("{")) {
        DovecotBlock block = head(line.substring(0, line.length() - 1).strip());
        open.element().blocks().add(block);
        open.push(block);
      } else {
        int equals = line.indexOf('=');
        String value = line.substring(equals + 1).strip();
        if (equals > 0 && !value.startsWith(HIDDEN)) {
          open.element().settings().put(line.substring(0, equals).strip(), bare(value));
        }
      }
    }
    return root;
  }

  private static DovecotBlock head(String words) {
    int space = words.indexOf(' ');
    String kind = space < 0 ? words : words.substring(0, space);
    String name = space < 0 ? "" : bare(words.substring(space + 1).strip());
    return new DovecotBlock(kind, name, new LinkedHashMap<>(), new ArrayList<>());
  }

  private static String bare(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).strip()
        : text;
  }

  /** A setting of this block; empty if nothing but the default is known. */
  public String setting(String name) {
    return settings.getOrDefault(name, "");
  }

  /** The blocks of a kind that stand in this one. */
  public List<DovecotBlock> of(String kind) {
    return blocks.stream().filter(block -> block.kind().equals(kind)).toList();
  }

  /** The block of that kind and name. */
  public Optional<DovecotBlock> of(String kind, String name) {
    return of(kind).stream().filter(block -> block.name().equals(name)).findFirst();
  }

  /** This block and all below it. */
  Stream<DovecotBlock> all() {
    return Stream.concat(Stream.of(this), blocks.stream().flatMap(DovecotBlock::all));
  }
}
