package dovetail.auth.wire;

import java.util.List;

/** The dict protocol. */
public final class DictTarget extends LineTarget {
  private static final List<String> ALPHABET =
      List.of(
          "\t",
          "\n",
          "\0",
          "\1",
          "\1t",
          "\0011t",
          TURN,
          "H2\t2\t0\tann\tx\n",
          "H2\t0\t0\tann\tx\n",
          "H3\t2\t0\t\tx\n",
          "H4\t0\t0\t\tx\n",
          "H",
          "Lshared/a\tann\n",
          "Lshared/a\n",
          "Lpriv/",
          "I0\t0\tshared/\tann\n",
          "I1\t5\ta\tb\tc\n",
          "B1\tann\t5\n",
          "B1\n",
          "S1\tk\tv\n",
          "U1\tk\n",
          "A1\tk\t-1\n",
          "T1\t1\t2\n",
          "V1\tyes\n",
          "C1\n",
          "D1\n",
          "R1\n",
          "Oa\n",
          "Oa\tb\tc\n",
          "Ma\1tb\n",
          "N\n",
          "Fno\n",
          "O1\n",
          "AO1\n",
          "W1\tno\n",
          "*1\n",
          "+1\tOa\n",
          "+1\t\n",
          "9223372036854775807",
          "\303\274",
          "\377");

  /** The target. */
  public DictTarget() {
    super(Speech.Protocol.DICT);
  }

  @Override
  public String name() {
    return "dict";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }
}
