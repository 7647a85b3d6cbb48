package dovetail.dns.dnsjava;

import static dovetail.dns.dnsjava.Asked.LONG;
import static dovetail.dns.dnsjava.Asked.ask;
import static dovetail.dns.dnsjava.Asked.failed;
import static dovetail.dns.dnsjava.Asked.noData;
import static dovetail.dns.dnsjava.Asked.noSuchName;
import static dovetail.dns.dnsjava.Asked.records;
import static dovetail.dns.dnsjava.Lies.says;
import static dovetail.dns.dnsjava.Lies.zone;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** What answers mean, however they travel. */
final class AnswerReadingTest {
  private static final String TEXT = "a.example. 300 TXT \"v=spf1 -all\"";
  private static final String SOA = "example. 900 SOA ns.example. root.example. 1 2 3 4 120";

  @Test
  void readsRecords() throws Exception {
    assertThat(ask(LONG, says(TEXT))).isEqualTo(records(300, "v=spf1 -all"));
    assertThat(ask(LONG, says("A.Example. 0 TXT x"))).isEqualTo(records(0, "x"));
  }

  @Test
  void takesATtlThatIsTooLongForNone() throws Exception {
    LyingServer.Script negative =
        says(query -> {
          byte[] octets = Lies.answer(query, Rcode.NOERROR, "a.example. 5 TXT x").toWire();
          octets[octets.length - 8] = (byte) 0x80; // behind it 7 octets of TTL, length and data
          return octets;
        });
    assertThat(ask(LONG, negative)).isEqualTo(records(0, "x"));
  }

  @Test
  void joinsStringsButNotRecords() throws Exception {
    assertThat(ask(LONG, says("a.example. 9 TXT \"v=DKIM1; \" \"p=\" \"\"", TEXT)))
        .isEqualTo(records(9, "v=DKIM1; p=", "v=spf1 -all"));
    assertThat(ask(LONG, says("a.example. 9 TXT \"\\195\\188\\000\"")))
        .isEqualTo(records(9, "\u00C3\u00BC\0"));
  }

  @Test
  void ignoresWhatWasNotAsked() throws Exception {
    assertThat(
            ask(
                LONG,
                says(
                    "b.example. 1 TXT foreign",
                    "example. 1 TXT above",
                    TEXT,
                    "x.a.example. 1 TXT below",
                    "a.example. 1 A 192.0.2.1",
                    "a.example. 1 SPF foreign")))
        .isEqualTo(records(300, "v=spf1 -all"));
    assertThat(ask(LONG, says("b.example. 1 TXT foreign"))).isEqualTo(noData(0));
  }

  @Test
  void followsAliases() throws Exception {
    assertThat(
            ask(
                LONG,
                says(
                    "c.example. 60 TXT x",
                    "a.example. 300 CNAME B.example.",
                    "b.example. 20 CNAME c.example.")))
        .isEqualTo(records(20, "x"));
  }

  @Test
  void followsDnameWithAndWithoutItsCname() throws Exception {
    assertThat(ask(LONG, says("example. 300 DNAME example.net.", "a.example.net. 60 TXT x")))
        .isEqualTo(records(60, "x"));
    assertThat(
            ask(
                LONG,
                says(
                    "example. 300 DNAME example.net.",
                    "a.example. 0 CNAME a.example.net.",
                    "a.example.net. 60 TXT x")))
        .isEqualTo(records(60, "x"));
    assertThat(ask(LONG, says("a.example. 300 DNAME b.example.", "b.example. 60 TXT x")))
        .isEqualTo(noData(0));
  }

  @Test
  void asksForTargetsOutside() throws Exception {
    Map<String, List<String>> zone =
        Map.of(
            "a.example.", List.of("a.example. 300 CNAME b.example.", "c.example. 1 TXT foreign"),
            "b.example.", List.of("b.example. 40 CNAME c.example."),
            "c.example.", List.of("c.example. 50 TXT x"));
    try (Asked asked = new Asked(LONG, zone(zone))) {
      assertThat(asked.ask()).isEqualTo(records(40, "x"));
      assertThat(asked.server(0).heard())
          .containsExactly("udp a.example.", "udp b.example.", "udp c.example.");
    }
  }

