package dovetail.store.sql;

import org.junit.jupiter.api.Nested;

/** All tests of the store on an SQLite file. */
final class StoreOnSqliteTest {
  @Nested
  final class Administration extends AdministrationCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Directory extends DirectoryCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Schema extends SchemaCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Keys extends KeyCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Usages extends UsageCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Greylist extends GreylistCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Ledger extends LedgerCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Counting extends CounterCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Trying extends TriedCounterCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Suspensions extends SuspensionCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class AccountRows extends AccountRowCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Accounts extends AccountCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Logins extends LoginCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Blocks extends BlockCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Foreign extends ForeignCases {
    @Override
    DatabaseSettings fresh() {
      return DatabaseSettings.sqlite(folder.resolve("dovetail.db"));
    }
  }

  @Nested
  final class Copies extends BackupCases {
    @Override
    DatabaseSettings fresh(String name) {
      return DatabaseSettings.sqlite(folder.resolve(name + ".db"));
    }
  }
}
