package dovetail.lookup.mtasts;

import static dovetail.lookup.mtasts.World.domain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.directory.MapDirectory;
import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test cases of postfix-mta-sts-resolver, over HTTPS on this host, with its zone. */
final class MtaStsSuiteTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("dovetail.suites", "../../shared/suites")).resolve("mtasts");
  private static final String RECORD = "v=STSv1;id=20180907T090909;";
  private static final String GOOD = "version: STSv1\nmode: enforce\nmx: mail.loc\nmax_age: 86400";

  /** A good certificate's hosts; not among them is bad-cert2.loc. */
  private static final List<String> NAMES =
      List.of("good", "valid-none", "testing", "bad-policy1", "bad-policy2", "bad-policy3");

  @TempDir Path scratch;

  private static String host(String name) {
    return "mta-sts." + name + ".loc";
  }

  private static Resolver dns() {
    Map<String, String> records = new HashMap<>();
    NAMES.forEach(name -> records.put(name, RECORD));
    records.put("bad-cert1", RECORD);
    records.put("bad-cert2", RECORD);
    records.put("bad-record1", "id=20180907T090909; v=STSv1;");
    records.put("bad-record2", "azazaza;asdasdasdasd");
    MapResolver dns = new MapResolver(Map.of());
    for (Map.Entry<String, String> each : records.entrySet()) {
      String address = each.getKey().equals("bad-cert1") ? "127.0.0.2" : "127.0.0.1";
      dns =
          dns.with(
                  RecordType.TXT,
                  domain("_mta-sts." + each.getKey() + ".loc"),
                  new Answer.Records<>(List.of(each.getValue()), false))
              .with(
                  RecordType.A,
                  domain(host(each.getKey())),
                  new Answer.Records<>(List.of(InetAddress.ofLiteral(address)), false));
    }
    return dns;
  }

  private static void fill(PolicyHost hosts) {
    for (String name : List.of("good", "bad-cert1", "bad-cert2", "bad-record1", "bad-record2")) {
      hosts.answers.put(host(name), PolicyHost.text(GOOD));
    }
    hosts.answers.put(
        host("valid-none"), PolicyHost.text("version: STSv1\nmode: none\nmax_age: 86400"));
    hosts.answers.put(host("testing"), PolicyHost.text(GOOD.replace("enforce", "testing")));
    hosts.answers.put(host("bad-policy1"), PolicyHost.text("garbage"));
    hosts.answers.put(host("bad-policy2"), PolicyHost.text(GOOD.replace("mx: mail.loc\n", "")));
    hosts.answers.put(host("bad-policy3"), PolicyHost.text(GOOD).replace("plain", "html"));
  }

  @Test
  void answersAsExpected() throws Exception {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER.toAbsolutePath().normalize());
    PolicyHost.Identity identity =
        PolicyHost.Identity.make(
            scratch, "good", NAMES.stream().map(MtaStsSuiteTest::host).toArray(String[]::new));
    PolicyHost.Identity stranger = PolicyHost.Identity.make(scratch, "stranger", host("bad-cert1"));
    int cases = 0;
    try (PolicyHost hosts = new PolicyHost(identity, "127.0.0.1", 0);
        PolicyHost others = new PolicyHost(stranger, "127.0.0.2", hosts.port())) {
      fill(hosts);
      fill(others);
      FetchSettings fetching =
          new FetchSettings(
              Duration.ofSeconds(20),
              hosts.port(),
              Optional.of(identity.certificate()),
              InetAddress::isLoopbackAddress);
      cases += run("refdata.tsv", new MtaStsSettings(false, true, false, fetching));
      cases += run("refdata_nosni.tsv", new MtaStsSettings(false, false, false, fetching));
      cases += run("refdata_strict.tsv", new MtaStsSettings(true, true, false, fetching));
      assertThat(hosts.heard).noneMatch(line -> line.contains("bad-cert2"));
    }
    System.out.printf("%d cases of %s%n", cases, FOLDER);
    assertThat(cases).isEqualTo(63);
  }

  private int run(String file, MtaStsSettings settings) throws IOException {
    try (MtaSts policies =
        MtaSts.open(
            settings,
            dns(),
            new MtaSts.Keeping(scratch.resolve(file), 100),
            new MtaSts.Clocks(InstantSource.system(), System::nanoTime),
            new Seen())) {
      MapRegistry maps = MapRegistry.of(new MapDirectory()).withMtaSts(policies);
      List<String> lines = Files.readAllLines(FOLDER.resolve(file));
      for (String line : lines) {
        String[] columns = line.split("\t", 2);
        // Of the suite's two maps that there are either is meant.
        String key = columns[0].substring(columns[0].indexOf(' ') + 1);
        assertThat(answer(maps, key)).as(file + ": " + line).isEqualTo(columns[1]);
      }
      return lines.size();
    }
  }

  private static String answer(MapRegistry maps, String key) {
    return switch (maps.find("smtp_tls_policy_maps", Optional.of(key), false).reply()) {
      case Reply.Ok(String value) -> "OK " + value;
      case Reply.NotFound() -> "NOTFOUND ";
      case Reply.Temp(String reason) -> "TEMP " + reason;
      case Reply.Perm(String reason) -> "PERM " + reason;
    };
  }
}
