package dovetail.server;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The signals that a service is steered by. The JDK has them only in sun.misc, which no compiler
 * setting lets us name without a warning, so they are reached by reflection: once, at start.
 */
public final class Signals implements AutoCloseable {
  /** A signal, named for what it asks. */
  public enum Kind {
    /** SIGHUP: read the configuration again. */
    RELOAD("HUP"),
    /** SIGTERM: finish and end. */
    TERMINATE("TERM"),
    /** SIGINT: Ctrl-C, the same as SIGTERM. */
    INTERRUPT("INT");

    private final String signal;

    Kind(String signal) {
      this.signal = signal;
    }
  }

  private final Method handle;
  // By signal, what was in force before.
  private final Map<Object, Object> previous = new LinkedHashMap<>();

  private Signals(Method handle) {
    this.handle = handle;
  }

  /**
   * Delivers all three from now on, in place of what the JVM does by itself. The consumer runs on a
   * thread of the JVM's and should do no more than pass it on, to a queue for example.
   */
  public static Signals deliver(Consumer<Kind> consumer) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Signals signals = new Signals(signalType.getMethod("handle", signalType, handlerType));
      for (Kind kind : Kind.values()) {
        Object signal = signalType.getConstructor(String.class).newInstance(kind.signal);
        Object handler =
            MethodHandleProxies.asInterfaceInstance(
                handlerType, delivery(kind, consumer, signalType));
        signals.previous.put(signal, signals.handle.invoke(null, signal, handler));
      }
      return signals;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no sun.misc.Signal", e);
    }
  }

  /** Takes the JDK's signal, which we know already, and passes on ours. */
  private static MethodHandle delivery(Kind kind, Consumer<Kind> consumer, Class<?> signalType)
      throws ReflectiveOperationException {
    MethodType type = MethodType.methodType(void.class, Object.class);
    MethodHandle accept = MethodHandles.lookup().findVirtual(Consumer.class, "accept", type);
    return MethodHandles.dropArguments(
        MethodHandles.insertArguments(accept, 0, consumer, kind), 0, signalType);
  }

  /** Puts back what was in force before. */
  @Override
  public void close() {
    previous.forEach((signal, handler) -> {
      try {
        handle.invoke(null, signal, handler);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("sun.misc.Signal", e);
      }
    });
  }
}
