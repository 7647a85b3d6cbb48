package dovetail.ledger;

import dovetail.mail.Domain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** A batch as a file: what was not written to its end is not taken for one. */
final class BatchFile {
  private static final int MARK = 0x44564C31; // DVL1

  private static final Set<OpenOption> NEW =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);

  /** The ending of a file that is being written. */
  static final String HALF = ".new";

  private BatchFile() {}

  /** Writes a batch; after a crash it is there as a whole or not at all. */
  static void write(Path file, Batch batch) throws IOException {
    byte[] content = content(batch);
    CRC32 sum = new CRC32();
    sum.update(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length + 16);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MARK);
    out.writeLong(sum.getValue());
    out.write(content);
    Path fresh = file.resolveSibling(file.getFileName() + HALF);
    try (FileChannel channel = FileChannel.open(fresh, NEW)) {
      ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
      while (all.hasRemaining()) {
        channel.write(all);
      }
      channel.force(false);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] content(Batch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(batch.id());
    out.writeInt(batch.entries().size());
    for (Entry entry : batch.entries()) {
      out.writeUTF(entry.day().domain().ascii());
      out.writeLong(entry.day().day().toEpochDay());
      text(out, entry.policy());
      text(out, entry.facts());
      out.writeLong(entry.messages());
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads a batch.
   *
   * @throws DamagedException if it is none
   */
  static Batch read(Path file) throws IOException, DamagedException {
    byte[] all = Files.readAllBytes(file);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
    int head = Integer.BYTES + Long.BYTES;
    if (all.length < head || in.readInt() != MARK) {
      throw new DamagedException("it is not the file of a batch");
    }
    CRC32 sum = new CRC32();
    sum.update(all, head, all.length - head);
    if (in.readLong() != sum.getValue()) {
      throw new DamagedException("its checksum is wrong");
    }
    try {
      return batch(in);
    } catch (IOException | DateTimeException e) {
      throw new DamagedException("it cannot be read: " + e.getMessage());
    }
  }

  private static Batch batch(DataInputStream in) throws IOException, DamagedException {
    String id = in.readUTF();
    int count = in.readInt();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      Domain domain =
          Domain.parse(name).orElseThrow(() -> new DamagedException("no domain: " + name));
      DomainDay day = new DomainDay(domain, LocalDate.ofEpochDay(in.readLong()));
      entries.add(new Entry(day, text(in), text(in), in.readLong()));
    }
    return new Batch(id, entries);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** What is in a file is no batch. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
      super(message);
    }
  }
}
