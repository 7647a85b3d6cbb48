package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Directory;
import dovetail.directory.Town;
import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Recipient;
import dovetail.lookup.Conversation;
import dovetail.lookup.wire.Reply;
import dovetail.mail.Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever asks the directory what becomes of mail for an address is told what Postfix finds out by
 * asking map after map.
 */
class RecipientAgreementTest {
  static List<Conversation> conversations() {
    return Conversation.all();
  }

  /** All addresses of all conversations. */
  @ParameterizedTest
  @MethodSource("conversations")
  void agreesOnWhatIsAskedInConversations(Conversation conversation) {
    for (Conversation.Exchange exchange : conversation.exchanges()) {
      String request = exchange.request();
      AddressKey.parse(request.substring(request.indexOf(' ') + 1))
          .ifPresent(key -> agree(conversation.directory(), key.written()));
    }
  }

  @Property(seed = "41", tries = 1_500)
  void agreesInAnyTown(@ForAll("towns") List<String> town) {
    Directory directory = Town.of(town);
    for (String domain : List.of("h", "n", "r", "s.r", "e")) {
      for (String name : List.of("a", "b", "c", "z", "a+x", "z+x")) {
        Recipient recipient = agree(directory, Address.parse(name + "@" + domain).orElseThrow());
        Statistics.collect(recipient.getClass().getSimpleName());
      }
    }
    Statistics.coverage(coverage -> {
      for (String each : List.of("Mailboxes", "Relayed", "NotOurs", "Unknown", "Endless")) {
        coverage.check(each).percentage(share -> share > 0.5);
      }
    });
  }

  private static Recipient agree(Directory directory, Address address) {
    Recipient recipient = Recipient.of(directory, address);
    Explanation postfix = Explanation.of(MapRegistry.of(directory), address.toString());
    if (!isRewritten(postfix)) {
      assertThat(recipient.getClass()).as("%s: %s", address, postfix).isEqualTo(kind(postfix));
      if (recipient instanceof Recipient.Mailboxes mailboxes) {
        assertThat(mailboxes).as("%s: %s", address, postfix).isEqualTo(mailboxes(postfix));
      }
    }
    return recipient;
  }

  private static boolean isRewritten(Explanation postfix) {
    return postfix.steps().stream()
        .anyMatch(step -> step.map().endsWith("canonical_maps") && isOk(step.finding().reply()));
  }

  private static boolean isOk(Reply reply) {
    return reply instanceof Reply.Ok;
  }

  private static Optional<Reply> reply(Explanation postfix, String map) {
    return postfix.steps().stream()
        .filter(step -> step.map().equals(map))
        .map(step -> step.finding().reply())
        .findFirst();
  }

  private static boolean has(Explanation postfix, String map) {
    return reply(postfix, map).filter(RecipientAgreementTest::isOk).isPresent();
  }

  /** What smtpd does. */
  private static Class<?> kind(Explanation postfix) {
    return switch (reply(postfix, "virtual_alias_maps").orElseThrow()) {
      case Reply.Temp _ -> Recipient.Unavailable.class;
      case Reply.Perm _ -> Recipient.Endless.class;
      case Reply.Ok _ -> isRelayed(postfix) ? Recipient.Relayed.class : Recipient.Mailboxes.class;
      case Reply.NotFound _ -> {
        if (has(postfix, "relay_domains")) {
          yield isRelayed(postfix) ? Recipient.Relayed.class : Recipient.Unknown.class;
        }
        boolean ours =
            has(postfix, "virtual_mailbox_domains") || has(postfix, "virtual_alias_domains");
        assertThat(has(postfix, "virtual_mailbox_maps")).isFalse();
        yield ours ? Recipient.Unknown.class : Recipient.NotOurs.class;
      }
    };
  }

  /** Whether all mail goes on under the same address. */
  private static boolean isRelayed(Explanation postfix) {
    List<Explanation> ends = ends(postfix);
    return ends.stream()
        .allMatch(end -> has(end, "relay_recipient_maps") && name(end).equals(name(postfix)));
  }

  private static Optional<Address> name(Explanation explanation) {
    return AddressKey.parse(explanation.address()).map(AddressKey::canonical);
  }

  /** Where the delivery agents put it. */
  private static Recipient.Mailboxes mailboxes(Explanation postfix) {
    Set<Address> mailboxes = new HashSet<>();
    boolean elsewhere = false;
    for (Explanation end : ends(postfix)) {
      if (has(end, "virtual_mailbox_domains")) {
        if (reply(end, "virtual_mailbox_maps").orElseThrow() instanceof Reply.Ok(String mailbox)) {
          mailboxes.add(Address.parse(mailbox).orElseThrow());
        }
      } else if (!has(end, "virtual_alias_domains")) {
        elsewhere = true;
      }
    }
    return new Recipient.Mailboxes(mailboxes, elsewhere);
  }

  private static List<Explanation> ends(Explanation explanation) {
    List<Explanation> ends = new ArrayList<>();
    if (reply(explanation, "transport_maps").isPresent()) {
      ends.add(explanation);
    }
    explanation.targets().forEach(target -> ends.addAll(ends(target)));
    return ends;
  }

  @Provide
  Arbitrary<List<String>> towns() {
    Arbitrary<String> hosted =
        Arbitraries.of(
            "",
            "",
            " off",
            " catchall=a@h",
            " catchall=@r",
            " catchall=@h",
            " catchall=b@h;c@e;off",
            " delimiters=-");
    Arbitrary<String> relay =
        Arbitraries.of("", " subdomains", " subdomains", " off", " catchall=@r", " catchall=a@h");
    Arbitrary<String> other =
        Arbitraries.of(
            "",
            "domain n alias-of h",
            "domain n alias-of h",
            "domain n alias-of h off",
            "domain n alias-of r");
    Arbitrary<List<String>> rows = row().list().ofMaxSize(9);
    return Combinators.combine(hosted, relay, other, rows)
        .as((h, r, n, all) -> {
          List<String> town = new ArrayList<>(all);
          town.add("domain h mailbox" + h);
          town.add("domain r relay" + r);
          if (!n.isEmpty()) {
            town.add(n);
          }
          return town;
        });
  }

  private static Arbitrary<String> row() {
    Arbitrary<String> places = Arbitraries.of("@h", "@h", "@h", "@r", "@s.r");
    Arbitrary<String> names = Arbitraries.of("a", "b", "c");
    Arbitrary<String> mailbox = Arbitraries.of("", "", " deaf").map("mailbox %s"::concat);
    Arbitrary<String> targets =
        Arbitraries.of(
                "a@h", "b@h", "c@h", "a@h", "b@h", "a+x@h", "a@n", "b@n", "a@r", "a@s.r", "a@e",
                "@h", "@n", "@r", "@e")
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(each -> "alias %s " + String.join(";", each));
    Arbitrary<String> alias =
        Combinators.combine(targets, Arbitraries.of("", "", "", " off")).as(String::concat);
    return Combinators.combine(names, places, Arbitraries.oneOf(mailbox, alias, alias))
        .as((name, place, line) -> line.formatted(name + place));
  }
}
