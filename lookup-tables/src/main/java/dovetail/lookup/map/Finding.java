package dovetail.lookup.map;

import dovetail.directory.search.Missing;
import dovetail.lookup.wire.Reply;

/**
 * What a map answers, and why.
 *
 * @param reply the answer
 * @param reason why
 * @param detail more about it, for our log alone; may be empty
 */
public record Finding(Reply reply, Reason reason, String detail) {
  /** Something of ours has failed; the log says what. */
  public static final Finding FAILURE =
      new Finding(new Reply.Temp("internal error"), Reason.FAILURE, "");

  /** An answer that comes without a reason. */
  static Finding of(Reply reply) {
    Reason reason =
        switch (reply) {
          case Reply.Ok _ -> Reason.FOUND;
          case Reply.NotFound _ -> Reason.NOT_FOUND;
          case Reply.Temp _ -> Reason.UNAVAILABLE;
          case Reply.Perm _ -> Reason.REFUSED;
        };
    return new Finding(reply, reason, "");
  }

  static Finding found(String value, Reason reason) {
    Reply reply = Reply.found(value);
    return new Finding(reply, reply instanceof Reply.Ok ? reason : Reason.BAD_VALUE, "");
  }

  static Finding nothing(Reason reason) {
    return new Finding(new Reply.NotFound(), reason, "");
  }

  static Finding nothing(Missing why) {
    return nothing(Reason.of(why));
  }

  /** The same, with more about it. */
  Finding because(String more) {
    return new Finding(reply, reason, more);
  }

  /** What nobody can say at the moment; why is nothing for Postfix's log. */
  static Finding unavailable(String why) {
    return new Finding(new Reply.Temp("the directory is not available"), Reason.UNAVAILABLE, why);
  }

  /** Where a policy holds, and whether DANE comes before it cannot be said. */
  static Finding undecided(String why) {
    return new Finding(
        new Reply.Temp("whether DANE applies is not known"), Reason.UNAVAILABLE, why);
  }

  static Finding refused(Reason reason, String text) {
    return new Finding(new Reply.Perm(text), reason, text);
  }
}
