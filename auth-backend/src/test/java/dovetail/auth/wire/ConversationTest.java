package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each conversation of src/test/resources/conversations, read by both sides and written again. */
@Timeout(60)
class ConversationTest {
  static List<Conversation> conversations() {
    return Conversation.all();
  }

  /** However it arrives. */
  @ParameterizedTest
  @MethodSource("conversations")
  void isWrittenAsItWasRead(Conversation one) throws IOException {
    for (int size : new int[] {1, 2, 7, 1_000_000}) {
      Speech speech = speech(one, String.join("", one.asked()), size);
      assertThat(speech.asked()).isEqualTo(String.join("", one.askedAgain()));
      assertThat(speech.answered()).isEqualTo(String.join("", one.answeredAgain()));
      assertThat(speech.broken()).isEqualTo(one.broken());
      assertThat(speech.brokenAnswer()).isEqualTo(one.brokenAnswer());
    }
  }

  private static Speech speech(Conversation one, String asked, int size) throws IOException {
    return Speech.of(one.protocol(), asked, String.join("", one.answered()), size);
  }

  /** In two pieces, wherever it is split. */
  @ParameterizedTest
  @MethodSource("conversations")
  void splitAtEveryOctet(Conversation one) throws IOException {
    String asked = String.join("", one.asked());
    int step = Math.max(1, asked.length() / 2_000);
    for (int n = 1; n < asked.length(); n += step) {
      assertThat(speech(one, asked, n).asked())
          .as("split at %d", n)
          .isEqualTo(String.join("", one.askedAgain()));
    }
  }

  /** What is cut off at any octet is read as far as it came whole. */
  @ParameterizedTest
  @MethodSource("conversations")
  void cutAtEveryOctet(Conversation one) throws IOException {
    List<String> asked = one.asked();
    List<String> again = one.askedAgain();
    String all = String.join("", asked);
    int step = Math.max(1, all.length() / 2_000);
    for (int n = 0; n < all.length(); n += step) {
      int whole = 0;
      int octets = 0;
      while (whole < asked.size() && octets + asked.get(whole).length() <= n) {
        octets += asked.get(whole++).length();
      }
      Speech speech = Speech.of(one.protocol(), all.substring(0, n), "", 1_000);
      assertThat(speech.asked())
          .as("cut at %d", n)
          .isEqualTo(String.join("", again.subList(0, Math.min(whole, again.size()))));
      if (octets == n) {
        assertThat(speech.broken()).as("cut at %d", n).isIn("", one.broken());
      } else if (n < 16_000) {
        assertThat(speech.broken()).as("cut at %d", n).startsWith("truncated");
      }
    }
  }

  /** The server's side, too. */
  @ParameterizedTest
  @MethodSource("conversations")
  void answersCutAtEveryOctet(Conversation one) throws IOException {
    String asked = String.join("", one.asked());
    String answered = String.join("", one.answered());
    String again = String.join("", one.answeredAgain());
    int before = 0;
    for (int n = 0; n < answered.length(); n++) {
      Speech speech = Speech.of(one.protocol(), asked, answered.substring(0, n), 1_000);
      assertThat(again).as("cut at %d", n).startsWith(speech.answered());
      assertThat(speech.answered().length()).as("cut at %d", n).isGreaterThanOrEqualTo(before);
      before = speech.answered().length();
    }
  }
}
