package dovetail.milter.source;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archives of the database, as it was when it was last read: while it is away they go on. Right
 * after the start whoever asks waits a little for the database, since mail comes before it has been
 * read. For any thread.
 */
public final class StoredArchives {
  private static final Logger logger = LoggerFactory.getLogger("milter");

  private final CountDownLatch read = new CountDownLatch(1);
  private final LongSupplier nanos;
  private final long end;
  private volatile Optional<ArchiveTable> table = Optional.empty();

  /**
   * @param patience how long from now on the database may be waited for
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public StoredArchives(Duration patience, LongSupplier nanos) {
    this.nanos = nanos;
    this.end = nanos.getAsLong() + patience.toNanos();
  }

  /** All of one moment; nothing while it is not known which there are. */
  Optional<ArchiveTable> table() {
    long left = end - nanos.getAsLong();
    if (table.isEmpty() && left > 0) {
      await(left);
    }
    return table;
  }

  private void await(long left) {
    try {
      // What counts is whether it has been read, not how the waiting has ended.
      boolean _ = read.await(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the database holds now; an address that nobody could have stored is none. */
  public void replace(Map<Domain, Address> archives) {
    Map<Domain, Address> good = new HashMap<>();
    archives.forEach((domain, address) -> {
      if (ArchiveRow.isWritable(address)) {
        good.put(domain, address);
      } else {
        logger.warn("the database holds an archive of {} that cannot be used: {}", domain, address);
      }
    });
    table = Optional.of(ArchiveTable.of(good));
    read.countDown();
  }
}
