package dovetail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.RecordType;
import dovetail.fuzz.FuzzTarget;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whatever the records that a check comes to say, it has one result, the same each time, within the
 * limits of RFC 7208 4.6.4. The input is read by {@link FuzzedZone}.
 */
public final class SpfTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      Stream.concat(
              SpfRecordTarget.ALPHABET.stream(),
              Stream.of(
                  "\nT net.example v=spf1 ",
                  "\nT example.com ",
                  "\nT why.example ",
                  "\nM example.com ",
                  "\nM net.example mx.example",
                  "\nA net.example",
                  "\nA mx.example",
                  "\nO example.com",
                  "\nP h.example.com",
                  "\nF net.example",
                  "\nS ",
                  "\nH ",
                  "why.example",
                  "mx.example",
                  "h.example.com",
                  "@",
                  " include:net.example",
                  " redirect=net.example",
                  " -all exp=why.example"))
          .toList();

  private static final List<String> CLIENTS = List.of("192.0.2.3", "2001:db8::3");

  /** More exchangers or names of a client are not looked at. */
  private static final int MOST_HOSTS = 10;

  @Override
  public String name() {
    return "spf";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    FuzzedZone zone = FuzzedZone.read(new String(input, StandardCharsets.ISO_8859_1));
    List<String> outcomes = new ArrayList<>();
    for (String address : CLIENTS) {
      SpfClient client = new SpfClient(InetAddress.ofLiteral(address), zone.helo());
      SpfResult result = check(zone, client);
      checkFacts(zone, result);
      checkChanged(zone, client, result);
      outcomes.add(outcome(result));
    }
    checkSurvey(zone);
    return outcomes.getFirst();
  }

  private static SpfVerifier verifier(CountingResolver dns) {
    return new SpfVerifier(
        dns, "mx.example.net", InstantSource.fixed(Instant.EPOCH), () -> 0); // no time passes
  }

  private static SpfResult check(FuzzedZone zone, SpfClient client) {
    CountingResolver dns = new CountingResolver(zone.dns());
    SpfResult result = verifier(dns).mailFrom(client, zone.sender());
    checkLimits(dns, result);
    assertThat(verifier(dns).mailFrom(client, zone.sender())).as("again").isEqualTo(result);
    return result;
  }

  private static void checkLimits(CountingResolver dns, SpfResult result) {
    int explanations = result.status() == SpfStatus.FAIL ? 1 : 0; // which no term counts
    int referred = Math.max(0, dns.asked(RecordType.TXT) - 1 - explanations);
    int exchangers = dns.asked(RecordType.MX);
    int addresses = dns.asked(RecordType.A) + dns.asked(RecordType.AAAA);
    int names = dns.asked(RecordType.PTR);
    assertThat(names).as("PTR").isLessThanOrEqualTo(1);
    int left = SpfVerifier.MAX_TERMS - referred - exchangers;
    assertThat(left).as("terms left").isNotNegative();
    assertThat(addresses)
        .as("addresses")
        .isLessThanOrEqualTo(MOST_HOSTS * (exchangers + names) + left);
    if (names == 0 && dns.empty(RecordType.MX) == exchangers) {
      int empty =
          Stream.of(RecordType.MX, RecordType.A, RecordType.AAAA).mapToInt(dns::empty).sum();
      assertThat(empty).as("void lookups").isLessThanOrEqualTo(3);
      assertThat(empty == 3).isEqualTo(result.reason() == SpfReason.TOO_MANY_VOID_LOOKUPS);
    }
  }

  private static void checkFacts(FuzzedZone zone, SpfResult result) {
    SpfReason reason = result.reason();
    assertThat(result.status()).isIn(statuses(reason));
    assertThat(reason).isNotEqualTo(SpfReason.TOO_SLOW);
    assertThat(result.words()).matches("[ -~]+");
    assertThat(result.domain().isEmpty()).isEqualTo(reason == SpfReason.NO_DOMAIN);
    assertThat(result.mechanism().isPresent()).isEqualTo(reason == SpfReason.MATCHED);
    result
        .mechanism()
        .map(term -> term.length() > 255 ? term.substring(0, 255) : term)
        .ifPresent(term -> assertThat(zone.texts()).anyMatch(text -> text.contains(term)));
    result
        .explanation()
        .ifPresent(text -> {
          assertThat(result.status()).isEqualTo(SpfStatus.FAIL);
          assertThat(text).matches("[ -~]{0,2000}");
        });
  }

  private static List<SpfStatus> statuses(SpfReason reason) {
    return switch (reason) {
      case MATCHED ->
          List.of(SpfStatus.PASS, SpfStatus.FAIL, SpfStatus.SOFTFAIL, SpfStatus.NEUTRAL);
      case NO_MATCH -> List.of(SpfStatus.NEUTRAL);
      case NO_DOMAIN, NO_RECORD -> List.of(SpfStatus.NONE);
      case DNS_FAILURE, TOO_SLOW -> List.of(SpfStatus.TEMPERROR);
      case SEVERAL_RECORDS,
          MALFORMED,
          NO_REFERENCED_RECORD,
          TOO_MANY_LOOKUPS,
          TOO_MANY_VOID_LOOKUPS,
          TOO_MANY_EXCHANGERS ->
          List.of(SpfStatus.PERMERROR);
    };
  }

  /** A range without the client changes nothing; one with all ends the check, if it comes to it. */
  private static void checkChanged(FuzzedZone zone, SpfClient client, SpfResult result) {
    if (!SpfRecord.isOne(zone.record())) {
      return;
    }
    assertThat(check(zone.beginning("ip4:198.51.100.0/24"), client)).isEqualTo(result);
    if (zone.isRecordOnly() && result.domain().equals(Optional.of(FuzzedZone.DOMAIN))) {
      CountingResolver dns = new CountingResolver(zone.beginning("?all").dns());
      SpfReason reason = verifier(dns).mailFrom(client, zone.sender()).reason();
      boolean isRight = SpfRecordTarget.isWellFormed(zone.record());
      assertThat(reason).isEqualTo(isRight ? SpfReason.MATCHED : SpfReason.MALFORMED);
      assertThat(dns.all()).isEqualTo(1);
    }
  }

  private static void checkSurvey(FuzzedZone zone) {
    CountingResolver dns = new CountingResolver(zone.dns());
    SpfVerifier.Survey survey = verifier(dns).survey(FuzzedZone.DOMAIN);
    SpfReason reason = survey.result().reason();
    assertThat(survey.terms()).isBetween(0, SpfVerifier.MAX_TERMS + 1);
    assertThat(survey.terms() > SpfVerifier.MAX_TERMS)
        .isEqualTo(reason == SpfReason.TOO_MANY_LOOKUPS);
    assertThat(reason).isNotEqualTo(SpfReason.TOO_MANY_VOID_LOOKUPS);
  }

  private static String outcome(SpfResult result) {
    return result.reason()
        + (result.reason() == SpfReason.MATCHED ? " " + result.status() : "")
        + (result.explanation().isPresent() ? " explained" : "");
  }
}
