package dovetail.store.sql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** All tests of the store on a real MariaDB. */
final class StoreOnMariaDbTest {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable MariaServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(
        MariaServer.missing().isEmpty(),
        () -> MariaServer.missing().orElse("") + " is not installed (package mariadb-server)");
    server = MariaServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static DatabaseSettings database() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.settings("d" + DATABASES.incrementAndGet());
  }

  @Nested
  final class Administration extends AdministrationCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Directory extends DirectoryCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Schema extends SchemaCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Keys extends KeyCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Usages extends UsageCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Greylist extends GreylistCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Ledger extends LedgerCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Counting extends CounterCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Trying extends TriedCounterCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Suspensions extends SuspensionCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class AccountRows extends AccountRowCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Accounts extends AccountCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Logins extends LoginCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Blocks extends BlockCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Foreign extends ForeignCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }

  @Nested
  final class Copies extends BackupCases {
    @Override
    DatabaseSettings fresh(String name) {
      return database();
    }
  }

  @Nested
  final class Views extends ViewCases {
    @Override
    DatabaseSettings fresh() {
      return database();
    }
  }
}
