package dovetail.lookup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Town;
import dovetail.fuzz.FuzzTarget;
import dovetail.live.Octets;
import dovetail.live.Trickle;
import dovetail.lookup.map.MapRegistry;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.Netstring;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Whatever a client sends is requests up to where it breaks the protocol: the same ones however the
 * bytes arrive, each of which gets one answer that Postfix can read and that tells no secret.
 */
public final class SocketmapTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "0:,",
          "00",
          "9",
          ":",
          ",",
          "99999999999:",
          "100001:",
          " ",
          "34:virtual_alias_maps ann@example.com,",
          "33:virtual_alias_maps x2@example.com,",
          "31:virtual_mailbox_domains one.net,",
          "26:transport_maps a@b.c.d.e.f,",
          "37:smtpd_sender_login_maps i@example.com,",
          "40:smtp_sasl_password_maps [one.example]:25,",
          "virtual_alias_maps ",
          "smtpd_sender_login_maps ",
          "check_client_access ",
          "192.0.2.1",
          "2001:db8::1",
          "canonical_maps ",
          "relay_domains ",
          "a@",
          "@example.com",
          ".example.com",
          "example.com",
          "ann+x",
          "\"a b\"",
          "\\",
          "'",
          "<>",
          "*",
          "\0",
          "\n",
          "\303\274",
          "\303",
          "\377",
          "xn--");

  private static final String SECRET = "s3cret-password";

  private final MapRegistry maps =
      MapRegistry.of(
          Town.of(
              """
              domain example.com mailbox catchall=@b.example
              domain b.example mailbox catchall=ann@example.com
              domain one.net alias-of example.com
              domain f relay subdomains transport=relay:[f]
              mailbox ann@example.com
              alias i@example.com ann@example.com;i2@example.com
              alias i2@example.com i@example.com
              alias x2@example.com x2@b.example
              alias x2@b.example x2@example.com
              grant * ann@example.com
              row canonical_maps a@example.com b@example.com
              row check_client_access 192.0.2 REJECT
              row check_client_access 2001:db8::/32 REJECT
              row transport_maps .d.e.f smtp:
              relayhost * [one.example]:25 user %s
              """
                  .formatted(SECRET)));

  @Override
  public String name() {
    return "socketmap";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws IOException {
    Conversation whole = converse(input, input.length + 1);
    for (int size : new int[] {1, 7}) {
      assertThat(converse(input, size)).isEqualTo(whole);
    }
    check(whole);
    return whole.end();
  }

  private static void check(Conversation whole) throws IOException {
    String answered = whole.answered();
    assertThat(answered).doesNotContain(SECRET);
    assertThat(answered.chars()).noneMatch(c -> c < ' ' || c == 0x7F);
    BoundedInput in = Octets.input(answered);
    for (int i = 0; i < whole.requests(); i++) {
      String answer = Octets.string(Netstring.read(in, Reply.MAX_BYTES));
      Trickle again = new Trickle(Octets.bytes(Frames.frame(answer)), 100);
      assertThat(new SocketmapClient(again).ask("m", "k")).isNotInstanceOf(Reply.Temp.class);
    }
    assertThat(in.atEnd()).isTrue();
  }

  /**
   * What came of it.
   *
   * @param answered all that was said, a character for each byte
   * @param end "closed", or in which way the protocol was broken
   */
  private record Conversation(int requests, String answered, String end) {}

  private Conversation converse(byte[] input, int size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SocketmapCodec codec =
        new SocketmapCodec(new BoundedInput(new Trickle(input, size)), Frames.into(out));
    int requests = 0;
    String end = "closed";
    try {
      while (codec.await()) {
        Request request = codec.read();
        codec.write(maps.find(request.map(), request.key(), false).reply());
        requests++;
      }
    } catch (ProtocolException e) {
      end = String.valueOf(e.getMessage()).replaceAll("[0-9]+", "#");
    }
    return new Conversation(requests, Octets.string(out.toByteArray()), end);
  }
}
