package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReversePathTest {
  @ParameterizedTest
  @CsvSource({
    "<jsmith@example.org>, jsmith@example.org",
    "jsmith@example.org, jsmith@example.org",
    "'<@relay.example,@other.example:jsmith@example.org>', jsmith@example.org",
    "<\"a>b\"@example.org>, \"a>b\"@example.org",
    "<\"@x:y\"@example.org>, \"@x:y\"@example.org",
  })
  void readsMailboxes(String text, String address) {
    assertThat(ReversePath.parse(text).mailbox()).map(Address::toString).contains(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<>"})
  void readsTheNullSender(String text) {
    assertThat(ReversePath.parse(text)).isEqualTo(new ReversePath.Null());
    assertThat(ReversePath.parse(text).mailbox()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        ">",
        "< >",
        "<@relay.example:>",
        "<root>",
        "root",
        "<a@example.org",
        "a@example.org>",
        "<<a@example.org>>",
        "<a@[192.0.2.1]>",
        "@relay.example:a@example.org",
        " <a@example.org>",
      })
  void keepsWhatIsMalformed(String text) {
    assertThat(ReversePath.parse(text)).isEqualTo(new ReversePath.Malformed(text));
    assertThat(ReversePath.parse(text).mailbox()).isEmpty();
  }
}
