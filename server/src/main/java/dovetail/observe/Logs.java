package dovetail.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Sets up the logging library in code; no configuration file of its own is looked for. */
public final class Logs {
  private Logs() {}

  /**
   * Sends all log events to the output from now on, in place of what was set before.
   *
   * @param level the least important level that is written
   */
  public static void install(LogOutput output, LogStyle style, org.slf4j.event.Level level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      install(context, output, style, level);
    } else {
      throw new IllegalStateException("logback is not on the class path");
    }
  }

  static void install(
      LoggerContext context, LogOutput output, LogStyle style, org.slf4j.event.Level level) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LogLines lines = new LogLines(output, style);
    lines.setContext(context);
    lines.start();
    // The new one first, so that no event falls between the two.
    root.addAppender(lines);
    root.iteratorForAppenders()
        .forEachRemaining(appender -> {
          if (appender != lines) {
            root.detachAppender(appender);
            appender.stop();
          }
        });
    root.setLevel(Level.convertAnSLF4JLevel(level));
    // The pool tells of each start and end, which is nobody's news.
    context.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
  }
}
