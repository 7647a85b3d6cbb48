package dovetail.lookup.map;

import dovetail.directory.search.AddressKey;
import dovetail.lookup.wire.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of mail for an address: what Postfix asks for it, what it is answered and why, and
 * the same for each address to which that leads. Asked of the very maps that answer Postfix.
 *
 * @param address the address, as it is asked for
 * @param steps the questions, in Postfix's order
 * @param targets where its mail goes on; empty if it ends here
 * @param cut whether no more is said of it, since it was explained before or enough is
 */
public record Explanation(
    String address, List<Step> steps, List<Explanation> targets, boolean cut) {
  /** How many addresses are explained at most. */
  static final int MOST_ADDRESSES = 1_000;

  private static final String ALIASES = "virtual_alias_maps";

  /**
   * One question.
   *
   * @param map the map that is asked
   * @param key for what
   * @param finding the answer
   */
  public record Step(String map, String key, Finding finding) {}

  public Explanation {
    steps = List.copyOf(steps);
    targets = List.copyOf(targets);
  }

  /** Explains an address, as it is given to SMTP. */
  public static Explanation of(MapRegistry maps, String address) {
    return new Walk(maps).first(address);
  }

  /** Asks the questions. */
  private static final class Walk {
    private final MapRegistry maps;
    private final Set<String> seen = new HashSet<>();

    Walk(MapRegistry maps) {
      this.maps = maps;
    }

    /** The address as it came may be rewritten before anything else. */
    Explanation first(String address) {
      List<Step> steps = new ArrayList<>();
      String canonical = rewritten("recipient_canonical_maps", address, steps);
      Explanation rest = explain(rewritten("canonical_maps", canonical, steps));
      steps.addAll(rest.steps());
      return new Explanation(address, steps, rest.targets(), false);
    }

    private String rewritten(String map, String address, List<Step> steps) {
      int at = address.lastIndexOf('@');
      return ask(map, address, steps).reply() instanceof Reply.Ok(String value)
          ? value.startsWith("@") && at >= 0 ? address.substring(0, at) + value : value
          : address;
    }

    private Explanation explain(String address) {
      if (seen.size() >= MOST_ADDRESSES || !seen.add(name(address))) {
        return new Explanation(address, List.of(), List.of(), true);
      }
      List<Step> steps = new ArrayList<>();
      List<Explanation> targets =
          switch (ask(ALIASES, address, steps).reply()) {
            case Reply.Ok(String value) when isSame(address, value) -> {
              deliver(address, steps);
              yield List.of();
            }
            case Reply.Ok(String value) ->
                split(value).stream().map(target -> behind(address, target)).toList();
            case Reply.NotFound() -> {
              deliver(address, steps);
              yield List.of();
            }
            case Reply.Temp _, Reply.Perm _ -> List.of();
          };
      return new Explanation(address, steps, targets, false);
    }

    /** What names itself among others ends there. */
    private Explanation behind(String address, String target) {
      if (!isSame(address, target)) {
        return explain(target);
      }
      List<Step> steps = new ArrayList<>();
      deliver(target, steps);
      return new Explanation(target, steps, List.of(), false);
    }

    private static boolean isSame(String address, String other) {
      return name(address).equals(name(other));
    }

    /** What is asked about an address that no alias leads on. */
    private void deliver(String address, List<Step> steps) {
      String domain = address.substring(address.lastIndexOf('@') + 1);
      ask("virtual_alias_domains", domain, steps);
      if (isOk(ask("virtual_mailbox_domains", domain, steps))) {
        ask("virtual_mailbox_maps", address, steps);
      } else if (isOk(ask("relay_domains", domain, steps))) {
        ask("relay_recipient_maps", address, steps);
      }
      ask("transport_maps", address, steps);
    }

    private static boolean isOk(Finding finding) {
      return finding.reply() instanceof Reply.Ok;
    }

    private Finding ask(String map, String key, List<Step> steps) {
      Finding finding = maps.find(map, Optional.of(key), false);
      steps.add(new Step(map, key, finding));
      return finding;
    }
  }

  private static String name(String address) {
    return AddressKey.parse(address).map(key -> key.canonical().toString()).orElse(address);
  }

  /** The addresses of a list; commas in quotes are no separators. */
  private static List<String> split(String list) {
    List<String> addresses = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      switch (list.charAt(i)) {
        case '\\' -> i++;
        case '"' -> quoted = !quoted;
        case ',' -> {
          if (!quoted) {
            addresses.add(list.substring(start, i).strip());
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    addresses.add(list.substring(start).strip());
    return addresses;
  }
}
