package dovetail.milter.filter;

import dovetail.mail.HeaderField;
import dovetail.server.Network;
import java.net.InetAddress;
import java.util.List;

/**
 * Reads from Received fields whether a message has come from outside of some networks. An address
 * that a server noted of its client stands as a literal inside the comment behind the name that the
 * client gave (RFC 5321 4.4, TCP-info), or bare as the whole of a comment; where no comment has
 * one, a literal in the name's place counts.
 */
final class ReceivedClients {
  private static final int LONGEST_ADDRESS = 45; // IPv6 with an IPv4 tail

  private final List<Network> trusted;

  ReceivedClients(List<Network> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** Whether the field names a client that is not trusted, or one that cannot be told. */
  boolean namesStranger(HeaderField received) {
    String value = received.unfolded().strip();
    if (!value.regionMatches(true, 0, "from", 0, 4) || value.length() == 4 || !isSpace(value, 4)) {
      return false; // no client: written by a local process
    }
    Scan scan = new Scan(value);
    scan.run();
    return scan.inComment ? scan.strangerInComment : scan.strangerOutside;
  }

  private static boolean isSpace(String value, int i) {
    return value.charAt(i) == ' ' || value.charAt(i) == '\t';
  }

  private boolean isStranger(String literal) {
    String address = literal.regionMatches(true, 0, "IPv6:", 0, 5) ? literal.substring(5) : literal;
    try {
      InetAddress client = InetAddress.ofLiteral(address);
      return trusted.stream().noneMatch(network -> network.contains(client));
    } catch (IllegalArgumentException e) {
      return true; // "[unknown]" is nobody that we trust
    }
  }

  /** One walk over the from clause, up to the word "by" outside of comments. */
  private final class Scan {
    private final String value;
    private final int nameEnd;
    private int depth;
    private int commentStart;
    private boolean inComment;
    private boolean strangerInComment;
    private boolean strangerOutside;

    Scan(String value) {
      this.value = value;
      this.nameEnd = nameEnd(value);
    }

    /** Where the client's name ends. The client chooses it, "by" for example: it ends nothing. */
    private static int nameEnd(String value) {
      int i = "from".length();
      while (i < value.length() && isSpace(value, i)) {
        i++;
      }
      while (i < value.length() && !isSpace(value, i) && value.charAt(i) != '(') {
        i++;
      }
      return i;
    }

    void run() {
      int i = "from".length();
      while (i < value.length() && !(depth == 0 && i >= nameEnd && endsAt(i))) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> i++;
          case '(' -> open(i);
          case ')' -> close(i);
          case '[' -> i = literal(i);
          default -> {}
        }
        i++;
      }
    }

    private void open(int i) {
      if (depth++ == 0) {
        commentStart = i + 1;
      }
    }

    /** A comment may be an address and nothing else, with or without a user before it (qmail). */
    private void close(int i) {
      if (depth == 1) {
        String comment = value.substring(commentStart, i);
        String address = comment.substring(comment.lastIndexOf('@') + 1);
        if (address.length() <= LONGEST_ADDRESS
            && address.matches("[0-9.]+|[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*")) {
          noted(isStranger(address));
        }
      }
      depth = Math.max(0, depth - 1);
    }

    private void noted(boolean stranger) {
      inComment = true;
      strangerInComment |= stranger;
    }

    private boolean endsAt(int i) {
      return value.charAt(i) == ';'
          || (isSpace(value, i)
              && value.regionMatches(true, i + 1, "by", 0, 2)
              && i + 3 < value.length()
              && isSpace(value, i + 3));
    }

    /** Judges the literal that begins at {@code open}, and returns where it ends. */
    private int literal(int open) {
      int close = value.indexOf(']', open);
      boolean stranger = close < 0 || isStranger(value.substring(open + 1, close));
      if (depth == 0) {
        strangerOutside |= stranger;
      } else if (value.charAt(open - 1) != '=') { // "helo=[127.0.0.1]" is the client's word
        noted(stranger);
      }
      return close < 0 ? value.length() : close;
    }
  }
}
