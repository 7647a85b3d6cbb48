package dovetail.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Faulty;
import dovetail.directory.Town;
import dovetail.mail.Address;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnersTest {
  private static final String TOWN =
      """
      domain example.com mailbox
      domain example.net alias-of example.com
      domain all.example mailbox catchall=kim@example.com
      domain off.example mailbox off
      mailbox joe@example.com
      mailbox kim@example.com
      mailbox "a b"@example.com
      mailbox mute@example.com dumb
      mailbox ann@off.example
      alias info@example.com joe@example.com;kim+x@example.com;mute@example.com
      alias members@example.com joe@example.com;kim@example.com list
      alias odd@example.com "a b"@example.com
      grant members@example.com kim@example.com
      grant @example.org joe@example.com
      """;

  private static Owners owners(String sender) {
    return Owners.of(Town.of(TOWN), Address.parse(sender).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          joe@example.com     | joe@example.com
          JOE+x@example.net   | joe@example.com
          info@example.com    | joe@example.com kim@example.com
          members@example.com | kim@example.com
          nobody@all.example  | kim@example.com
          nobody@example.com  | ''
          mute@example.com    | ''
          ann@off.example     | ''
          any@example.org     | joe@example.com
          any@example.edu     | ''
          odd@example.com     | "a b"@example.com
          """,
      quoteCharacter = '\'')
  void tellsWhoMaySend(String sender, String logins) {
    assertThat(owners(sender))
        .isInstanceOfSatisfying(
            Owners.Known.class,
            known -> assertThat(String.join(" ", known.logins())).isEqualTo(logins));
  }

  @Test
  void doesNotGoThroughThousands() {
    String members =
        IntStream.range(0, 1001)
            .mapToObj(i -> "member" + i + "@example.com")
            .collect(Collectors.joining(";"));
    List<String> town = List.of("domain example.com mailbox", "alias all@example.com " + members);
    assertThat(Owners.of(Town.of(town), Address.parse("all@example.com").orElseThrow()))
        .isEqualTo(new Owners.TooMany(1000));
  }

  @Test
  void nobodyCanSayWithoutTheDirectory() {
    Faulty directory = new Faulty(Town.of(TOWN));
    Address sender = Address.parse("info@example.com").orElseThrow();
    Owners right = Owners.of(directory.failing(_ -> false), sender);
    int calls = directory.calls();
    assertThat(calls).isGreaterThan(5);
    for (int n = 0; n < calls; n++) {
      int failing = n;
      assertThat(Owners.of(directory.failing(call -> call == failing), sender))
          .as("failing at call %d of %s", n, right)
          .isEqualTo(new Owners.Unavailable("planted"));
    }
  }
}
