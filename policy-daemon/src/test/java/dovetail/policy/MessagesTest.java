package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.policy.rule.Asked;
import dovetail.policy.rule.MessageSoFar;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private long now = Long.MAX_VALUE - 1; // the clock may wrap
  private final Messages messages = new Messages(() -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void domains(String instance, int count) {
    for (int i = 0; i < count; i++) {
      Asked.facts(
          "protocol_state=RCPT recipient=x@d%d.example".formatted(i), messages.of(instance));
    }
  }

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
  void forgetsWhatIsNotAskedAboutAnyMore() {
    MessageSoFar one = messages.of("a");
    pass(Duration.ofMinutes(59));
    assertThat(messages.of("a")).isSameAs(one);
    MessageSoFar other = messages.of("b");
    pass(Duration.ofMinutes(30));
    assertThat(messages.of("b")).isSameAs(other);
    pass(Duration.ofMinutes(30));
    assertThat(messages.of("b")).isSameAs(other);
    assertThat(messages.of("a")).isNotSameAs(one);
  }

  @Test
  void keepsSoManyDomainsOnly() {
    for (int i = 0; i < 100; i++) {
      domains("m" + i, 1_000);
    }
    MessageSoFar first = messages.of("m0");
    MessageSoFar second = messages.of("m1");
    domains("next", 5);
    assertThat(messages.of("m0")).isSameAs(first);
    domains("more", 1_000);
    assertThat(messages.of("m0")).isSameAs(first);
    assertThat(messages.of("m1")).isSameAs(second);
    assertThat(messages.of("m2").recipients()).isZero();
    assertThat(messages.of("m5").recipients()).isEqualTo(1_000);
  }

  @Test
  void withoutAnInstanceEachIsOfItsOwn() {
    assertThat(messages.of("")).isNotSameAs(messages.of(""));
  }
}
