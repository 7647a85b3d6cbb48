package dovetail.dmarc.report;

import dovetail.mail.MailboxReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * Finds the reports in a file as it comes: XML, compressed by gzip or zip (RFC 9990 3.5.2), in mail
 * that carries such files, and in mbox files of that. What is in a file tells what it is; names
 * count only in archives, which may hold other files. What comes out of it is bounded, however
 * small it is.
 */
public final class ReportFile {
  /** Far more than any receiver sends, all layers and reports of a file together. */
  private static final long MAX_BYTES = 256 * 1024 * 1024;

  private static final int MAX_REPORTS = 10_000;

  /** Mail, in it zip, in that gzip: more is a trick. */
  private static final int MAX_DEPTH = 3;

  private final List<AggregateReport> reports = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private long bytes;

  /**
   * What is in a file.
   *
   * @param faults which of the messages could not be read, and why, for people
   */
  public record Contents(List<AggregateReport> reports, List<String> faults) {
    public Contents {
      reports = List.copyOf(reports);
      faults = List.copyOf(faults);
    }
  }

  private ReportFile() {}

  /**
   * Reads all reports of a file. Mail without a report is passed over, as long as there is other.
   *
   * @param in read to its end; closing it is the caller's
   * @return at least one report or fault
   * @throws ReportException if there is no report, or one that is not in mail cannot be read
   */
  public static Contents read(InputStream in) throws IOException, ReportException {
    ReportFile file = new ReportFile();
    try {
      file.add(in, 0);
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    } catch (TooLargeException e) {
      throw new ReportException("more than " + MAX_BYTES + " bytes in it", e);
    }
    if (file.reports.isEmpty() && file.faults.isEmpty()) {
      throw new ReportException("no aggregate report in it");
    }
    return new Contents(file.reports, file.faults);
  }

  private static ReportException damaged(IOException cause) {
    return new ReportException("damaged: " + cause.getMessage(), cause);
  }

  private void add(InputStream source, int depth) throws IOException, ReportException {
    if (depth > MAX_DEPTH) {
      throw new ReportException("too many files in one another");
    }
    BufferedInputStream in = new BufferedInputStream(new Counted(source));
    switch (Kind.of(in)) {
      case XML -> {
        if (reports.size() == MAX_REPORTS) {
          throw new ReportException("more than " + MAX_REPORTS + " reports");
        }
        reports.add(ReportReader.read(in));
      }
      case GZIP -> add(new GZIPInputStream(in), depth + 1);
      case ZIP -> unzip(new ZipInputStream(in), depth);
      case OTHER -> mail(in, depth);
    }
  }

  /** Archives from desktops have other files besides; reports are named for what they are. */
  private void unzip(ZipInputStream zip, int depth) throws IOException, ReportException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!entry.isDirectory() && isReportName(entry.getName())) {
        add(zip, depth + 1);
      }
      // What is passed over counts as well: it has to be unpacked all the same.
      new Counted(zip).transferTo(OutputStream.nullOutputStream());
    }
  }

  private static boolean isReportName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.startsWith("__macosx/")
        && (lower.endsWith(".xml") || lower.endsWith(".gz") || lower.endsWith(".zip"));
  }

  private void mail(InputStream in, int depth) throws IOException, ReportException {
    if (depth > 0) {
      throw new ReportException("neither XML nor compressed");
    }
    MailboxReader mailbox = MailboxReader.open(in);
    int number = 0;
    for (Optional<InputStream> message = mailbox.next();
        message.isPresent();
        message = mailbox.next()) {
      number++;
      try {
        attachments(message.get());
      } catch (ReportException e) {
        faults.add("message " + number + ": " + e.getMessage());
      } catch (ZipException | EOFException e) {
        faults.add("message " + number + ": " + damaged(e).getMessage());
      }
    }
  }

  private void attachments(InputStream message) throws IOException, ReportException {
    MimeTokenStream parts = new MimeTokenStream();
    parts.parse(message);
    try {
      for (EntityState state = parts.getState();
          state != EntityState.T_END_OF_STREAM;
          state = parts.next()) {
        if (state == EntityState.T_BODY && mayBeReport(parts.getBodyDescriptor())) {
          attachment(new BufferedInputStream(parts.getDecodedInputStream()));
        }
      }
    } catch (MimeException e) {
      throw new ReportException("mail that cannot be read", e);
    }
  }

  private void attachment(BufferedInputStream in) throws IOException, ReportException {
    if (Kind.of(in) != Kind.OTHER) {
      add(in, 1);
    }
  }

  /** The text that people are to read is none. */
  private static boolean mayBeReport(BodyDescriptor part) {
    String type = String.valueOf(part.getMimeType()).toLowerCase(Locale.ROOT);
    return type.endsWith("xml")
        || type.endsWith("zip")
        || type.endsWith("zip-compressed")
        || type.equals("application/octet-stream");
  }

  /** What the first bytes say. */
  private enum Kind {
    XML,
    GZIP,
    ZIP,
    OTHER;

    private static final int LOOKED_AT = 64;

    static Kind of(BufferedInputStream in) throws IOException {
      in.mark(LOOKED_AT);
      byte[] first = in.readNBytes(LOOKED_AT);
      in.reset();
      if (begins(first, 0x1f, 0x8b)) {
        return GZIP;
      }
      if (begins(first, 'P', 'K')) {
        return ZIP;
      }
      return isXml(first) ? XML : OTHER;
    }

    private static boolean begins(byte[] bytes, int first, int second) {
      return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    private static boolean isXml(byte[] bytes) {
      if (begins(bytes, 0xfe, 0xff) || begins(bytes, 0xff, 0xfe)) {
        return true; // UTF-16, which mail does not begin with
      }
      int at = begins(bytes, 0xef, 0xbb) ? 3 : 0;
      while (at < bytes.length && Character.isWhitespace(bytes[at])) {
        at++;
      }
      return at < bytes.length && bytes[at] == '<';
    }
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Counts what comes out of all layers. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read >= 0) {
        count(1);
      }
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    /** The reader of XML closes what it has read, but there may be more files behind it. */
    @Override
    public void close() {}

    private void count(int read) throws TooLargeException {
      bytes += read;
      if (bytes > MAX_BYTES) {
        throw new TooLargeException();
      }
    }
  }
}
