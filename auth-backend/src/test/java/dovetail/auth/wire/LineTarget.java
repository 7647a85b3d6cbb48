package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.live.Octets;
import java.io.IOException;

/**
 * Whatever one side sends is lines up to where it breaks the protocol: the same ones however the
 * octets arrive, and what the other side writes of them is read as the same again. An input is what
 * the client says, then octet 255 and a line feed, then what the server says.
 */
abstract sealed class LineTarget implements FuzzTarget
    permits AuthTarget, MasterTarget, DictTarget {
  /** What is between the two sides. */
  static final String TURN = "\377\n";

  private final Speech.Protocol protocol;

  LineTarget(Speech.Protocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public final String run(byte[] input) throws IOException {
    String all = Octets.string(input);
    int turn = all.indexOf(TURN);
    String asked = turn < 0 ? all : all.substring(0, turn);
    String answered = turn < 0 ? "" : all.substring(turn + TURN.length());
    Speech whole = Speech.of(protocol, asked, answered, input.length + 1);
    for (int size : new int[] {1, 7}) {
      assertThat(Speech.of(protocol, asked, answered, size)).isEqualTo(whole);
    }
    isClean(whole.asked());
    isClean(whole.answered());
    Speech again = Speech.of(protocol, whole.asked(), whole.answered(), 1_000);
    assertThat(again.asked()).isEqualTo(whole.asked());
    assertThat(again.answered()).isEqualTo(whole.answered());
    assertThat(again.broken()).isEmpty();
    // Rows without their end are no answer; all that came before was one.
    if (!again.brokenAnswer().isEmpty()) {
      assertThat(protocol).isEqualTo(Speech.Protocol.DICT);
      assertThat(again.brokenAnswer()).startsWith("truncated");
    }
    String end = whole.broken().isEmpty() ? whole.brokenAnswer() : whole.broken();
    return end.isEmpty() ? "read" : end.replaceAll("[0-9]+", "#");
  }

  /** Nothing ends a line or a field that was not meant to. */
  private static void isClean(String lines) {
    assertThat(lines.chars()).noneMatch(c -> c == 0 || c == '\r');
    assertThat(lines)
        .satisfiesAnyOf(s -> assertThat(s).isEmpty(), s -> assertThat(s).endsWith("\n"));
  }
}
