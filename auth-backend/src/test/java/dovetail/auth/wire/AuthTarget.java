package dovetail.auth.wire;

import java.util.List;

/** The auth client protocol. */
public final class AuthTarget extends LineTarget {
  private static final List<String> ALPHABET =
      List.of(
          "\t",
          "\n",
          "\r\n",
          "\0",
          "\1",
          "\1t",
          "\0010",
          "\0011",
          "=",
          TURN,
          "VERSION\t1\t2\n",
          "VERSION\t1\t0\n",
          "CPID\t1\n",
          "AUTH\t1\tPLAIN\tservice=smtp",
          "AUTH\t",
          "\tprotocol=imap",
          "\tsecured=tls",
          "\tforward_fields=a\1tb",
          "\tresp=",
          "\tresp==\n",
          "\tresp=AGEAYg==\n",
          "CONT\t1\t",
          "AAAA\n",
          "AA==\n",
          "CANCEL\t1\n",
          "USER\t1\n",
          "MECH\tPLAIN\tplaintext\n",
          "SPID\t1\n",
          "CUID\t1\n",
          "COOKIE\tff\n",
          "DONE\n",
          "OK\t1\tuser=ann",
          "FAIL\t1",
          "\tuser=",
          "\tcode=temp_fail",
          "\treason=no",
          "CANCELLED\t1\n",
          "4294967295",
          "-",
          "\303\274",
          "\377");

  /** The target. */
  public AuthTarget() {
    super(Speech.Protocol.AUTH);
  }

  @Override
  public String name() {
    return "auth-client";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }
}
