package dovetail.cli;

import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.MalformedFieldException;
import dovetail.directory.edit.Row;
import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a file as changes, read as they are asked for, as often as that is. */
final class RowFile implements Iterable<Change> {
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(false).get();

  private final Kind kind;
  private final Path file;
  private final RowFormat format;
  private final boolean update;
  private long line;

  /** A row that cannot be read. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }

    UnreadableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  RowFile(Kind kind, Path file, RowFormat format, boolean update) {
    this.kind = kind;
    this.file = file;
    this.format = format;
    this.update = update;
  }

  /** The line on which the row ends that was read last. */
  long line() {
    return line;
  }

  @Override
  public Iterator<Change> iterator() {
    line = 0;
    return switch (format) {
      case CSV -> csv();
      case JSONL -> jsonLines();
    };
  }

  private Iterator<Change> csv() {
    CSVParser parser = unreadable(() -> CSVParser.parse(file, StandardCharsets.UTF_8, CSV));
    Iterator<CSVRecord> records = parser.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        line = parser.getCurrentLineNumber() + 1; // where it stands if it cannot be read
        boolean more = unreadable(records::hasNext);
        if (!more) {
          unreadable(() -> close(parser));
        }
        return more;
      }

      @Override
      public Change next() {
        CSVRecord row = unreadable(records::next);
        line = parser.getCurrentLineNumber();
        if (!row.isConsistent()) {
          throw new UnreadableException(
              "%d values, but the first line names %d fields"
                  .formatted(row.size(), parser.getHeaderNames().size()));
        }
        return change(row.toMap());
      }
    };
  }

  private static boolean close(AutoCloseable resource) throws Exception {
    resource.close();
    return true;
  }

  private Iterator<Change> jsonLines() {
    BufferedReader reader = unreadable(() -> Files.newBufferedReader(file, StandardCharsets.UTF_8));
    Iterator<String> lines = reader.lines().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        boolean more = unreadable(lines::hasNext);
        if (!more) {
          unreadable(() -> close(reader));
        }
        return more;
      }

      @Override
      public Change next() {
        line++;
        String text = unreadable(lines::next);
        return change(unreadable(() -> JsonFields.read(text)));
      }
    };
  }

  /** Reads on; what is wrong with the file becomes one kind of failure. */
  private static <T> T unreadable(java.util.concurrent.Callable<T> step) {
    try {
      return step.call();
    } catch (UncheckedIOException e) {
      Throwable cause = e.getCause();
      String why = cause == null ? e.getMessage() : cause.getMessage();
      throw new UnreadableException(
          cause instanceof CharacterCodingException ? "it is not in UTF-8" : String.valueOf(why),
          e);
    } catch (UnreadableException e) {
      throw e;
    } catch (Exception e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }

  private Change change(Map<String, String> texts) {
    try {
      Row row = Row.read(kind, new TreeMap<>(texts));
      return update ? new Change.Put(row) : new Change.Add(row);
    } catch (MalformedFieldException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }
}
