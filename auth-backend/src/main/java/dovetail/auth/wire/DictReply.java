package dovetail.auth.wire;

import java.util.List;

/** What a dict answers, in the order in which it was asked. Values are not shown. */
public sealed interface DictReply {
  /** The answers to a {@link DictCommand.Lookup}. */
  sealed interface Lookup extends DictReply {}

  /** The answers to a {@link DictCommand.Iterate}: rows until the end or a failure. */
  sealed interface Iteration extends DictReply {}

  /**
   * The key's values, of which clients of old take the first.
   *
   * @param values at least one
   */
  record Values(List<String> values) implements Lookup {
    /**
     * Such an answer.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Values {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("no values");
      }
    }

    /** The only value. */
    public static Values of(String value) {
      return new Values(List.of(value));
    }

    @Override
    public String toString() {
      return "Values[%d (hidden)]".formatted(values.size());
    }
  }

  /** There is no such key, for sure. */
  record NotFound() implements Lookup {}

  /**
   * Nobody can say at the moment.
   *
   * @param error for Dovecot's log, see {@link PlainText#line}
   */
  record Failed(String error) implements Lookup, Iteration {
    public Failed {
      error = PlainText.line(error);
    }
  }

  /**
   * One of the keys.
   *
   * @param values at least one, which is empty if none was asked for
   */
  record Row(String key, List<String> values) implements Iteration {
    /**
     * Such a row.
     *
     * @throws IllegalArgumentException if it has no values
     */
    public Row {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("no values");
      }
    }

    @Override
    public String toString() {
      return "Row[key=%s, %d (hidden)]".formatted(key, values.size());
    }
  }

  /** Those were all keys. */
  record End() implements Iteration {}

  /**
   * What became of a transaction.
   *
   * @param id the client's number for it
   * @param async whether it was a {@link DictCommand.CommitAsync}
   * @param error for Dovecot's log if it has failed or may have, see {@link PlainText#line}
   */
  record Committed(long id, boolean async, Outcome outcome, String error) implements DictReply {
    public Committed {
      error = outcome.hasError() ? PlainText.line(error) : "";
    }

    /** It has taken effect. */
    public static Committed done(long id) {
      return new Committed(id, false, Outcome.DONE, "");
    }
  }

  /** How a transaction ends. */
  enum Outcome {
    /** It has taken effect. */
    DONE('O'), // DICT_PROTOCOL_REPLY_OK
    /** A number that was to be changed is not there. */
    NOT_FOUND('N'), // DICT_PROTOCOL_REPLY_NOTFOUND
    /** It has had no effect. */
    FAILED('F'), // DICT_PROTOCOL_REPLY_FAIL
    /** It has failed, and nobody knows when. */
    UNCERTAIN('W'); // DICT_PROTOCOL_REPLY_WRITE_UNCERTAIN

    private final char letter;

    Outcome(char letter) {
      this.letter = letter;
    }

    char letter() {
      return letter;
    }

    boolean hasError() {
      return this == FAILED || this == UNCERTAIN;
    }
  }
}
