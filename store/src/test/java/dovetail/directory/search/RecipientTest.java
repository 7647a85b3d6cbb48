package dovetail.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Faulty;
import dovetail.directory.Town;
import dovetail.mail.Address;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipientTest {
  private static final String TOWN =
      """
      domain example.com mailbox
      domain example.net alias-of example.com
      domain all.example mailbox catchall=joe@example.com
      domain other.example mailbox catchall=@example.com
      domain off.example mailbox off
      domain relay.example relay subdomains
      domain open.example relay catchall=@open.example
      mailbox joe@example.com
      mailbox deaf@example.com deaf
      mailbox kim@all.example
      mailbox ann@off.example
      mailbox ann@relay.example
      mailbox ann@sub.relay.example
      mailbox left@example.com
      alias left@example.com joe@example.com
      alias kept@example.com kept@example.com;kim@all.example
      mailbox kept@example.com
      alias info@example.com joe+info@example.com;kim@all.example;joe@example.net
      alias out@example.com joe@example.org
      alias both@example.com info@example.com;out@example.com
      alias relayed@example.com ann@relay.example
      alias dead@example.com nobody@example.com;deaf@example.com
      alias gone@example.com ann@off.example
      alias unused@example.com joe@example.com off
      alias round@example.com about@example.com
      alias about@example.com round@example.com
      alias own@example.com own@example.net
      """;

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private static String text(Recipient recipient) {
    return switch (recipient) {
      case Recipient.Mailboxes(Set<Address> mailboxes, boolean elsewhere) ->
          mailboxes.stream().map(Address::toString).collect(Collectors.toCollection(TreeSet::new))
              + (elsewhere ? " and elsewhere" : "");
      case Recipient.Relayed() -> "relayed";
      case Recipient.NotOurs() -> "not ours";
      case Recipient.Unknown(Missing why) -> why.name().toLowerCase(Locale.ROOT);
      case Recipient.Endless(Reach.Fault fault, String text) -> fault + ": " + text;
      case Recipient.Unavailable(String why) -> why;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          joe@example.com           | [joe@example.com]
          JOE+Shop@Example.com      | [joe@example.com]
          joe+shop@example.net      | [joe@example.com]
          nobody@example.com        | no_such_address
          nobody@example.net        | no_such_address
          deaf@example.com          | not_receiving
          deaf@example.net          | not_receiving
          unused@example.com        | alias_off
          nobody@all.example        | [joe@example.com]
          kim+shop@all.example      | [kim@all.example]
          joe+shop@other.example    | [joe@example.com]
          nobody@other.example      | []
          left@example.com          | [joe@example.com]
          kept@example.com          | [kept@example.com, kim@all.example]
          info@example.com          | [joe@example.com, kim@all.example]
          info+x@example.net        | [joe@example.com, kim@all.example]
          out@example.com           | [] and elsewhere
          both@example.com          | [joe@example.com, kim@all.example] and elsewhere
          relayed@example.com       | [] and elsewhere
          dead@example.com          | []
          gone@example.com          | [] and elsewhere
          own@example.com           | []
          ann@off.example           | not ours
          joe@example.org           | not ours
          ann@relay.example         | relayed
          ann+x@sub.relay.example   | relayed
          bob@relay.example         | no_such_address
          bob@sub.relay.example     | no_such_address
          bob@open.example          | relayed
          round@example.com         | CIRCLE: the aliases behind round@example.com lead back to it
          """)
  void tellsWhoGetsIt(String asked, String wanted) {
    assertThat(text(Recipient.of(Town.of(TOWN), address(asked)))).isEqualTo(wanted);
  }

  /** More than is looked through may lead elsewhere. */
  @Test
  void saysThatThereIsMore() {
    String members =
        IntStream.range(0, 1000)
            .mapToObj(i -> "member" + i + "@example.com")
            .collect(Collectors.joining(";"));
    Recipient recipient =
        Recipient.of(
            Town.of("domain example.com mailbox\nalias all@example.com " + members),
            address("all@example.com"));
    assertThat(recipient).isEqualTo(new Recipient.Mailboxes(Set.of(), true));
  }

  /** Whichever questions fail, the answer is the right one or that nobody can say. */
  @Test
  void neverTakesUnknownForAbsent() {
    Faulty directory = new Faulty(Town.of(TOWN));
    for (String asked :
        List.of(
            "joe@example.com",
            "nobody@example.net",
            "nobody@all.example",
            "both@example.com",
            "info@example.net",
            "bob@sub.relay.example",
            "ann@relay.example",
            "x@open.example",
            "round@example.com",
            "joe@example.org")) {
      Recipient right = Recipient.of(directory.failing(_ -> false), address(asked));
      int calls = directory.calls();
      for (int n = 0; n < calls; n++) {
        int failing = n;
        for (IntPredicate fails :
            List.<IntPredicate>of(call -> call == failing, call -> call >= failing)) {
          assertThat(Recipient.of(directory.failing(fails), address(asked)))
              .as("%s, failing at call %d", asked, n)
              .isIn(right, new Recipient.Unavailable("planted"));
        }
      }
      assertThat(Recipient.of(directory.failing(_ -> true), address(asked)))
          .isEqualTo(new Recipient.Unavailable("planted"));
    }
  }
}
