package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UnsettledException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What is said of a transaction whose end nobody has seen. */
final class TransactionsTest {
  private static final int ER_LOCK_DEADLOCK = 1213;

  /**
   * Connections that are lost when they are to commit, after some deadlocks, or right behind it.
   */
  private static final class Losing implements Source {
    private int fails;
    private int commits;
    private boolean afterwards;

    @Override
    public Connection begin() throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
      commits++;
      if (commits <= fails) {
        throw new SQLException("a deadlock", "40001", ER_LOCK_DEADLOCK);
      }
      if (!afterwards) {
        throw new SQLException("lost", "08S01");
      }
    }

    @Override
    public void rollBack(Connection connection) throws SQLException {
      throw new SQLException("lost", "08S01");
    }

    @Override
    public void giveBack(Connection connection, boolean good) throws SQLException {
      assertThat(good).isEqualTo(afterwards);
      connection.close();
      if (afterwards) {
        throw new SQLException("lost", "08S01");
      }
    }
  }

  private final Losing source = new Losing();
  private final Transactions transactions =
      new Transactions(Dialect.MARIADB, source, new Pauses(new SecureRandom()));

  @Test
  void nobodyKnowsWhatBecameOfWhatWasToBeKept() {
    assertThatThrownBy(() -> transactions.<Boolean, UnavailableException>run(_ -> true))
        .isInstanceOf(UnsettledException.class)
        .hasMessage("lost");
    assertThat(source.commits).isEqualTo(1);
  }

  @Test
  void whatWasKeptIsSoWhateverBecomesOfTheConnection() throws Exception {
    source.afterwards = true;
    assertThat(transactions.<Boolean, UnavailableException>run(_ -> true)).isTrue();
    assertThat(source.commits).isEqualTo(1);
  }

  @Test
  void whatHadNotGotSoFarWasNotKept() {
    assertThatThrownBy(() ->
            transactions.<Boolean, UnavailableException>run(_ -> {
              throw new SQLException("lost", "08S01");
            }))
        .isExactlyInstanceOf(UnavailableException.class);
    assertThat(source.commits).isZero();
  }

  @Test
  void whatTheDatabaseHasUndoneIsTriedAgain() {
    source.fails = 2;
    assertThatThrownBy(() -> transactions.<Boolean, UnavailableException>run(_ -> true))
        .isInstanceOf(UnsettledException.class);
    assertThat(source.commits).isEqualTo(3);
  }
}
