package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.Block;
import dovetail.directory.login.BlockStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who is kept out, and until when. */
abstract class BlockCases extends OnEachDatabase {
  private static final Block.Subject JOE = new Block.Subject(Block.Kind.ACCOUNT, "joe@example.com");
  private static final Block.Subject NETWORK =
      new Block.Subject(Block.Kind.NETWORK, "192.0.2.0/24");

  private BlockStore blocks() {
    return store.blocks();
  }

  private static Block of(Block.Subject subject, int since, int until) {
    return new Block(
        subject,
        NOW.plusSeconds(since),
        NOW.plusSeconds(until),
        "from " + since + " to " + until,
        "mx" + until + ".example.com");
  }

  @Test
  void holdUntilTheyAreOver() throws Exception {
    assertThat(blocks().all(NOW)).isEmpty();
    blocks().put(of(JOE, 0, 60));
    blocks().put(of(NETWORK, 1, 120));
    assertThat(blocks().all(NOW)).containsExactly(of(NETWORK, 1, 120), of(JOE, 0, 60));
    assertThat(blocks().all(NOW.plusSeconds(60))).containsExactly(of(NETWORK, 1, 120));
    assertThat(blocks().find(JOE, NOW.plusSeconds(59))).contains(of(JOE, 0, 60));
    assertThat(blocks().find(JOE, NOW.plusSeconds(60))).isEmpty();
    assertThat(blocks().find(new Block.Subject(Block.Kind.NETWORK, "joe@example.com"), NOW))
        .isEmpty();
  }

  @Test
  void theLaterEndHoldsWithItsReason() throws Exception {
    blocks().put(of(JOE, 0, 60));
    blocks().put(of(JOE, 10, 30));
    assertThat(blocks().all(NOW)).containsExactly(of(JOE, 0, 60));
    blocks().put(of(JOE, 20, 90));
    assertThat(blocks().all(NOW))
        .containsExactly(
            new Block(JOE, NOW, NOW.plusSeconds(90), "from 20 to 90", "mx90.example.com"));
    blocks().put(of(JOE, 90, 100));
    assertThat(blocks().all(NOW)).containsExactly(of(JOE, 90, 100));
  }

  @Test
  void areLiftedOnceAndThatIsForTheAudit() throws Exception {
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    blocks().put(of(JOE, 0, 60));
    blocks().put(of(NETWORK, 0, 60));
    assertThat(feed.next())
        .containsExactly("block account joe@example.com", "block network 192.0.2.0/24");
    assertThat(store.administration().audit(10)).isEmpty();
    assertThat(blocks().lift(JOE, NOW.plusSeconds(60), "root")).isFalse();
    assertThat(blocks().lift(JOE, NOW, "root")).isTrue();
    assertThat(blocks().lift(JOE, NOW, "root")).isFalse();
    assertThat(feed.next()).containsExactly("block account joe@example.com");
    assertThat(blocks().all(NOW)).containsExactly(of(NETWORK, 0, 60));
    assertThat(store.administration().audit(10))
        .containsExactly(new AuditEntry(NOW, "root", "unblock", "account", "joe@example.com", ""));
  }

  @Test
  void aChangeNamesItsSubject() {
    for (Block.Subject subject : List.of(JOE, NETWORK)) {
      assertThat(Block.Subject.parse(subject.toString())).contains(subject);
    }
    for (String text :
        List.of("", "account", "account ", "mailbox x", "network " + "1".repeat(321))) {
      assertThat(Block.Subject.parse(text)).as(text).isEmpty();
    }
    assertThatThrownBy(() -> new Block.Subject(Block.Kind.ACCOUNT, "x".repeat(321)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReasonIsCutToWhatFits() throws Exception {
    blocks().put(new Block(JOE, NOW, NOW.plusSeconds(60), "\u00fc".repeat(5_000), "h"));
    assertThat(blocks().all(NOW).getFirst().reason()).isEqualTo("\u00fc".repeat(500));
  }

  @Test
  void whatIsOverIsForgottenAndOldChangesToo() throws Exception {
    try (Database database = Database.open(settings, new SecureRandom())) {
      database.<Boolean, UnavailableException>write(sql -> {
        Trail.changed(sql, NOW.minusSeconds(86_401), "old");
        Trail.changed(sql, NOW.minusSeconds(86_399), "newer");
        return true;
      });
      blocks().put(of(JOE, 0, 60));
      blocks().put(of(NETWORK, 0, 61));
      blocks().forget(NOW.plusSeconds(61));
      assertThat(blocks().all(Instant.EPOCH)).containsExactly(of(NETWORK, 0, 61));
      List<String> left =
          database.<List<String>, UnavailableException>read(
              sql -> sql.all("SELECT subject FROM changes ORDER BY id", row -> row.getString(1)));
      assertThat(left)
          .containsExactly("newer", "block account joe@example.com", "block network 192.0.2.0/24");
    }
  }

  @Test
  void anAccountsBlockGoesWithItsMailbox() throws Exception {
    add(domain("example.com"), mailbox("joe@example.com"));
    blocks().put(of(JOE, 0, 60));
    blocks().put(of(NETWORK, 0, 60));
    apply(List.of(new Change.Remove(row(Kind.MAILBOX, "address", "joe@example.com"), false)));
    assertThat(blocks().all(NOW)).containsExactly(of(NETWORK, 0, 60));
  }

  @Test
  void hostsThatBlockTheSameAtOnceAreNotInOneAnothersWay() throws Exception {
    List<Callable<Boolean>> hosts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int host = i;
      hosts.add(() -> {
        for (int j = 0; j < 20; j++) {
          Block.Subject subject =
              new Block.Subject(Block.Kind.NETWORK, "192.0.2." + (j + 5 * host) % 20);
          blocks().put(of(subject, 0, 60 + host));
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(hosts.size())) {
      for (Future<Boolean> done : threads.invokeAll(hosts)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(blocks().all(NOW))
        .hasSize(20)
        .allMatch(block -> block.until().equals(NOW.plusSeconds(63)));
  }
}
