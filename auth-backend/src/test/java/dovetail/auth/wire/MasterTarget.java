package dovetail.auth.wire;

import java.util.List;

/** The auth master protocol. */
public final class MasterTarget extends LineTarget {
  private static final List<String> ALPHABET =
      List.of(
          "\t",
          "\n",
          "\0",
          "\1",
          "\1t",
          "=",
          TURN,
          "VERSION\t1\t0\n",
          "VERSION\t1\t1\n",
          "SPID\t1\n",
          "CPID\t1\n",
          "USER\t1\tann",
          "\tservice=lmtp\n",
          "\tprotocol=lmtp",
          "PASS\t2\tann\tservice=doveadm\n",
          "PASS\t2\tuser=ann",
          "LIST\t3",
          "\tuser=*\n",
          "REQUEST\t4\t1\t2\tff\n",
          "CACHE-FLUSH\t5\tann\n",
          "CACHE-STATUS\t6\n",
          "NOTFOUND\t1\n",
          "FAIL\t1\treason=no\n",
          "DONE\t3\t\n",
          "DONE\t3\tfail\n",
          "OK\t5\t2\n",
          "\thome=/srv",
          "4294967296",
          "\303\274",
          "\377");

  /** The target. */
  public MasterTarget() {
    super(Speech.Protocol.MASTER);
  }

  @Override
  public String name() {
    return "auth-master";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }
}
