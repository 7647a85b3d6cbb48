package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.Octets;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictCodecTest {
  private static final String TWO = "H2\t2\t0\tann\tdovetail";
  private static final String THREE = "H3\t2\t0\tann\tdovetail";
  private static final String FOUR = "H4\t0\t0\tann\tdovetail";

  private static DictCommand read(String hello, String line) throws IOException {
    DictServerCodec codec =
        new DictServerCodec(Octets.input(hello + "\n" + line + "\n"), Sinks.nowhere());
    codec.readHello();
    return codec.read();
  }

  @Test
  void theUserStandsInTheHelloOrInTheCommand() throws IOException {
    assertThat(read(TWO, "Lpriv/x")).isEqualTo(new DictCommand.Lookup("priv/x", "ann"));
    assertThat(read(THREE, "Lpriv/x\tbob")).isEqualTo(new DictCommand.Lookup("priv/x", "bob"));
    assertThat(read(THREE, "Lpriv/x")).isEqualTo(new DictCommand.Lookup("priv/x", ""));
    assertThat(read(TWO, "I0\t0\ta\tb"))
        .isEqualTo(new DictCommand.Iterate(0, 0, List.of("a", "b"), "ann"));
    assertThat(read(FOUR, "I0\t0\ta\tb"))
        .isEqualTo(new DictCommand.Iterate(0, 0, List.of("a"), "b"));
    assertThat(read(TWO, "B1")).isEqualTo(new DictCommand.Begin(1, "ann", 0));
    assertThat(read(THREE, "B1\tbob\t9")).isEqualTo(new DictCommand.Begin(1, "bob", 0));
    assertThat(read(FOUR, "B1\tbob\t9")).isEqualTo(new DictCommand.Begin(1, "bob", 9));
  }

  /** What a plugin has escaped is its own: the key is what stands there. */
  @Test
  void keysAreVerbatim() throws IOException {
    assertThat(read(THREE, "Lshared/a\\|b\\\\c%2F*\1td/../\tx"))
        .isEqualTo(new DictCommand.Lookup("shared/a\\|b\\\\c%2F*\td/../", "x"));
  }

  @Test
  void readsChanges() throws IOException {
    assertThat(read(FOUR, "S1\tk\tv")).isEqualTo(new DictCommand.Set(1, "k", "v"));
    assertThat(read(FOUR, "U1\tk")).isEqualTo(new DictCommand.Unset(1, "k"));
    assertThat(read(FOUR, "A1\tk\t-5")).isEqualTo(new DictCommand.Increment(1, "k", -5));
    assertThat(read(FOUR, "T1\t-2\t3")).isEqualTo(new DictCommand.Timestamp(1, -2, 3));
    assertThat(read(FOUR, "V1\tno")).isEqualTo(new DictCommand.HideLogValues(1, false));
    assertThat(read(FOUR, "C1")).isEqualTo(new DictCommand.Commit(1));
    assertThat(read(TWO, "D1")).isEqualTo(new DictCommand.CommitAsync(1));
    assertThat(read(FOUR, "R1")).isEqualTo(new DictCommand.Rollback(1));
  }

  @Test
  void anIterationHasFlags() throws IOException {
    DictCommand.Iterate iterate = (DictCommand.Iterate) read(FOUR, "I41\t7\tshared/\t");
    assertThat(iterate.has(DictCommand.Iterate.RECURSE)).isTrue();
    assertThat(iterate.has(DictCommand.Iterate.NO_VALUE)).isTrue();
    assertThat(iterate.has(DictCommand.Iterate.ASYNC)).isTrue();
    assertThat(iterate.has(DictCommand.Iterate.EXACT_KEY)).isFalse();
    assertThat(iterate.maxRows()).isEqualTo(7);
    assertThatThrownBy(() -> new DictCommand.Iterate(0, 0, List.of(), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commandsComeAfterTheHello() {
    DictServerCodec codec = new DictServerCodec(Octets.input("C1\n"), Sinks.nowhere());
    assertThatThrownBy(codec::read).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(codec::readHello).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new DictHello(5, 0, 0, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesReplies() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DictServerCodec codec = new DictServerCodec(Octets.input(FOUR + "\n"), Sinks.into(out));
    codec.readHello();
    codec.write(
        List.of(
            DictReply.Values.of("a\tb\n"),
            new DictReply.Values(List.of("a", "b\tc")),
            new DictReply.NotFound(),
            new DictReply.Failed("a\nb"),
            new DictReply.Row("k", List.of("")),
            new DictReply.Row("k", List.of("a", "b")),
            new DictReply.End(),
            DictReply.Committed.done(7),
            new DictReply.Committed(7, true, DictReply.Outcome.UNCERTAIN, "away"),
            new DictReply.Committed(7, false, DictReply.Outcome.NOT_FOUND, "not said")));
    assertThat(Octets.string(out.toByteArray()))
        .isEqualTo("Oa\1tb\1n\nMa\1tb\0011tc\nN\nFa?b\nOk\t\nOk\ta\tb\n\nO7\nAW7\taway\nN7\n");
    assertThatThrownBy(() -> new DictReply.Values(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DictReply.Row("k", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noAnswerIsEndless() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DictServerCodec codec = new DictServerCodec(Octets.input(FOUR + "\n"), Sinks.into(out));
    codec.readHello();
    String most = "v".repeat(DictServerCodec.MAX_ANSWER - 1);
    codec.write(DictReply.Values.of(most));
    DictHello hello = new DictHello(4, 0, 0, "", "x");
    String answer = Octets.string(out.toByteArray());
    assertThat(client(answer, hello).readLookup()).isEqualTo(DictReply.Values.of(most));
    assertThatThrownBy(() -> codec.write(DictReply.Values.of(most + "v")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client("v" + answer, hello).readLookup())
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> client("*1\n".repeat(1_001) + "+1\tN\n", hello).readLookup())
        .hasMessage("more answers announced than anybody has asked for");
    assertThat(client("*1\n".repeat(1_000) + "+1\tN\n", hello).readLookup())
        .isEqualTo(new DictReply.NotFound());
  }

  private static DictClientCodec client(String answers, DictHello hello) {
    return new DictClientCodec(Octets.input(answers), Sinks.nowhere(), hello);
  }
}
