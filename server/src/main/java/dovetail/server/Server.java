package dovetail.server;

import dovetail.observe.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** All services of a process, with the clock, the watchdog and the metrics that they share. */
public final class Server implements AutoCloseable {
  private final Service.Shared shared;
  private final List<Service> services = new CopyOnWriteArrayList<>();

  /**
   * @param nanos monotonic time, as System.nanoTime has it
   */
  public Server(Metrics metrics, LongSupplier nanos) {
    this(metrics, nanos, HandedOver.NOTHING);
  }

  /**
   * @param nanos monotonic time, as System.nanoTime has it
   * @param handedOver used instead of a socket of our own by the service that listens at its path
   */
  public Server(Metrics metrics, LongSupplier nanos, HandedOver handedOver) {
    this.shared =
        new Service.Shared(Watchdog.start(nanos), new ServiceMetrics(metrics), nanos, handedOver);
  }

  /**
   * Starts a service.
   *
   * @param name for log lines and metrics
   * @param specs where it listens
   * @throws IOException naming the address that could not be bound; nothing is open then
   */
  public Service open(
      String name, List<ListenSpec> specs, ConnectionLimits limits, ConnectionHandler handler)
      throws IOException {
    Service service = new Service(name, limits, handler, shared);
    service.start();
    try {
      service.relisten(specs);
    } catch (IOException | RuntimeException e) {
      service.stop();
      throw e;
    }
    services.add(service);
    return service;
  }

  /**
   * Shuts all services down together, as {@link Service#shutdown} does with one.
   *
   * @param grace for all of them, not for each
   * @return how many connections were cut off inside a transaction
   */
  public int shutdown(Duration grace) {
    long end = shared.nanos().getAsLong() + grace.toNanos();
    services.forEach(Service::stop);
    int cut = 0;
    for (Service service : services) {
      long left = Math.max(0, end - shared.nanos().getAsLong());
      cut += service.finish(Duration.ofNanos(left));
    }
    services.clear();
    shared.watchdog().close();
    return cut;
  }

  /** Shuts down with no grace. */
  @Override
  public void close() {
    shutdown(Duration.ZERO);
  }
}
