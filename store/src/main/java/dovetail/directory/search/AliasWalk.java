package dovetail.directory.search;

import dovetail.mail.Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks ahead to where aliases lead, as Postfix's cleanup will follow them one lookup at a time,
 * after the message has been taken. What would fail there is told before. For one use.
 *
 * <p>Cleanup replaces each address by what stands for it until that is itself. An address that
 * names itself among others is replaced once and then stands for itself; so a circle ends if and
 * only if one of its addresses does that.
 */
final class AliasWalk {
  /** virtual_alias_expansion_limit, counted as Postfix does: duplicates are. */
  static final int MOST_TARGETS = 1_000;

  /** How many addresses are looked up; what lies behind them is left to Postfix's own limits. */
  static final int MOST_ADDRESSES = 1_000;

  static final int MOST_DEPTH = 100;

  private static final int UNDER_WAY = -1;

  private final Expansions expansions;

  /** To how many addresses those lead that were followed to their ends. */
  private final Map<Address, Integer> ends = new HashMap<>();

  private final Deque<List<Address>> besideThemselves = new ArrayDeque<>();
  private final List<AddressKey> reached = new ArrayList<>();
  private boolean cut;
  private Optional<Reach> trouble = Optional.empty();

  AliasWalk(Expansions expansions) {
    this.expansions = expansions;
  }

  /** How far an address leads whose first step is known. */
  Reach reach(AddressKey key, Expansion.To first) {
    int total = follow(key, first.targets(), 0);
    while (trouble.isEmpty() && !besideThemselves.isEmpty()) {
      total += sum(besideThemselves.remove(), 0);
    }
    if (trouble.isEmpty() && total > MOST_TARGETS) {
      tooMany(key.canonical());
    }
    return trouble.orElseGet(() -> new Reach.Ends(reached, cut));
  }

  /** How many addresses an alias leads to. */
  private int follow(AddressKey key, List<Address> targets, int depth) {
    Address address = key.canonical();
    if (targets.size() > MOST_TARGETS) {
      return tooMany(address);
    }
    List<Address> others =
        targets.stream().filter(target -> !target.canonical().equals(address)).toList();
    if (others.size() < targets.size()) {
      end(key);
      besideThemselves.add(others);
      return 1;
    }
    ends.put(address, UNDER_WAY);
    int sum = sum(targets, depth);
    ends.put(address, sum);
    return sum > MOST_TARGETS ? tooMany(address) : sum;
  }

  private int sum(List<Address> targets, int depth) {
    int sum = 0;
    for (Address target : targets) {
      sum += behind(AddressKey.of(target), depth + 1);
      if (trouble.isPresent() || sum > MOST_TARGETS) {
        break;
      }
    }
    return sum;
  }

  private int behind(AddressKey key, int depth) {
    Address address = key.canonical();
    Integer known = ends.get(address);
    if (known != null) {
      return known == UNDER_WAY ? circle(address) : known;
    }
    if (ends.size() >= MOST_ADDRESSES) {
      cut = true;
      return 1;
    }
    return switch (expansions.of(key)) {
      case Expansion.To to when depth >= MOST_DEPTH -> tooDeep(address);
      case Expansion.To(List<Address> targets, _) -> follow(key, targets, depth);
      case Expansion.Stays _, Expansion.Ends _ -> {
        end(key);
        yield 1;
      }
      // Postfix would ask for it next, and have all recipients of the message wait for the answer.
      case Expansion.Unknown(String why) -> fail(new Reach.Unknown(why));
    };
  }

  private void end(AddressKey key) {
    ends.put(key.canonical(), 1);
    reached.add(key);
  }

  private int circle(Address address) {
    return fail(
        new Reach.Endless(
            Reach.Fault.CIRCLE, "the aliases behind " + address + " lead back to it"));
  }

  private int tooDeep(Address address) {
    return fail(
        new Reach.Endless(
            Reach.Fault.TOO_DEEP,
            "more than %d aliases lead one to another as far as %s"
                .formatted(MOST_DEPTH, address)));
  }

  private int tooMany(Address address) {
    return fail(
        new Reach.Endless(
            Reach.Fault.TOO_MANY_TARGETS,
            "%s leads to more than %d addresses".formatted(address, MOST_TARGETS)));
  }

  private int fail(Reach reach) {
    trouble = Optional.of(reach);
    return 1;
  }
}
