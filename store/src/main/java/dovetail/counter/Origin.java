package dovetail.counter;

/** Who chooses a counter's key. */
public enum Origin {
  /** We do: our users, our domains. Such a counter is kept until its windows are over. */
  OWN,

  /** Strangers do, as many as they like. Such counters have a cap. */
  STRANGER
}
