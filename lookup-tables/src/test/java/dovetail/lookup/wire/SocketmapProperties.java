package dovetail.lookup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Octets;
import dovetail.live.Trickle;
import dovetail.server.io.BoundedInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class SocketmapProperties {
  /** What a client asks is what the server reads, and the other way round. */
  @Property(seed = "11", tries = 1_000)
  void comesOutAsItWentIn(
      @ForAll("names") String map,
      @ForAll("keys") String key,
      @ForAll("replies") Reply reply,
      @ForAll @IntRange(min = 1, max = 50) int size)
      throws IOException {
    ByteArrayOutputStream answered = new ByteArrayOutputStream();
    new SocketmapCodec(Octets.input(""), Frames.into(answered)).write(reply);
    Trickle channel = new Trickle(answered.toByteArray(), size);
    Reply read = new SocketmapClient(channel).ask(map, key);
    assertThat(read).isEqualTo(reply);
    SocketmapCodec server =
        new SocketmapCodec(new BoundedInput(new Trickle(channel.sent(), size)), _ -> {});
    assertThat(server.read()).isEqualTo(new Request(map, Optional.of(key)));
    assertThat(server.await()).isFalse();
  }

  /** Whatever a value holds, what leaves is one netstring without control characters. */
  @Property(seed = "12", tries = 1_000)
  void answersAreAlwaysWellFormed(@ForAll @StringLength(max = 300) String text) throws IOException {
    for (Reply reply : List.of(Reply.found(text), new Reply.Temp(text), new Reply.Perm(text))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new SocketmapCodec(Octets.input(""), Frames.into(out)).write(reply);
      assertThat(Octets.string(out.toByteArray()))
          .matches("[0-9]+:(OK|TEMP|PERM) [^\0-\037\177]*,");
      assertThat(new SocketmapClient(new Trickle(out.toByteArray(), 100)).ask("m", "k"))
          .isEqualTo(reply);
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('a', 'z').withChars("_-.").ofMaxLength(30);
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings()
        .withCharRange('\0', '~')
        .withChars("\u00FC\u65E5\u2028")
        .ofMaxLength(200);
  }

  @Provide
  Arbitrary<Reply> replies() {
    Arbitrary<String> texts =
        Arbitraries.strings().withCharRange(' ', '~').withChars("\u00FC\u65E5").ofMaxLength(150);
    return Arbitraries.oneOf(
        texts.filter(text -> !text.isEmpty()).map(Reply.Ok::new),
        Arbitraries.just(new Reply.NotFound()),
        texts.map(Reply.Temp::new),
        texts.map(Reply.Perm::new));
  }
}
