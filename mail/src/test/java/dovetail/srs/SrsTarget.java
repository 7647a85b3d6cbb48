package dovetail.srs;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.srs.Rewriting.Reason;
import dovetail.srs.Rewriting.Rewritten;
import dovetail.srs.Rewriting.Unchanged;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Any text has an answer; an address that is written is one address and leads back; and nothing
 * leads anywhere but with a right hash, worked out once more here.
 */
public final class SrsTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "SRS0",
          "SRS1",
          "srs",
          "0",
          "1",
          "=",
          "==",
          "+",
          "-",
          "/",
          "_",
          "@",
          ".",
          "\"",
          "\\",
          " ",
          "\t",
          "\r\n",
          "\0",
          ",",
          "<",
          ">",
          "(",
          ":",
          "%",
          "!",
          "[192.0.2.1]",
          "a.example",
          "srs.example",
          "ours.example",
          "SRS.EXAMPLE",
          "joe",
          "77",
          "AA",
          "xn--bcher-kva",
          "\u00C3\u00BC",
          "\u00C5\u00BF",
          "\u00FF",
          "\u0085");

  private static final Domain SRS = TestHost.domain("srs.example");
  private static final Domain OURS = TestHost.domain("ours.example");

  private final SrsRewriter host = TestHost.host();
  private final PlainSrs plain = new PlainSrs(TestHost.SECRET);

  @Override
  public String name() {
    return "srs";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    return forward(text) + ", " + reverse(text);
  }

  private String forward(String text) {
    return switch (host.forward(text)) {
      case Unchanged(Reason reason) -> reason.word();
      case Rewritten(Address written) -> {
        checkWritten(TestHost.address(text), written);
        yield "forwarded";
      }
    };
  }

  private void checkWritten(Address sender, Address written) {
    assertThat(sender.domain()).isNotIn(SRS, OURS);
    assertThat(written.domain()).isEqualTo(SRS);
    String text = written.toString();
    assertThat(Address.parse(text)).contains(written);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(254);
    assertThat(host.forward(text)).isEqualTo(TestHost.unchanged(Reason.LOCAL_DOMAIN));
    PlainSrs.Content content = plain.read(written.localPart()).orElseThrow();
    if (content.stamp().isEmpty()) {
      // SRS1: only the tag's case may be another, and the host that of an SRS1 sender.
      String opaque = content.localPart().substring("SRS0".length());
      assertThat(sender.localPart()).startsWithIgnoringCase("SRS").endsWith(opaque);
    } else {
      assertThat(content.host()).isEqualTo(sender.domain().ascii());
      assertThat(content.localPart()).isEqualTo(sender.localPart());
    }
    checkLeadsBack(content, host.reverse(text));
  }

  /** Where an SRS1 address leads to a host of ours, the SRS0 address inside is a stranger's. */
  private static void checkLeadsBack(PlainSrs.Content content, Rewriting back) {
    Domain to = TestHost.domain(content.host());
    if (!List.of(SRS, OURS).contains(to)) {
      assertThat(back).isEqualTo(new Rewritten(new Address(content.localPart(), to)));
    }
  }

  private String reverse(String text) {
    return switch (host.reverse(text)) {
      case Unchanged(Reason reason) -> reason.word();
      case Rewritten(Address to) -> {
        checkReversed(TestHost.address(text), to);
        yield "reversed";
      }
    };
  }

  private void checkReversed(Address recipient, Address to) {
    assertThat(recipient.domain()).isIn(SRS, OURS);
    assertThat(Address.parse(to.toString())).contains(to);
    assertThat(to.localPart().length()).isLessThan(recipient.localPart().length());
    PlainSrs.Content content = plain.read(recipient.localPart()).orElseThrow();
    Optional<Domain> domain = Domain.parse(content.host());
    if (content.stamp().isEmpty() && domain.filter(List.of(SRS, OURS)::contains).isPresent()) {
      content = plain.read(content.localPart()).orElseThrow();
      domain = Domain.parse(content.host());
    }
    assertThat(domain).contains(to.domain());
    assertThat(to.localPart()).isEqualTo(content.localPart());
  }
}
