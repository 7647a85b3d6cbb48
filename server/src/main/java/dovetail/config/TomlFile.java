package dovetail.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads one TOML file into values with places. The only class that knows the TOML library. */
final class TomlFile {
  private final String file;

  private TomlFile(String file) {
    this.file = file;
  }

  static ConfigValue read(Path path) throws ConfigException {
    TomlFile toml = new TomlFile(path.toString());
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException _) {
      throw toml.failed("the file does not exist");
    } catch (AccessDeniedException _) {
      throw toml.failed("the file cannot be read: permission denied");
    } catch (IOException e) {
      throw toml.failed("the file cannot be read: " + e.getMessage());
    }
    return toml.parse(toml.decode(bytes));
  }

  private ConfigException failed(String message) {
    return new ConfigException(List.of(new Problem(Position.file(file), message)));
  }

  private String decode(byte[] bytes) throws ConfigException {
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length + 1);
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(input, output, true);
    if (result.isError()) {
      String before = output.flip().toString();
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      int column = before.length() - before.lastIndexOf('\n');
      String message = "not UTF-8: byte 0x%02x".formatted(bytes[input.position()] & 0xff);
      throw new ConfigException(List.of(new Problem(new Position(file, line, column), message)));
    }
    return output.flip().toString();
  }

  private ConfigValue parse(String text) throws ConfigException {
    TomlParseResult result = Toml.parse(text);
    if (result.hasErrors()) {
      List<Problem> problems = new ArrayList<>();
      result
          .errors()
          .forEach(error ->
              problems.add(new Problem(place(error.position()), "syntax: " + plain(error))));
      throw new ConfigException(problems);
    }
    return new ConfigValue("", Position.file(file), table("", result));
  }

  private static String plain(Throwable error) {
    String message = error.getMessage();
    return message == null ? "not TOML" : message;
  }

  private Position place(@Nullable TomlPosition position) {
    return position == null
        ? Position.file(file)
        : new Position(file, position.line(), position.column());
  }

  private ConfigValue.Content table(String name, TomlTable table) {
    SequencedMap<String, ConfigValue> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      Object raw = table.get(path);
      TomlPosition position = table.inputPositionOf(path);
      if (raw != null) {
        String full = name.isEmpty() ? key : name + "." + key;
        entries.put(key, new ConfigValue(full, place(position), content(full, raw)));
      }
    }
    return new ConfigValue.Content.Table(entries);
  }

  private ConfigValue.Content list(String name, TomlArray array) {
    List<ConfigValue> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String full = name + "[" + i + "]";
      items.add(
          new ConfigValue(full, place(array.inputPositionOf(i)), content(full, array.get(i))));
    }
    return new ConfigValue.Content.Items(items);
  }

  private ConfigValue.Content content(String name, Object raw) {
    return switch (raw) {
      case String text -> new ConfigValue.Content.Text(text);
      case Long number -> new ConfigValue.Content.Whole(number);
      case Boolean truth -> new ConfigValue.Content.Truth(truth);
      case TomlArray array -> list(name, array);
      case TomlTable table -> table(name, table);
      case Double number -> new ConfigValue.Content.Other("the number " + number);
      default -> new ConfigValue.Content.Other("the date or time " + raw);
    };
  }
}
