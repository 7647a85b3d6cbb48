package dovetail.dns.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.RecordType;
import dovetail.dns.Response;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Nothing that comes makes us throw, and most of what is mutated is read all the same. */
final class ResponseFuzzTest {
  private static final int RUNS = 200_000;
  private static final Query QUERY = new Query(7, Lies.name("a.b.example."), Type.TXT, true, true);

  private final SplittableRandom random = new SplittableRandom(20_261_121);
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void readsMutatedResponses() {
    byte[][] seeds = {
      seed("a.b.example. 5 TXT \"v=spf1\" \"-all\"", "a.b.example. 5 A 192.0.2.1"),
      seed("a.b.example. 5 CNAME c.example.", "c.example. 5 CNAME d.net.", "d.net. 5 TXT x"),
      seed("b.example. 5 DNAME c.example.", "a.c.example. 5 TXT x"),
      seed("example. 900 SOA ns.example. root.example. 1 2 3 4 120"),
      seed(
          "a.b.example. 5 SVCB 1 x.example. alpn=h2 port=8",
          "a.b.example. 5 LOC 1 2 3 N 4 5 6 E 7m 8m 9m 10m",
          "a.b.example. 5 CAA 0 issue x",
          "a.b.example. 5 RRSIG TXT 8 3 5 20261231000000 20261101000000 1 example. AAAA"),
    };
    for (int i = 0; i < RUNS; i++) {
      byte[] octets = mutate(seeds[random.nextInt(seeds.length)]);
      read(octets, octets.length);
    }
    assertThat(outcomes.keySet())
        .contains("Heard Records", "Heard NoData", "Heard elsewhere", "Unreadable", "Stray");
    assertThat(outcomes.get("Heard Records")).isGreaterThan(RUNS / 20);
  }

  @Test
  void readsEveryTruncation() {
    byte[] seed = seed("a.b.example. 5 CNAME c.example.", "c.example. 5 TXT x");
    for (int end = 0; end < seed.length; end++) {
      read(seed, end);
    }
    assertThat(outcomes.keySet()).containsOnly("Stray", "Unreadable");
  }

  private void read(byte[] octets, int length) {
    Query.Receipt receipt = QUERY.read(octets, length);
    String outcome = receipt.getClass().getSimpleName();
    if (receipt instanceof Query.Receipt.Heard(Message message)) {
      Optional<Response<String>> end =
          new AliasWalk<>(RecordType.TXT, QUERY.name()).follow(message, true);
      outcome += " " + end.map(it -> it.answer().getClass().getSimpleName()).orElse("elsewhere");
      end.ifPresent(it -> assertThat(it.ttl()).isGreaterThanOrEqualTo(java.time.Duration.ZERO));
    }
    outcomes.merge(outcome, 1, Integer::sum);
  }

  private static byte[] seed(String... lines) {
    Message query = new Message(QUERY.id());
    query.addRecord(Record.newRecord(QUERY.name(), Type.TXT, DClass.IN), Section.QUESTION);
    return Lies.answer(query, Rcode.NOERROR, lines).toWire();
  }

  private byte[] mutate(byte[] seed) {
    byte[] octets = seed.clone();
    int edits = random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      int at = 2 + random.nextInt(octets.length - 2);
      switch (random.nextInt(4)) {
        case 0 -> octets[at] = (byte) random.nextInt(256);
        case 1 -> octets[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> octets[at] = (byte) 0xC0; // a pointer
        default -> {
          int from = random.nextInt(octets.length);
          int count = Math.min(random.nextInt(8), octets.length - Math.max(at, from));
          System.arraycopy(octets, from, octets, at, count);
        }
      }
    }
    return random.nextInt(8) == 0
        ? Arrays.copyOf(octets, 1 + random.nextInt(octets.length))
        : octets;
  }
}
