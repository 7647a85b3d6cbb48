package dovetail.live;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Log events that wake an administrator. */
final class Complaints extends AppenderBase<ILoggingEvent> {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final Logger own;

  private Complaints(String name) {
    own = logger(name);
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** Takes what is logged; that of a service, which many tests provoke, for nobody else to see. */
  static Complaints begin(String service) {
    Complaints complaints = new Complaints(service);
    complaints.root.setLevel(Level.WARN); // faults of peers are many here, and not worth a line
    complaints.start();
    complaints.root.addAppender(complaints);
    complaints.own.addAppender(complaints);
    complaints.own.setAdditive(false);
    return complaints;
  }

  /** The service's logger. */
  Logger own() {
    return own;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  void end() {
    root.detachAppender(this);
    root.setLevel(level);
    own.detachAppender(this);
    own.setAdditive(true);
    own.setLevel(null);
    stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      lines.add(event.getFormattedMessage());
    }
  }
}
