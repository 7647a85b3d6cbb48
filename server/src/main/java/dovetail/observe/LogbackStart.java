package dovetail.observe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.event.Level;

/**
 * What logback finds when it starts: text lines from "info" on, until {@link Logs#install} says
 * otherwise. It keeps logback from searching for and parsing a file of its own.
 */
public final class LogbackStart extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogStyle style = LogStyle.detect(LogFormat.TEXT, System.getenv());
    // Not the descriptor: whoever has redirected System.out by now wants these lines.
    Logs.install(context, new LogOutput(System.out), style, Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
