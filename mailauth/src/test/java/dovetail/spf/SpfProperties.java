package dovetail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a record, a name or an address is, a check ends with a result. */
class SpfProperties {
  private static final SpfClient CLIENT =
      new SpfClient(InetAddress.ofLiteral("192.0.2.3"), "mail.example.com");
  private static final Domain DOMAIN = Domain.parse("example.com").orElseThrow();

  private static final Domain POINTER = Domain.parse("3.2.0.192.in-addr.arpa").orElseThrow();

  private static SpfResult check(String record, String address) {
    MapResolver resolver =
        new MapResolver(Map.of(DOMAIN, new Answer.Records<>(List.of(record), false)))
            .with(RecordType.PTR, POINTER, new Answer.Records<>(List.of(record), false));
    return new SpfVerifier(
            resolver, "mx.example.net", InstantSource.fixed(Instant.EPOCH), System::nanoTime)
        .mailFrom(CLIENT, address);
  }

  @Property(tries = 20_000, seed = "7208")
  void anyRecordHasAResult(@ForAll("records") String record) {
    SpfResult result = check("v=spf1 " + record, "a@example.com");
    assertThat(result.status()).isNotEqualTo(SpfStatus.NONE);
    if (result.status() == SpfStatus.PASS) {
      assertThat(record).containsAnyOf("all", "/");
    }
  }

  @Property(tries = 5_000, seed = "7208")
  void anyAddressHasAResult(@ForAll String address) {
    assertThat(check("v=spf1 exists:%{l}.%{o} a:%{s}.%{h}.example -all", address)).isNotNull();
    assertThat(check("v=spf1 exists:%{l}.%{o} -all", address + "@example.com").status())
        .isEqualTo(SpfStatus.FAIL);
  }

  @Provide
  Arbitrary<String> records() {
    Arbitrary<String> words =
        Arbitraries.of(
            "a",
            "mx",
            "ptr",
            "all",
            "include",
            "exists",
            "ip4",
            "ip6",
            "redirect=",
            "exp=",
            "foo=",
            ":",
            "/",
            "//",
            "0",
            "24",
            "128",
            " ",
            "+",
            "-",
            "~",
            "?",
            "%{d}",
            "%{ir}",
            "%{",
            "}",
            "%%",
            ".",
            "example.com",
            "1.2.3.4",
            "::1",
            "\u00fc",
            "\u0000",
            "\n",
            "=");
    return words.list().ofMaxSize(12).map(parts -> String.join("", parts));
  }
}
