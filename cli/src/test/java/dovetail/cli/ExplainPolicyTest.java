package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.AccountDay;
import dovetail.serve.Site;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dovetail explain policy} says of a breaker, on an embedded database. */
final class ExplainPolicyTest {
  private static final String KNOWN =
      "may reach 360 recipients in 160 domains in ten minutes, has reached 90 in 40 on former days";

  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() throws Exception {
    site = Site.in(folder);
    Files.writeString(
        folder.resolve("conf.d").resolve("store.toml"),
        """
        database.url = "jdbc:sqlite:%s"
        database.key_file = "%s"
        lookup.enabled = false
        policy.time_zone = "UTC"
        [[policy.rule]]
        type = "breaker"
        [[policy.rule]]
        type = "limit"
        contexts = ["limits"]
        key = "sasl_username"
        limit = "5/1h"
        """
            .formatted(folder.resolve("dovetail.db"), folder.resolve("secret.key")));
    long today = LocalDate.now(ZoneOffset.UTC).toEpochDay();
    try (Store store = Stores.open(site.load())) {
      store.migrate();
      store
          .suspensions()
          .reached(
              List.of(
                  new AccountDay("ann@example.com", today - 20, 90, 2),
                  new AccountDay("ann@example.com", today - 3, 5, 40),
                  new AccountDay("ann@example.com", today + 1, 900, 900),
                  new AccountDay("bob@example.com", today - 3, 800, 800)));
    }
  }

  private Run explain(String... attributes) {
    List<String> all = new ArrayList<>(List.of("explain", "policy"));
    all.addAll(List.of(attributes));
    all.addAll(List.of("--config", site.config().toString()));
    return Run.of(all.toArray());
  }

  @Test
  void knowsWhatTheAccountIsUsedTo() {
    Run run = explain("sasl_username=Ann@Example.com", "recipient=x@far.example");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(" passes     not suspended; " + KNOWN + "\naction=DUNNO");
    assertThat(explain("sasl_username=carl@example.com", "recipient=x@far.example").out())
        .contains("may reach 100 recipients in 50 domains in ten minutes, has reached 0 in 0 on");
  }

  @Test
  void knowsNothingOfTheLastTenMinutes() {
    String[] end = {
      "protocol_state=END-OF-MESSAGE", "sasl_username=ann@example.com", "recipient_count=360"
    };
    for (int i = 0; i < 2; i++) {
      assertThat(explain(end).out())
          .contains(" charges    360 recipients in 0 domains by this message alone; " + KNOWN);
    }
    end[2] = "recipient_count=361";
    Run over = explain(end);
    assertThat(over.status()).isEqualTo(1);
    assertThat(over.out()).contains(" refuses ").contains("361 recipients", "90 before at most");
  }

  /** Postfix names the recipient at the end of a message that has only one. */
  @Test
  void theRecipientThatIsNamedAtTheEndIsKnown() {
    assertThat(Run.of("domain", "add", "example.com", "--config", site.config().toString()).err())
        .isEmpty();
    String end = "protocol_state=END-OF-MESSAGE";
    String ann = "sasl_username=ann@example.com";
    String limits = "policy_context=limits";
    String local = "recipient=bob@example.com";
    assertThat(explain(end, ann, limits, local, "recipient_count=1").out())
        .contains(" charges    0 recipients in 0 domains", "nothing to count")
        .doesNotContain("not known");
    assertThat(explain(end, ann, limits, "recipient=x@far.example", "recipient_count=3").out())
        .contains(
            " charges    3 recipients in 1 domains",
            "ann@example.com 3/5",
            "\n2 of 3 recipients are not known, and are taken for foreign ones\naction=DUNNO");
    assertThat(explain(end, ann, local, "recipient_count=3", "--json").out())
        .containsPattern("\"unknown_recipients\" ?: ?2");
  }

  @Test
  void withoutALoginThereIsNothingToKnow() {
    assertThat(explain("recipient=x@far.example").out()).contains("nobody has logged in");
  }
}
