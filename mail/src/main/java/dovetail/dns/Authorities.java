package dovetail.dns;

import java.util.List;

/**
 * Asks each server that answers for a zone by itself: what is published, whatever is kept elsewhere
 * for a while. For commands: it takes its time. Safe for any number of threads, which it blocks.
 */
@FunctionalInterface
public interface Authorities {
  /**
   * What one server says.
   *
   * @param server its name and address for people; where no server could be found, what was looked
   *     for
   * @param answer what it says, which is never kept
   */
  record Said<T>(String server, Answer<T> answer) {}

  /**
   * Asks all servers of the zone that the name is in. Where one says that it is an alias, those of
   * its target are asked in its place.
   *
   * @return one or more: where no server could be found, one failure
   */
  <T> List<Said<T>> ask(Question<T> question);
}
