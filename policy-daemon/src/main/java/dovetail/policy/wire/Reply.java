package dovetail.policy.wire;

import java.util.regex.Pattern;

/**
 * What Postfix is to do (access(5)). There is no OK: it would end the restriction list, and with it
 * what stands behind us in it.
 */
public sealed interface Reply {
  /** Nothing: the next restriction decides. */
  record Dunno() implements Reply {
    /** The one that there is. */
    public static final Dunno DUNNO = new Dunno();
  }

  /**
   * The client is told no.
   *
   * @param code 400 to 599
   * @param enhanced the enhanced status code (RFC 3463), of the code's class
   * @param text for the client's people
   */
  record Refuse(int code, String enhanced, String text) implements Reply {
    private static final Pattern ENHANCED = Pattern.compile("[45]\\.[0-9]{1,3}\\.[0-9]{1,3}");

    public Refuse {
      if (code < 400
          || code > 599
          || !ENHANCED.matcher(enhanced).matches()
          || enhanced.charAt(0) - '0' != code / 100) {
        throw new IllegalArgumentException("no refusal: " + code + " " + enhanced);
      }
      text = Text.line(text);
    }

    /** Whether the client may try again. */
    public boolean temporary() {
      return code < 500;
    }
  }

  /**
   * The client is told to try again later, if no other restriction refuses for good.
   *
   * @param enhanced the enhanced status code, 4.x.x
   * @param text for the client's people
   */
  record DeferIfPermit(String enhanced, String text) implements Reply {
    public DeferIfPermit {
      text = Text.line(text);
    }
  }

  /** A header field is put before the message. Not at the end of a message. */
  record Prepend(String name, String value) implements Reply {
    private static final Pattern NAME = Pattern.compile("[!-9;-~]+"); // RFC 5322 3.6.8

    public Prepend {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("no field's name");
      }
      value = Text.line(value);
    }
  }

  /**
   * The message waits in the hold queue.
   *
   * @param text for Postfix's log
   */
  record Hold(String text) implements Reply {
    public Hold {
      text = Text.line(text);
    }
  }

  /** What stands behind {@code action=}. */
  default String action() {
    return switch (this) {
      case Dunno() -> "DUNNO";
      case Refuse(int code, String enhanced, String text) -> code + " " + enhanced + " " + text;
      case DeferIfPermit(String enhanced, String text) ->
          "DEFER_IF_PERMIT " + enhanced + " " + text;
      case Prepend(String name, String value) -> "PREPEND " + name + ": " + value;
      case Hold(String text) -> "HOLD " + text;
    };
  }
}
