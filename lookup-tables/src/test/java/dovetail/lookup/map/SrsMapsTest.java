package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.directory.Directory;
import dovetail.directory.Faulty;
import dovetail.directory.MapDirectory;
import dovetail.directory.Town;
import dovetail.live.Octets;
import dovetail.lookup.wire.Frames;
import dovetail.lookup.wire.Reply;
import dovetail.lookup.wire.Request;
import dovetail.lookup.wire.SocketmapCodec;
import dovetail.mail.Domain;
import dovetail.mail.MalformedException;
import dovetail.srs.SrsSecret;
import dovetail.srs.SrsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SrsMapsTest {
  /** The day of the cases of postsrsd. */
  private static final Instant NOW = Instant.ofEpochSecond(1_577_836_860);

  private static final String TOWN =
      """
      domain example.net mailbox
      domain other.example alias-of example.net
      domain closed.example mailbox off
      domain relayed.example relay
      """;

  private final MapRegistry maps = registry(Town.of(TOWN), "secret", Set.of("mx.example.net"));

  private static MapRegistry registry(Directory directory, String secret, Set<String> local) {
    try {
      return SrsMaps.add(
          MapRegistry.of(directory),
          directory,
          SrsSettings.of(domain("example.com"), SrsSecret.read(Octets.bytes(secret))),
          Set.copyOf(local.stream().map(SrsMapsTest::domain).toList()),
          InstantSource.fixed(NOW));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static Finding find(MapRegistry maps, String map, String key) {
    return maps.find(map, Optional.of(key), false);
  }

  private String forward(String key) {
    return find(maps, "srs_forward", key).reply() instanceof Reply.Ok(String value)
        ? value
        : "nothing: " + find(maps, "srs_forward", key).detail();
  }

  private String reverse(String key) {
    return find(maps, "srs_reverse", key).reply() instanceof Reply.Ok(String value)
        ? value
        : "nothing: " + find(maps, "srs_reverse", key).detail();
  }

  @Test
  void sendersOfOurDomainsStay() {
    assertThat(forward("ann@example.com")).isEqualTo("nothing: local-domain");
    assertThat(forward("ann@EXAMPLE.net")).isEqualTo("nothing: local-domain");
    assertThat(forward("ann@other.example")).isEqualTo("nothing: local-domain");
    assertThat(forward("ann@mx.example.net")).isEqualTo("nothing: local-domain");
    assertThat(forward("")).isEqualTo("nothing: no-domain");
    assertThat(forward("ann@")).isEqualTo("nothing: malformed");
  }

  /** Whoever relays for a domain, or has switched it off, is not named in its SPF record. */
  @Test
  void sendersOfAllOtherDomainsAreRewrittenAndComeBack() {
    for (String sender :
        Set.of(
            "ann@far.example", "ann@closed.example", "a+b@relayed.example", "\"a b\"@x.example")) {
      String written = forward(sender);
      assertThat(written).matches("\"?SRS0=.*@example\\.com");
      assertThat(forward(written)).isEqualTo("nothing: local-domain");
      assertThat(reverse(written)).isEqualTo(sender);
      assertThat(reverse(sender)).isEqualTo("nothing: not-srs");
    }
    assertThat(reverse("SRS0=abcd=2W=far.example=ann@example.com")).isEqualTo("nothing: bad-hash");
    assertThat(reverse("SRS0=abcd=2W=far.example=ann@far.example"))
        .isEqualTo("nothing: foreign-domain");
  }

  @Test
  void nothingIsSaidOfADomainThatCannotBeLookedUp() {
    MapRegistry blind = registry(new Faulty(Town.of(TOWN)).failing(_ -> true), "secret", Set.of());
    assertThat(find(blind, "srs_forward", "ann@far.example").reply())
        .isInstanceOf(Reply.Temp.class);
    assertThat(find(blind, "srs_reverse", "SRS0=abcd=2W=far.example=ann@other.example").reply())
        .isInstanceOf(Reply.Temp.class);
    // The SRS domain needs no directory.
    assertThat(find(blind, "srs_reverse", forward("ann@far.example")).reply())
        .isEqualTo(new Reply.Ok("ann@far.example"));
    assertThat(find(blind, "srs_reverse", "ann@far.example").reply())
        .isInstanceOf(Reply.NotFound.class);
  }

  @Test
  void refusesWithoutADomain() {
    MapRegistry refusing = SrsMaps.addRefusing(MapRegistry.of(new MapDirectory()));
    for (String map : Set.of("srs_forward", "srs_reverse")) {
      assertThat(find(refusing, map, "ann@far.example").reply())
          .isEqualTo(new Reply.Perm("lookup.srs_domain is not set"));
    }
  }

  /** What postsrsd replies to the requests of its own tests, over the wire. */
  @Test
  void repliesAsPostsrsdDoes() throws IOException {
    Path file = Path.of(System.getProperty("dovetail.suites", "."), "srs", "postsrsd.jsonl");
    assumeTrue(Files.exists(file), () -> "no conformance cases at " + file);
    Pattern fields = Pattern.compile("\"(request|reply)\": \"([^\"]*)\"");
    int cases = 0;
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = fields.matcher(line);
      assertThat(matcher.find()).isTrue();
      String request = matcher.group(2);
      assertThat(matcher.find()).isTrue();
      String reply = matcher.group(2);
      if (!line.contains("=1=")) { // those need a database of senders
        assertThat(said("srs_" + request))
            .as(request)
            .isEqualToIgnoringCase(reply.startsWith("NOTFOUND") ? "NOTFOUND " : reply);
        cases++;
      }
    }
    System.out.printf("srs/postsrsd.jsonl over socketmap: %d cases%n", cases);
    assertThat(cases).isGreaterThan(20);
  }

  private static String said(String request) throws IOException {
    MapRegistry maps = registry(new MapDirectory(), "tops3cr3t", Set.of());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    SocketmapCodec codec =
        new SocketmapCodec(Octets.input(Frames.frame(request)), Frames.into(said));
    Request read = codec.read();
    codec.write(maps.find(read.map(), read.key(), false).reply());
    String frame = Octets.string(said.toByteArray());
    return frame.substring(frame.indexOf(':') + 1, frame.length() - 1);
  }
}