  @Test
  void seesAliasesThatGoRound() throws Exception {
    assertThat(ask(LONG, says("a.example. 1 CNAME b.example.", "b.example. 1 CNAME a.example.")))
        .isEqualTo(failed(Failure.ALIAS_LOOP));
    assertThat(ask(LONG, says("a.example. 1 CNAME a.example.")))
        .isEqualTo(failed(Failure.ALIAS_LOOP));
    assertThat(ask(LONG, says("example. 1 DNAME b.example.")))
        .isEqualTo(failed(Failure.ALIAS_LOOP));
    assertThat(
            ask(
                LONG,
                zone(
                    Map.of(
                        "a.example.", List.of("a.example. 1 CNAME b.example."),
                        "b.example.", List.of("b.example. 1 CNAME a.example.")))))
        .isEqualTo(failed(Failure.ALIAS_LOOP));
  }

  @Test
  void followsTenAliasesAndNoMore() throws Exception {
    assertThat(ask(LONG, says(chain(10)))).isEqualTo(records(5, "end"));
    assertThat(ask(LONG, says(chain(11)))).isEqualTo(failed(Failure.ALIAS_LOOP));
    Map<String, List<String>> zone = new HashMap<>();
    for (String line : chain(11)) {
      zone.put(line.substring(0, line.indexOf(' ')), List.of(line));
    }
    try (Asked asked = new Asked(LONG, zone(zone))) {
      assertThat(asked.ask()).isEqualTo(failed(Failure.ALIAS_LOOP));
      assertThat(asked.server(0).heard()).hasSize(11);
    }
  }

  private static String[] chain(int aliases) {
    List<String> lines = new ArrayList<>();
    String at = "a.example.";
    for (int i = 1; i <= aliases; i++) {
      lines.add(at + " 5 CNAME c" + i + ".example.");
      at = "c" + i + ".example.";
    }
    lines.add(at + " 5 TXT end");
    return lines.toArray(String[]::new);
  }

  @Test
  void seesNamesThatDnamesMakeTooLong() throws Exception {
    String label = "x".repeat(63) + ".";
    String longest = label.repeat(3) + "x".repeat(60) + ".";
    assertThat(ask(LONG, says("example. 1 DNAME " + longest)))
        .isEqualTo(failed(Failure.ALIAS_LOOP));
    assertThat(ask(LONG, says(Rcode.YXDOMAIN, "example. 1 DNAME " + longest)))
        .isEqualTo(failed(Failure.ALIAS_LOOP));
    assertThat(ask(LONG, says(Rcode.YXDOMAIN))).isEqualTo(failed(Failure.ALIAS_LOOP));
  }

  @Test
  void tellsNoNameFromNoData() throws Exception {
    assertThat(ask(LONG, says(Rcode.NXDOMAIN, SOA))).isEqualTo(noSuchName(120));
    assertThat(ask(LONG, says(Rcode.NXDOMAIN))).isEqualTo(noSuchName(0));
    assertThat(ask(LONG, says(SOA))).isEqualTo(noData(120));
    assertThat(ask(LONG, says(SOA.replace("900", "30")))).isEqualTo(noData(30));
    assertThat(ask(LONG, says(SOA, "example. 5 NS ns.example."))).isEqualTo(noData(120));
    assertThat(ask(LONG, says())).isEqualTo(noData(0));
  }

  @Test
  void takesNoForeignSoa() throws Exception {
    String foreign = SOA.replaceFirst("example", "example.net");
    assertThat(ask(LONG, says(Rcode.NXDOMAIN, foreign))).isEqualTo(noSuchName(0));
    assertThat(ask(LONG, says(foreign))).isEqualTo(noData(0));
  }

  @Test
  void findsNothingAtTheEndOfAChain() throws Exception {
    String alias = "a.example. 60 CNAME b.example.";
    assertThat(ask(LONG, says(Rcode.NXDOMAIN, alias, SOA))).isEqualTo(noSuchName(60));
    assertThat(ask(LONG, says(Rcode.NXDOMAIN, alias))).isEqualTo(noSuchName(0));
    assertThat(ask(LONG, says(alias, SOA))).isEqualTo(noData(60));
    try (Asked asked = new Asked(LONG, zone(Map.of("a.example.", List.of(alias))))) {
      assertThat(asked.ask()).isEqualTo(noData(0));
      assertThat(asked.server(0).heard()).containsExactly("udp a.example.", "udp b.example.");
    }
  }

  @Test
  void seesContradictions() throws Exception {
    assertThat(ask(LONG, says(Rcode.NXDOMAIN, TEXT))).isEqualTo(failed(Failure.MALFORMED));
  }

  @Test
  void takesNoReferralForAnAnswer() throws Exception {
    assertThat(ask(LONG, says("example. 5 NS ns.example."))).isEqualTo(failed(Failure.REFUSED));
  }
}
