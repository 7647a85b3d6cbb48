package dovetail.cli;

import dovetail.store.sql.Backup;
import dovetail.store.sql.BackupRow;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A copy of the database as JSON lines: one that says what it is, one for each row, and one that
 * counts them, without which the file is not whole.
 */
final class BackupFile implements Iterable<BackupRow> {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String HEAD = "{\"dovetail\":\"database dump\",\"format\":1}";
  private static final String END = "rows";

  private final SeekableByteChannel file;
  private long line;

  /** The file cannot be used; the message says why and where. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  /** A file that is open: who reads it may not be the one who could open it. */
  BackupFile(SeekableByteChannel file) {
    this.file = file;
  }

  /** The line that was read last. */
  long line() {
    return line;
  }

  // ---- writing

  /** Writes a copy of a database into a file of its own, which is gone when this is closed. */
  static final class Writer implements Backup.Sink, AutoCloseable {
    private Optional<Path> file = Optional.empty();
    private Optional<BufferedWriter> out = Optional.empty();

    @Override
    public void begin() {
      try {
        close();
        file = Optional.of(Files.createTempFile("dovetail", ".dump")); // with mode 0600
        out = Optional.of(Files.newBufferedWriter(file.get(), StandardCharsets.UTF_8));
        line(HEAD);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void row(BackupRow row) {
      line(json(row));
    }

    /** Marks the file as whole, and gives it. */
    Path end(long rows) throws IOException {
      line("{\"" + END + "\":" + rows + "}");
      out.orElseThrow().close();
      return file.orElseThrow();
    }

    private void line(String text) {
      try {
        out.orElseThrow().write(text);
        out.orElseThrow().write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get()); // first: what is left to be written may find no room
        if (out.isPresent()) {
          out.get().close();
        }
      }
    }
  }

  private static String json(BackupRow row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      out.writeName(row.table());
      out.writeStartObject();
      row.columns()
          .forEach((name, value) -> {
            if (value instanceof Long number) {
              out.writeNumberProperty(name, number);
            } else {
              out.writeStringProperty(name, String.valueOf(value));
            }
          });
      out.writeEndObject();
      out.writeEndObject();
    }
    return text.toString();
  }

  // ---- reading

  @Override
  public Iterator<BackupRow> iterator() {
    line = 0;
    try {
      file.position(0);
      BufferedReader reader =
          new BufferedReader(Channels.newReader(file, StandardCharsets.UTF_8.newDecoder(), -1));
      if (!HEAD.equals(read(reader))) {
        throw new UnreadableException("line 1: this is no dump of Dovetail's database");
      }
      return new Rows(reader);
    } catch (IOException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()));
    }
  }

  private String read(BufferedReader reader) {
    try {
      String text = reader.readLine();
      if (text == null) {
        throw new UnreadableException(
            "the file ends after line " + line + ", before its last: it is not whole");
      }
      line++;
      return text;
    } catch (CharacterCodingException _) {
      throw new UnreadableException("line " + (line + 1) + ": not in UTF-8");
    } catch (IOException e) {
      throw new UnreadableException("after line " + line + ": " + e.getMessage());
    }
  }

  private final class Rows implements Iterator<BackupRow> {
    private final BufferedReader reader;
    private Optional<BackupRow> next = Optional.empty();
    private boolean ended;
    private long rows;

    Rows(BufferedReader reader) {
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      if (next.isEmpty() && !ended) {
        next = row(read(reader));
      }
      return next.isPresent();
    }

    @Override
    public BackupRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      BackupRow row = next.orElseThrow();
      next = Optional.empty();
      rows++;
      return row;
    }

    /** Nothing at the end. */
    private Optional<BackupRow> row(String text) {
      try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
        require(parser.nextToken() == JsonToken.START_OBJECT);
        require(parser.nextToken() == JsonToken.PROPERTY_NAME);
        String name = parser.currentName();
        if (name.equals(END)) {
          require(parser.nextToken() == JsonToken.VALUE_NUMBER_INT);
          end(parser.getLongValue());
          return Optional.empty();
        }
        require(parser.nextToken() == JsonToken.START_OBJECT);
        BackupRow row = new BackupRow(name, columns(parser));
        require(parser.nextToken() == JsonToken.END_OBJECT);
        require(parser.nextToken() == null);
        return Optional.of(row);
      } catch (JacksonException e) {
        throw new UnreadableException("line " + line + ": " + e.getOriginalMessage());
      }
    }

    private SequencedMap<String, Object> columns(JsonParser parser) {
      SequencedMap<String, Object> columns = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        Object value =
            switch (parser.nextToken()) {
              case VALUE_STRING -> parser.getString();
              case VALUE_NUMBER_INT -> parser.getLongValue();
              case null, default -> throw malformed();
            };
        if (columns.put(name, value) != null) {
          throw malformed();
        }
      }
      return columns;
    }

    private void end(long announced) {
      ended = true;
      try {
        if (announced != rows) {
          throw new UnreadableException(
              "line " + line + ": it announces " + announced + " rows, but there are " + rows);
        }
        if (reader.readLine() != null) {
          throw new UnreadableException("something stands behind line " + line);
        }
      } catch (IOException e) {
        throw new UnreadableException("after line " + line + ": " + e.getMessage());
      }
    }

    private void require(boolean condition) {
      if (!condition) {
        throw malformed();
      }
    }

    private UnreadableException malformed() {
      return new UnreadableException("line " + line + ": not of the form {\"table\":{...}}");
    }
  }
}
