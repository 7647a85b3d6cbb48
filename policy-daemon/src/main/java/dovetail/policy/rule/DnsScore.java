package dovetail.policy.rule;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What lists of the DNS say together.
 *
 * @param total the weights of those that know the client
 * @param listed those that do
 * @param failed those of which no answer could be had
 * @param refusing those that do not answer us, whatever we ask
 * @param asked how many were asked
 */
record DnsScore(
    int total, List<DnsList> listed, List<DnsList> failed, List<DnsList> refusing, int asked) {
  /** Whether nothing is known. */
  boolean isUnknown() {
    return asked > 0 && failed.size() + refusing.size() == asked;
  }

  /** Of what it is made, for people. */
  String saw() {
    return "score "
        + total
        + part(", on ", listed)
        + part(", no answer of ", failed)
        + part(", we get no answers (127.255.255.x) of ", refusing);
  }

  private static String part(String before, List<DnsList> lists) {
    return lists.isEmpty()
        ? ""
        : before + lists.stream().map(list -> list.zone().ascii()).collect(Collectors.joining(" "));
  }
}
