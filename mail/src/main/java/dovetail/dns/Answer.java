package dovetail.dns;

import java.util.List;

/**
 * What the DNS says to one question. A name without records of the type is not the same as a name
 * that does not exist (RFC 2308 2), and neither is the same as not knowing.
 *
 * @param <T> what a record of the type holds
 */
public sealed interface Answer<T> {
  /**
   * There are records.
   *
   * @param records one or more, in the order of the answer
   * @param authentic whether a server that we believe has checked them by DNSSEC (RFC 4035 3.2.3)
   */
  record Records<T>(List<T> records, boolean authentic) implements Answer<T> {
    /**
     * Takes a copy of the list.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Records {
      records = List.copyOf(records);
      if (records.isEmpty()) {
        throw new IllegalArgumentException("no records");
      }
    }
  }

  /** The name exists, without records of the type. */
  record NoData<T>() implements Answer<T> {}

  /** The name does not exist, nor any below it (RFC 8020 2). */
  record NoSuchName<T>() implements Answer<T> {}

  /** It is not known. */
  record Failed<T>(Failure failure) implements Answer<T> {}
}
