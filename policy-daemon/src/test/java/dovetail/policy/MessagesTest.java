package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.policy.rule.MessageSoFar;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private final Messages messages = new Messages();

  @Test
  void knowsAMessageWhileItIsAskedAbout() {
    MessageSoFar one = messages.of("a");
    for (int i = 0; i < 9_999; i++) {
      messages.of("b" + i);
    }
    assertThat(messages.of("a")).isSameAs(one);
    for (int i = 0; i < 10_000; i++) {
      messages.of("c" + i);
    }
    assertThat(messages.of("a")).isNotSameAs(one);
  }

  @Test
  void withoutAnInstanceEachIsOfItsOwn() {
    assertThat(messages.of("")).isNotSameAs(messages.of(""));
  }
}
