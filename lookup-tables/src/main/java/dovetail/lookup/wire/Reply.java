package dovetail.lookup.wire;

/** The answer to one request. */
public sealed interface Reply {
  /** The most bytes of an answer that Postfix reads (socketmap_max_reply_size). */
  int MAX_BYTES = 100_000;

  /**
   * The key is there.
   *
   * @param value not empty, which Postfix takes for a broken table, and without control characters
   */
  record Ok(String value) implements Reply {
    /**
     * An answer with that value.
     *
     * @throws IllegalArgumentException if no answer can have it
     */
    public Ok {
      if (!AnswerText.isValue(value)) {
        throw new IllegalArgumentException("no value for an answer");
      }
    }
  }

  /** The key is not there, for sure. */
  record NotFound() implements Reply {}

  /**
   * Nobody can say at the moment: the mail is deferred.
   *
   * @param reason for Postfix's log
   */
  record Temp(String reason) implements Reply {
    public Temp {
      reason = AnswerText.reason(reason);
    }
  }

  /**
   * Nobody will be able to say until somebody has mended something: the mail is deferred all the
   * same.
   *
   * @param reason for Postfix's log
   */
  record Perm(String reason) implements Reply {
    public Perm {
      reason = AnswerText.reason(reason);
    }
  }

  /** That value; or, where no answer can have it, that. */
  static Reply found(String value) {
    return AnswerText.isValue(value) ? new Ok(value) : new Perm(AnswerText.fault(value));
  }
}
