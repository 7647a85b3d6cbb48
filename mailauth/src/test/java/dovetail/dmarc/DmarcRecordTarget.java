package dovetail.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Any text is a policy record that says what a plain reader sees in it, or it is none. */
public final class DmarcRecordTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "v=DMARC1;",
          "v=DMARC1",
          "V = DMARC1 ;",
          "v=spf1 ",
          "p=none;",
          "p=quarantine;",
          "p=reject",
          "sp=reject;",
          "np=",
          "adkim=s;",
          "aspf=r;",
          "psd=y;",
          "psd=n",
          "t=y;",
          "pct=50;",
          "fo=1:d:s;",
          "rua=mailto:a@example.com",
          "ruf=mailto:b@example.com!10m;",
          "mailto:",
          "https://example.com/",
          "@",
          "%21",
          "?subject=x",
          ";",
          "=",
          ":",
          ",",
          "!",
          " ",
          "\t",
          "\r\n ",
          "\0",
          "\u00FF",
          "none",
          "reject");

  /** Version 1 as the first tag, read by one expression. */
  private static final Pattern VERSION =
      Pattern.compile("[ \t\r\n]*[vV][ \t\r\n]*=[ \t\r\n]*DMARC1[ \t\r\n]*");

  @Override
  public String name() {
    return "dmarcrecord";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    Optional<DmarcRecord> record = DmarcRecord.parse(text);
    assertThat(record.isPresent()).isEqualTo(isRecord(text));
    record.ifPresent(DmarcRecordTarget::check);
    return record.map(DmarcRecordTarget::outcome).orElse("foreign");
  }

  private static boolean isRecord(String text) {
    String first = text.split(";", 2)[0];
    boolean bare = first.replace("\r\n", "").matches("(?s).*[\r\n].*");
    return !bare && VERSION.matcher(first).matches();
  }

  private static String outcome(DmarcRecord record) {
    String policy =
        record
            .effective()
            .map(policies -> policies.domain().word())
            .orElse(record.asksInvalidly() ? "invalid" : "no policy");
    return policy
        + (record.suffix() == PublicSuffix.UNDECLARED ? "" : " " + record.suffix())
        + (record.testing() ? " testing" : "");
  }

  private static void check(DmarcRecord record) {
    String lower = record.text().toLowerCase(Locale.ROOT);
    record.policies().ifPresent(policies -> assertThat(lower).contains(policies.domain().word()));
    assertThat(record.notes()).doesNotHaveDuplicates().hasSizeLessThan(30);
    assertThat(record.reporting().options()).isNotEmpty().doesNotHaveDuplicates();
    for (List<ReportUri> uris :
        List.of(record.reporting().aggregate(), record.reporting().failure())) {
      assertThat(uris).hasSizeLessThanOrEqualTo(RecordParser.MAX_URIS);
      assertThat(uris)
          .allSatisfy(uri -> {
            assertThat(record.text()).contains(uri.text());
            assertThat(uri.text()).matches("[A-Za-z][A-Za-z0-9+.-]*:[!-~&&[^,!]]+");
            assertThat(uri.mailbox().isPresent())
                .isEqualTo(uri.text().regionMatches(true, 0, "mailto:", 0, 7));
          });
    }
    if (record.text().length() < 1_000 && record.text().split(";", -1).length < 90) {
      checkWithMore(record);
    }
  }

  /** More tags that nobody knows change nothing. */
  private static void checkWithMore(DmarcRecord record) {
    DmarcRecord more = DmarcRecord.parse(record.text() + ";\t; foo=bar").orElseThrow();
    assertThat(more.policies()).isEqualTo(record.policies());
    assertThat(more.modes()).isEqualTo(record.modes());
    assertThat(more.reporting()).isEqualTo(record.reporting());
  }
}
