package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.AddressEntry;
import dovetail.directory.Alias;
import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.GrantScope;
import dovetail.directory.Mailbox;
import dovetail.directory.MapDirectory;
import dovetail.directory.Target;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.wire.Reply;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.policy.rule.Facts;
import dovetail.policy.rule.MessageSoFar;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Ruling;
import dovetail.policy.rule.SenderLoginRule;
import dovetail.policy.source.StoredResidents;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rule says what Postfix would say that asks the map (reject_sender_login_mismatch). */
final class SenderLoginAgreementTest {
  private static final int TOWNS = 300;
  private static final List<String> NAMES = List.of("a", "b", "c", "z", "A+x", "z+x");
  private static final List<String> DOMAINS =
      List.of("h.example", "N.example", "r.example", "s.r.example", "e.example");
  private final Random random = new Random(20261129);
  private final Map<String, Integer> seen = new TreeMap<>();

  @Test
  void saysWhatPostfixWouldSay() {
    for (int i = 0; i < TOWNS; i++) {
      Directory directory = town();
      for (String domain : DOMAINS) {
        for (String name : NAMES) {
          for (String login : List.of("a@h.example", "B@H.example", "c@n.example", "x@e.example")) {
            agree(directory, name + "@" + domain, login);
          }
        }
      }
    }
    assertThat(seen).containsOnlyKeys("passes", "refused");
    assertThat(seen.values()).allMatch(count -> count > 1_000);
  }

  private void agree(Directory directory, String sender, String login) {
    String postfix = postfix(directory, sender, login);
    assertThat(rule(directory, sender, login)).as("%s by %s", sender, login).isEqualTo(postfix);
    seen.merge(postfix, 1, Integer::sum);
  }

  private static String postfix(Directory directory, String sender, String login) {
    Reply reply =
        MapRegistry.of(directory)
            .find("smtpd_sender_login_maps", Optional.of(sender), false)
            .reply();
    return switch (reply) {
      case Reply.Ok(String owners) ->
          Arrays.stream(owners.split("[, ]+", -1)).anyMatch(login::equalsIgnoreCase)
              ? "passes"
              : "refused";
      case Reply.NotFound _ -> "refused";
      case Reply.Temp _, Reply.Perm _ -> "abstains";
    };
  }

  private static String rule(Directory directory, String sender, String login) {
    Request request =
        new Request.Builder()
            .put(Attribute.PROTOCOL_STATE, "RCPT")
            .put(Attribute.SENDER, sender)
            .put(Attribute.SASL_USERNAME, login)
            .build();
    Ruling ruling =
        new SenderLoginRule(
                StoredResidents.of(directory).senders(),
                SenderLoginRule.Unproven.NONE,
                SenderLoginRule.Foreign.REFUSE,
                Refusal.with(553))
            .judge(Facts.of(request, new MessageSoFar(), Instant.EPOCH));
    return switch (ruling) {
      case Ruling.Passes _ -> "passes";
      case Ruling.Refuses _ -> "refused";
      case Ruling.Abstains _ -> "abstains";
      case Ruling.Allows _, Ruling.NotNow _, Ruling.Charged _, Ruling.Adds _ ->
          throw new AssertionError(ruling);
    };
  }

  private MapDirectory town() {
    MapDirectory town = new MapDirectory();
    town.put(hosted("h.example", DomainEntry.Kind.MAILBOX));
    town.put(hosted("r.example", DomainEntry.Kind.RELAY));
    town.put(
        new DomainEntry.AliasOf(
            name("n.example"), random.nextInt(4) > 0, name(any("h.example", "r.example"))));
    for (String local : List.of("a", "b", "c")) {
      Optional<Mailbox> mailbox =
          Optional.of(new Mailbox(random.nextInt(4) > 0, random.nextInt(4) > 0));
      boolean aliased = random.nextBoolean();
      town.put(
          address(local + "@h.example"),
          new AddressEntry(mailbox, aliased ? Optional.of(alias()) : Optional.empty()));
      if (random.nextInt(3) == 0) {
        town.put(
            address(local + "@r.example"),
            new AddressEntry(Optional.empty(), Optional.of(alias())));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      String scope =
          any("*", "@h.example", "@n.example", "@e.example", "z@h.example", "a@e.example");
      String login = any("a", "b", "c") + "@" + any("h", "h", "n", "e") + ".example";
      town.grant(GrantScope.parse(scope).orElseThrow(), address(login));
    }
    return town;
  }

  private DomainEntry hosted(String name, DomainEntry.Kind kind) {
    return new DomainEntry.Hosted(
        name(name),
        random.nextInt(5) > 0,
        kind,
        random.nextBoolean(),
        any("+", ""),
        Optional.empty(),
        random.nextInt(3) == 0 ? Optional.of(alias()) : Optional.empty());
  }

  private Alias alias() {
    return new Alias(
        random.nextInt(4) == 0 ? Alias.Kind.LIST : Alias.Kind.ALIAS,
        random.nextInt(4) > 0,
        List.of(target(), target()));
  }

  private Target target() {
    String text =
        any(
            "a@h.example",
            "b+x@h.example",
            "c@n.example",
            "a@r.example",
            "b@e.example",
            "@h.example",
            "@e.example");
    return Target.parse(text).orElseThrow();
  }

  private static Domain name(String text) {
    return Domain.parse(text).orElseThrow();
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private String any(String... words) {
    return words[random.nextInt(words.length)];
  }
}
