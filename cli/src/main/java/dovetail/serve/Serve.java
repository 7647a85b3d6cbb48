package dovetail.serve;

import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Logs;
import dovetail.observe.ServiceManager;
import dovetail.server.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** {@code dovetail serve}: from start to stop. */
public final class Serve {
  private static final Logger logger = LoggerFactory.getLogger("dovetail");
  private static final int GOOD = 0;
  private static final int CONFIGURATION = 3;
  private static final int TEMPORARY = 4;

  private Serve() {}

  /**
   * Runs services until a signal ends them.
   *
   * @param file the configuration file, if one is named
   * @param services the services to run; none named means all that are enabled
   * @return the exit status of the process
   */
  public static int run(Optional<Path> file, Set<String> services) {
    LogOutput output = LogOutput.standardOutput();
    Logs.install(output, LogStyle.detect(LogFormat.TEXT, System.getenv()), Level.INFO);
    try {
      return run(new Started(file, services, output));
    } finally {
      output.flush();
    }
  }

  /** What the process was started with. */
  private record Started(Optional<Path> file, Set<String> services, LogOutput output) {}

  private static int run(Started started) {
    Configuration configuration;
    try {
      configuration = Configuration.load(started.file(), HostName.read());
    } catch (Configuration.UnusableException e) {
      e.problems().forEach(problem -> logger.error("{}", problem));
      return CONFIGURATION;
    }
    LogStyle style =
        LogStyle.detect(configuration.settings().get(ServerConfig.LOG_FORMAT), System.getenv());
    Logs.install(started.output(), style, configuration.settings().get(ServerConfig.LOG_LEVEL));
    if (ChosenServices.of(configuration.settings(), started.services()).isEmpty()) {
      logger.error("there is nothing to run: no service is enabled");
      return CONFIGURATION;
    }
    BlockingQueue<Signals.Kind> signals = new LinkedBlockingQueue<>();
    ServiceManager manager = ServiceManager.from(System.getenv());
    try (Signals _ = Signals.deliver(signals::add);
        RunningServices running =
            RunningServices.start(configuration, started.services(), started.output(), style)) {
      manager.ready();
      manager.status(running.status());
      logger.info("started: {}", running.status());
      obey(signals, manager, () -> reload(running, started, style), running);
      manager.stopping();
      logger.info("stopping");
      int cut = running.shutdown();
      logger.info("stopped{}", cut == 0 ? "" : ", " + cut + " messages under way were cut off");
      return GOOD;
    } catch (IOException e) {
      logger.error("{}", e.getMessage());
      return TEMPORARY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return TEMPORARY;
    }
  }

  /** Returns when the process is told to end. */
  private static void obey(
      BlockingQueue<Signals.Kind> signals,
      ServiceManager manager,
      Runnable reload,
      RunningServices running)
      throws InterruptedException {
    while (signals.take() == Signals.Kind.RELOAD) {
      manager.reloading();
      reload.run();
      manager.ready();
      manager.status(running.status());
    }
  }

  private static void reload(RunningServices running, Started started, LogStyle style) {
    try {
      Configuration other = Configuration.load(started.file(), HostName.read());
      running.reload(other);
      Logs.install(started.output(), style, other.settings().get(ServerConfig.LOG_LEVEL));
      logger.info("reloaded: {}", running.status());
    } catch (Configuration.UnusableException e) {
      e.problems().forEach(problem -> logger.error("{}", problem));
      logger.error("not reloaded: everything stays as it was");
    } catch (UncheckedIOException e) {
      logger.error("reloaded in part only, restart: {}", e.getMessage());
    } catch (IOException e) {
      logger.error("not reloaded, everything stays as it was: {}", e.getMessage());
    }
  }
}
