package dovetail.config;

/** Turns a value of a configuration file into a typed one. */
@FunctionalInterface
public interface ValueReader<T> {
  /**
   * The typed value.
   *
   * @throws ConfigException when the value does not fit, made by {@link ConfigValue#error}
   */
  T read(ConfigValue value) throws ConfigException;
}
