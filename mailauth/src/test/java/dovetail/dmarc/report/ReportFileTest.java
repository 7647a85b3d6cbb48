package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Reports as they come, and what is none. */
final class ReportFileTest {
  private static final String XML =
      """
      <feedback><report_metadata><org_name>r.example</org_name><report_id>7</report_id>
      <date_range><begin>1</begin><end>2</end></date_range></report_metadata>
      <policy_published><domain>A.example</domain><p>reject</p></policy_published>
      <record><row><source_ip>2001:db8::1</source_ip><count>%s</count><policy_evaluated>
      <disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
      <identifiers><header_from>A.example</header_from></identifiers></record></feedback>
      """;

  private static final byte[] GOOD = bytes(XML.formatted("5"));

  @Test
  void readsWhatIsCompressedOrAttached() throws Exception {
    for (byte[] each : List.of(GOOD, gzip(GOOD), zip(GOOD), bytes(mail(gzip(GOOD))))) {
      AggregateReport report = read(each).getFirst();
      assertThat(report.policy().domain()).isEqualTo("a.example");
      assertThat(report.rows().getFirst().count()).isEqualTo(5);
    }
  }

  @Test
  void countsAReportOnce() throws Exception {
    List<AggregateReport> twice = List.of(read(GOOD).getFirst(), read(gzip(GOOD)).getFirst());
    Sender sender = Sender.of(twice).getFirst();
    assertThat(sender.messages()).isEqualTo(5);
    assertThat(sender.failed()).isEqualTo(5);
    assertThat(sender.refused()).isEqualTo(5);
  }

  @Test
  void refusesWhatIsNone() throws Exception {
    refused(bytes("<!DOCTYPE feedback [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + XML), "type");
    refused(bytes("<html></html>"), "where <feedback> should be");
    refused(bytes(XML.formatted("-1")), "negative");
    refused(bytes(XML.formatted("many")), "no number");
    refused(bytes("Subject: nothing\n\nnothing\n"), "no aggregate report");
    refused(bytes("<feedback>" + "<a>".repeat(100_000)), "too many elements");
    byte[] cut = gzip(GOOD);
    refused(Arrays.copyOf(cut, cut.length / 2), "damaged");
    refused(bytes("<feedback><version>1"), "no XML");
    refused(bytes("<!DOCTYPE feedback [<!E.x a \"\u0012b\">]><feedback/>"), "no XML");
    refused(bytes("<?xml version='1.0' encoding='nonsense'?><feedback/>"), "no XML");
    refused(bytes("<?xml version='1.0' encoding='UTF-16'?><feedback/>"), "no XML");
    refused(bytes(XML.formatted("5</count><count>").replace("<dkim>", "<dkim>&x;")), "");
  }

  @Test
  void goesOnBehindMailThatCannotBeRead() throws Exception {
    byte[] bad = bytes(XML.formatted("many"));
    String good = "From r\n" + mail(gzip(GOOD)) + "\n";
    String all = "From x\nSubject: none\n\nHello.\n\nFrom y\n" + mail(bad) + "\n" + good;
    ReportFile.Contents contents = ReportFile.read(new ByteArrayInputStream(bytes(all)));
    assertThat(contents.reports()).hasSize(1);
    assertThat(contents.faults()).containsExactly("message 2: record 1: no number in <count>");
  }

  @Test
  void textIsWhatItStandsFor() throws Exception {
    AggregateReport report =
        read(bytes(XML.formatted("5").replace("r.example", "A&amp;B &#60;C&gt;"))).getFirst();
    assertThat(report.metadata().organization()).isEqualTo("A&B <C>");
  }

  /** A letter in another encoding than is said is no reason to lose all the rest. */
  @Test
  void decodesWhatItCan() throws Exception {
    String named = XML.formatted("5").replace("r.example", "r\u00FC");
    String declared = "<?xml version='1.0' encoding='%s'?>" + named;
    assertOrganization(bytes(named), "r\u00FC");
    assertOrganization(bytes("\uFEFF" + named), "r\u00FC");
    assertOrganization(named.getBytes(StandardCharsets.ISO_8859_1), "r\uFFFD");
    byte[] latin = declared.formatted("ISO-8859-1").getBytes(StandardCharsets.ISO_8859_1);
    assertOrganization(latin, "r\u00FC");
    assertOrganization(bytes(declared.formatted("utf-8")), "r\u00FC");
    byte[] wide = declared.formatted("UTF-16").getBytes(StandardCharsets.UTF_16);
    assertOrganization(wide, "r\u00FC");
  }

  private static void assertOrganization(byte[] xml, String name) throws Exception {
    assertThat(read(xml).getFirst().metadata().organization()).isEqualTo(name);
  }

  @Test
  void sumsNeverTurnNegative() throws Exception {
    String most = XML.formatted(Long.MAX_VALUE);
    List<AggregateReport> reports =
        List.of(read(bytes(most)).getFirst(), read(bytes(most.replace(">7<", ">8<"))).getFirst());
    assertThat(Sender.of(reports).getFirst().messages()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesABomb() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      byte[] spaces = new byte[1024 * 1024];
      Arrays.fill(spaces, (byte) ' ');
      out.write(bytes("<feedback>"));
      for (int count = 0; count < 300; count++) {
        out.write(spaces);
      }
    }
    refused(bomb.toByteArray(), "more than");
  }

  private static void refused(byte[] file, String why) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining(why);
  }

  private static List<AggregateReport> read(byte[] file) throws IOException, ReportException {
    return ReportFile.read(new ByteArrayInputStream(file)).reports();
  }

  private static String mail(byte[] attachment) {
    return "From: r@r.example\nContent-Type: application/octet-stream\n"
        + "Content-Transfer-Encoding: base64\n\n"
        + Base64.getMimeEncoder().encodeToString(attachment)
        + "\n";
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("r.xml"));
      out.write(content);
      out.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
