package dovetail.store.foreign;

import dovetail.store.foreign.DumpReader.Statement;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables of a dump that mysqldump, mariadb-dump or phpMyAdmin has made. It is read through once
 * when it is opened, so that one that is cut off is refused before anything is taken from it, and
 * from its start again for each table. It stays open all the time: who reads on may have given up
 * the right to open it.
 */
public final class MysqlDump implements ForeignTables {
  private final String file;
  private final FileChannel channel;
  private final Map<String, Table> tables = new LinkedHashMap<>();

  /** What is known of a table. */
  private static final class Table {
    private List<String> columns = List.of();
    private final Set<String> named = new TreeSet<>();
    private long rows;
  }

  private MysqlDump(String file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a dump.
   *
   * @throws UnreadableException if it cannot be read, is cut off, or is of another database
   */
  public static MysqlDump open(Path file) {
    MysqlDump dump = new MysqlDump(file.toString(), channel(file));
    try {
      dump.readThrough();
      return dump;
    } catch (UnreadableException e) {
      dump.close();
      throw e;
    }
  }

  private static FileChannel channel(Path file) {
    try {
      return FileChannel.open(file);
    } catch (NoSuchFileException e) {
      throw new UnreadableException("cannot read " + file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new UnreadableException("cannot read " + file + ": permission denied", e);
    } catch (IOException e) {
      throw new UnreadableException("cannot read " + file + ": " + e, e);
    }
  }

  private void readThrough() {
    switch (new DumpInput(file, channel).peek()) {
      case DumpInput.END -> throw new UnreadableException(file + " is empty");
      // How gzip, xz and zstd begin.
      case 0x1f, 0xfd, 0x28 ->
          throw new UnreadableException(file + " seems to be compressed: unpack it first");
      default -> {}
    }
    DumpReader reader = reader();
    survey(reader);
    if (reader.isCutOff()) {
      throw reader.wrong("the dump is cut off: its last line, \"-- Dump completed\", is missing");
    }
  }

  /** A reader of its own, from the start. */
  private DumpReader reader() {
    return new DumpReader(new DumpInput(file, channel));
  }

  private void survey(DumpReader reader) {
    Optional<Statement> statement = reader.next();
    while (statement.isPresent()) {
      switch (statement.get()) {
        case Statement.Create(String name, List<String> columns) -> {
          Table table = table(name);
          if (!table.columns.isEmpty() && !columns.isEmpty()) {
            throw reader.wrong(
                "a second table " + name + ": dump the database of PostfixAdmin alone");
          }
          table.columns = columns;
          table.named.addAll(columns);
        }
        case Statement.Insert(String name, List<String> columns) -> {
          Table table = table(name);
          table.named.addAll(columns);
          do {
            reader.skipRow();
            table.rows++;
          } while (!reader.isLastRow());
        }
      }
      statement = reader.next();
    }
  }

  private Table table(String name) {
    return tables.computeIfAbsent(name, _ -> new Table());
  }

  @Override
  public Set<String> tables() {
    return Set.copyOf(tables.keySet());
  }

  @Override
  public Set<String> columns(String table) {
    return Optional.ofNullable(tables.get(table))
        .map(known -> Set.copyOf(known.named))
        .orElse(Set.of());
  }

  @Override
  public long count(String table) {
    return Optional.ofNullable(tables.get(table)).map(known -> known.rows).orElse(0L);
  }

  @Override
  public Cursor rows(String table, List<String> columns) {
    Table known = table(table);
    return new Rows(reader(), table, known.columns, new HashSet<>(columns));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UnreadableException("cannot close " + file + ": " + e, e);
    }
  }

  /** The rows of one table. */
  private static final class Rows implements Cursor {
    private final DumpReader reader;
    private final String table;
    private final List<String> usual;
    private final Set<String> wanted;
    private List<String> columns = List.of();
    private boolean inside;

    Rows(DumpReader reader, String table, List<String> usual, Set<String> wanted) {
      this.reader = reader;
      this.table = table;
      this.usual = usual;
      this.wanted = wanted;
    }

    @Override
    public Optional<ForeignRow> next() {
      while (!inside) {
        Optional<Statement> statement = reader.next();
        if (statement.isEmpty()) {
          return Optional.empty();
        }
        if (statement.get() instanceof Statement.Insert insert) {
          enter(insert);
        }
      }
      String place = reader.place();
      List<Optional<String>> values = reader.row();
      if (values.size() != columns.size()) {
        throw reader.wrong(
            "a row of %s has %d values for %d columns"
                .formatted(table, values.size(), columns.size()));
      }
      inside = !reader.isLastRow();
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        String name = columns.get(i);
        if (wanted.contains(name)) {
          values.get(i).ifPresent(value -> row.put(name, value));
        }
      }
      return Optional.of(new ForeignRow(place, row));
    }

    private void enter(Statement.Insert insert) {
      if (!insert.table().equals(table)) {
        do {
          reader.skipRow();
        } while (!reader.isLastRow());
        return;
      }
      columns = insert.columns().isEmpty() ? usual : insert.columns();
      if (columns.isEmpty()) {
        throw reader.wrong(
            "rows of %s, whose columns are not known: make the dump with its CREATE TABLE"
                .formatted(table));
      }
      inside = true;
    }

    @Override
    public void close() {
      // The file stays open for others.
    }
  }
}
