package dovetail.dns;

import dovetail.mail.Domain;

/**
 * Where answers come from that nobody here knows yet. A question always ends, and remote badness is
 * an answer; an exception is a fault of our own. Safe for any number of threads, which it blocks.
 */
public interface Upstream {
  /** The TXT records of a name, as {@link Resolver#txt} has them. */
  Response<String> txt(Domain name);
}
