package dovetail.dmarc.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the XML of an aggregate report (RFC 9990 3.1.1), which readers of the format before it
 * understand as well. Equal reports give equal octets.
 */
public final class ReportWriter {
  /** RFC 9990 3.1.1.1. */
  static final String NAMESPACE = "urn:ietf:params:xml:ns:dmarc-2.0";

  private ReportWriter() {}

  /**
   * Writes one report, in UTF-8. It says what the report says: whether that is all that RFC 9990
   * asks for is up to the caller. Characters that XML cannot carry are replaced by U+FFFD.
   */
  public static byte[] write(AggregateReport report) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ElementWriter.document(
        out,
        "feedback",
        NAMESPACE,
        to -> {
          if (report.version().isPresent()) {
            to.child(Element.leaf("version", report.version().get())); // RFC 9990 3.1.1.2
          }
          to.child(ReportElements.metadata(report.metadata()));
          to.child(ReportElements.policy(report.policy()));
          for (AggregateReport.Row row : report.rows()) {
            to.child(ReportElements.row(row));
          }
        });
    return out.toByteArray();
  }

  /** The same compressed (RFC 9990 3.5.2), without a time stamp. */
  public static byte[] compress(byte[] xml) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(xml);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory has failed", e);
    }
    return out.toByteArray();
  }
}
