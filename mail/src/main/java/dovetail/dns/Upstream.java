package dovetail.dns;

/**
 * Where answers come from that nobody here knows yet. A question always ends, and remote badness is
 * an answer; an exception is a fault of our own. Safe for any number of threads, which it blocks.
 */
public interface Upstream {
  /** The records that are asked for, as {@link Resolver#ask} has them. */
  <T> Response<T> ask(Question<T> question);
}
